import assert from 'node:assert/strict';
import { ApiError, type ApiErrorDetails } from '../../../src/api/apiError.ts';
import { networkError } from '../../../src/api/networkError.ts';
import { describeError } from '../../../src/chat/describeError.ts';
import { untranslated } from '../../../src/chat/l10n.ts';

// What real servers bring about is in `test/unit/host/nodeFetchTls.test.ts`; this is about the rest.

const told = (details: ApiErrorDetails) =>
  describeError(new ApiError('network', 'Our own sentence.', details), 'mine', untranslated);

const refused = (url: string) => told({ code: 'ECONNREFUSED', url }).message;

describe('a failure of the network', () => {
  const failures: [code: string, words: RegExp, setting?: string][] = [
    ['ERR_PROXY_CONNECTION_FAILED', /proxy on the way to “mine” cannot be reached; check/, 'http.proxy'],
    ['CERT_UNTRUSTED', /authority that is not trusted/, 'http.systemCertificates'],
    ['UNABLE_TO_GET_ISSUER_CERT', /authority that is not trusted/, 'http.systemCertificates'],
    ['CERT_REVOKED', /certificate of “mine” is not accepted; let whoever/],
    ['PATH_LENGTH_EXCEEDED', /certificate of “mine” is not accepted; let whoever/],
    ['HOSTNAME_MISMATCH', /for another host/],
    ['EAI_AGAIN', /host in the URL .* not found/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /does not speak https/],
    ['HPE_INVALID_METHOD', /does not speak http;/],
    ['ECONNREFUSED', /takes no connection on this port/],
    ['ECONNRESET', /cannot be reached; check/],
    ['toString', /cannot be reached; check/],
    ['', /cannot be reached; check/],
  ];
  for (const [code, words, setting] of failures) {
    it(`is told by its code: ${code === '' ? 'none' : code}`, () => {
      const described = told({ code });
      assert.match(described.message, words);
      assert.equal(described.setting, setting);
      assert.equal(
        described.action === 'openSettings',
        setting !== undefined || /speak|another host/.test(described.message),
      );
    });
  }

  it('is no failure to reach the server where a connection broke that may have taken the request', () => {
    for (const code of ['ECONNRESET', 'EPIPE', 'ETIMEDOUT']) {
      const described = told({ code, mayHaveBeenAccepted: true });
      assert.match(
        described.message,
        /^The connection to “mine” broke .* may have what was sent .*ask again/,
      );
      assert.equal(described.action, 'retry');
      assert.match(told({ code, mayHaveBeenAccepted: false }).message, /cannot be reached; check/);
    }
    // A browser tells nothing.
    assert.match(told({ mayHaveBeenAccepted: true }).message, /cannot be reached; check/);
  });

  it('names an address of this machine only', () => {
    assert.match(refused('http://[::1]:11434'), /runs at \\\[::1\\\]:11434; start it/);
    assert.match(refused('https://api.example'), /takes no connection on this port/);
    assert.match(refused('no URL'), /takes no connection on this port/);
  });

  it('tells of a login of the proxy wherever it is asked for', () => {
    const tunnel = told({ code: 'ERR_PROXY_TUNNEL', status: 407 });
    const status = describeError(new ApiError('badRequest', '', { status: 407 }), 'mine', untranslated);
    for (const { message, action, setting } of [tunnel, status]) {
      assert.match(message, /^The proxy on the way to “mine” wants a login \(407\); .*“http.proxy”/);
      assert.deepEqual([action, setting], ['openSettings', 'http.proxy']);
    }
  });

  const causes: [name: string, cause: object, code: string, status: number | undefined, accepted: boolean][] =
    [
      ['the proxy refused', { code: 'ERR_PROXY_TUNNEL', statusCode: 403 }, 'ERR_PROXY_TUNNEL', 403, false],
      ['the proxy said nothing', { code: 'ERR_PROXY_TUNNEL' }, 'ERR_PROXY_TUNNEL', undefined, false],
      ['no proxy', { code: 'ERR_PROXY_CONNECTION_FAILED' }, 'ERR_PROXY_CONNECTION_FAILED', undefined, false],
      ['a bad authority', { code: 'INVALID_CA' }, 'INVALID_CA', undefined, false],
      ['a status of somebody else', { code: 'ECONNRESET', statusCode: 403 }, 'ECONNRESET', undefined, true],
    ];
  for (const [name, cause, code, status, accepted] of causes) {
    it(`keeps what is known of it: ${name}`, () => {
      const { details } = networkError(
        new TypeError('The request failed.', { cause }),
        'https://api.example',
      );
      assert.deepEqual(
        [details.code, details.status, details.mayHaveBeenAccepted, details.url],
        [code, status, accepted, 'https://api.example'],
      );
    });
  }
});
