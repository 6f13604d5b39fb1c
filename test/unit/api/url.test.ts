import assert from 'node:assert/strict';
import { ApiError, type InvalidRequestProblem } from '../../../src/api/apiError.ts';
import { dialectOf } from '../../../src/api/dialects.ts';
import { isLoopback, parseBaseUrl, pathSegment } from '../../../src/api/url.ts';

function refusal(act: () => unknown, problem: InvalidRequestProblem): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof ApiError);
    assert.equal(error.kind, 'invalidRequest');
    assert.equal(error.details.mayHaveBeenAccepted, false);
    assert.equal(error.details.problem, problem);
    return error.message;
  }
  return assert.fail('was not refused');
}

describe('parseBaseUrl', () => {
  const { urlEndings } = dialectOf('tachyon');
  const accepted: [string, string][] = [
    ['https://api.n1.tachy.one', 'https://api.n1.tachy.one'],
    ['  https://api.n1.tachy.one/ \n', 'https://api.n1.tachy.one'],
    ['https://api.n1.tachy.one/v1', 'https://api.n1.tachy.one'],
    ['https://api.n1.tachy.one/v1///', 'https://api.n1.tachy.one'],
    ['HTTPS://Api.Example.COM/gateway//v1/', 'https://api.example.com/gateway'],
    ['http://localhost:50054/', 'http://localhost:50054'],
    ['http://[::1]:8080/v10', 'http://[::1]:8080/v10'],
    ['https://api.n1.tachy.one/v1/llms/chat/completions', 'https://api.n1.tachy.one'],
  ];
  for (const [typed, url] of accepted) {
    it(`reads ${JSON.stringify(typed)}`, () => assert.equal(parseBaseUrl(typed, urlEndings), url));
  }

  const refused: [string, RegExp, InvalidRequestProblem][] = [
    ['', /Type it whole/, 'urlUnreadable'],
    ['api.example.com', /Type it whole/, 'urlUnreadable'],
    ['ftp://example.com', /Type it whole/, 'urlUnreadable'],
    ['https://', /Type it whole/, 'urlUnreadable'],
    ['https:///v1', /Type it whole/, 'urlUnreadable'],
    ['https://exa mple.com', /Type it whole/, 'urlUnreadable'],
    ['javascript:alert(1)', /Type it whole/, 'urlUnreadable'],
    ['https://me:secret@example.com', /user name or a password/, 'urlHasUserInfo'],
    ['https://token@example.com', /user name or a password/, 'urlHasUserInfo'],
    ['https://example.com/?key=secret', /question mark/, 'urlHasQuery'],
    ['https://example.com/?', /question mark/, 'urlHasQuery'],
    ['https://example.com/#frag', /fragment/, 'urlHasFragment'],
  ];
  for (const [typed, message, problem] of refused) {
    it(`refuses ${JSON.stringify(typed)} and says what to do`, () => {
      const told = refusal(() => parseBaseUrl(typed, urlEndings), problem);
      assert.match(told, message);
      assert.doesNotMatch(told, /secret|token@/);
    });
  }
});

describe('isLoopback', () => {
  const loopback = [
    'localhost',
    'LOCALHOST:8080',
    'localhost.',
    'a.localhost',
    '127.0.0.1',
    '127.9.8.7',
    '127.1',
    '[::1]',
    '[0:0::1]:1',
  ];
  const remote = [
    '127.0.0.1.example.com',
    'localhost.example.com',
    'notlocalhost',
    '10.0.0.1',
    '[::2]',
    '0.0.0.0',
    '192.168.0.1',
  ];
  for (const host of loopback) {
    it(`knows ${host}`, () => assert.equal(isLoopback(new URL(`http://${host}/`)), true));
  }
  for (const host of remote) {
    it(`does not take ${host} for it`, () => assert.equal(isLoopback(new URL(`http://${host}/`)), false));
  }
});

describe('pathSegment', () => {
  it('encodes an id', () => {
    assert.equal(pathSegment('ch_01'), 'ch_01');
    assert.equal(pathSegment('../a?b#c/d%2e 部屋'), '..%2Fa%3Fb%23c%2Fd%252e%20%E9%83%A8%E5%B1%8B');
  });

  for (const id of ['', ' ', '.', '..', '\uD800']) {
    it(`refuses ${JSON.stringify(id)}`, () =>
      assert.match(
        refusal(() => pathSegment(id), 'chatroomId'),
        /id of a chatroom/,
      ));
  }
});
