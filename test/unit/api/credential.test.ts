import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { cleanCredential } from '../../../src/api/credential.ts';

describe('cleanCredential', () => {
  it('takes a key as people paste it', () => {
    for (const text of [
      'pk_1',
      ' pk_1\n',
      'Bearer pk_1',
      '"Bearer pk_1"',
      'Authorization: bearer  pk_1 ',
      "'pk_1'",
      '“pk_1”',
      '`pk_1`',
    ]) {
      assert.equal(cleanCredential(text), 'pk_1', text);
    }
  });

  const faults: [string, RegExp][] = [
    ['', /empty/],
    ['Bearer ', /empty/],
    ['""', /empty/],
    ['pk_\n1', /line break/],
    ['pk_\r\nx-evil: 1', /line break/],
    ['pk 1', /blank/],
    ['pk_é', /characters that no key has/],
    ['pk_\u00001', /characters that no key has/],
    ['pk_\u200b1', /characters that no key has/],
  ];
  for (const [text, message] of faults) {
    it(`refuses ${JSON.stringify(text)} without repeating it`, () => {
      assert.throws(
        () => cleanCredential(text),
        (error) =>
          error instanceof ApiError &&
          error.details.problem !== undefined &&
          message.test(error.message) &&
          !error.message.includes('pk'),
      );
    });
  }
});
