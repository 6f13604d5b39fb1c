import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import { missingOf } from '../../../src/chat/connectionNeeds.ts';

const url = 'https://api.example.com';
/** A connection, and what it lacks without a key, then with one. */
const rows: readonly (readonly [Omit<Connection, 'name' | 'url'>, string | undefined, string | undefined])[] =
  [
    [{ kind: 'tachyon' }, 'credential', 'operator'],
    [{ kind: 'tachyon', operatorId: ' ' }, 'credential', 'operator'],
    [{ kind: 'tachyon', operatorId: 'tn_1' }, 'credential', undefined],
    [{ kind: 'tachyon', operatorId: 'tn_1', auth: 'none' }, undefined, undefined],
    [{ kind: 'openai' }, 'credential', undefined],
    [{ kind: 'openai', auth: 'none' }, undefined, undefined],
    [{ kind: 'atoma' }, 'credential', undefined],
    [{ kind: 'openai-compatible' }, undefined, undefined],
    [{ kind: 'openai-compatible', auth: 'bearer' }, undefined, undefined],
    // Who names a header for the key has one.
    [{ kind: 'openai-compatible', auth: { header: 'api-key' } }, 'credential', undefined],
  ];

describe('missingOf', () => {
  for (const [connection, without, withKey] of rows) {
    it(`tells what is missing: ${JSON.stringify(connection)}`, () => {
      assert.equal(missingOf({ name: 'a', url, ...connection }, false), without);
      assert.equal(missingOf({ name: 'a', url, ...connection }, true), withKey);
    });
  }
});
