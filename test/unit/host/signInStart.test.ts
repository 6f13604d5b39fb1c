import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import { standInForVscode } from './vscodeFiles.ts';

standInForVscode();
const { parseSignInStart } = await import('../../../src/host/connections/signIn.ts');

const known: Connection = { name: 'tachyon', kind: 'tachyon', url: 'https://api.example.com' };

describe('where a button begins to sign in', () => {
  it('is a connection of the settings, the search for a local server, or else the choice', () => {
    const connections = { get: (name: string) => (name === known.name ? known : undefined) };
    const start = (argument: unknown) => parseSignInStart(argument, connections);
    assert.equal(start({ prompt: 'p', files: [], connection: 'tachyon' }), known);
    assert.equal(start({ prompt: 'p', files: [], start: 'localServer' }), 'localServer');
    for (const argument of [
      undefined,
      'tachyon',
      { connection: 'other' },
      { connection: known },
      { start: 'x' },
    ])
      assert.equal(start(argument), 'choice');
  });
});
