import assert from 'node:assert/strict';
import { withEnvironment } from '../../../src/chat/environmentEntry.ts';

const variables: Readonly<Record<string, string>> = {
  TACHYON_API_URL: 'https://env.example',
  TACHYON_TENANT_ID: 'tn_env',
};
const both = { url: 'https://env.example', operatorId: 'tn_env' };

describe('withEnvironment', () => {
  for (const [raw, filled] of [
    [undefined, { tachyon: both }],
    [{ dev: { kind: 'atoma' } }, { dev: { kind: 'atoma' }, tachyon: both }],
    [{ tachyon: { stream: false } }, { tachyon: { ...both, stream: false } }],
    [
      { tachyon: { kind: 'tachyon', url: 'https://own.example' } },
      {
        tachyon: { kind: 'tachyon', url: 'https://own.example', operatorId: 'tn_env' },
      },
    ],
  ] as const) {
    it(`fills what is open: ${JSON.stringify(raw)}`, () => {
      assert.deepEqual(
        withEnvironment(raw, (name) => variables[name]),
        filled,
      );
    });
  }

  for (const raw of [
    { tachyon: null },
    { tachyon: 'nonsense' },
    { tachyon: { kind: 'openai-compatible', url: 'https://other.example' } },
  ]) {
    it(`leaves alone what is not Tachyon’s: ${JSON.stringify(raw)}`, () => {
      assert.equal(
        withEnvironment(raw, (name) => variables[name]),
        raw,
      );
    });
  }

  it('changes nothing where no variable is set', () => {
    const raw = {};
    assert.equal(
      withEnvironment(raw, () => undefined),
      raw,
    );
  });
});
