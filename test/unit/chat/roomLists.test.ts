import assert from 'node:assert/strict';
import { byteText } from '../../../src/chat/byteText.ts';
import { groupRooms, type RoomChoice, roomLabel } from '../../../src/chat/roomChoices.ts';
import { shortLivedReason } from '../../../src/chat/shortLivedStorage.ts';

function choice(id: string, metadata: Record<string, unknown>, updated?: string): RoomChoice {
  const room = { id, name: id, metadata, ...(updated !== undefined && { updated_at: updated }) };
  return { connection: 'tachyon', room, isLocal: false };
}

const ids = (choices: readonly RoomChoice[]) => choices.map(({ room }) => room.id);

describe('the list of chatrooms', () => {
  it('has this workspace first, and in each group what changed last', () => {
    const rooms = [
      choice('other', { workspace: 'app', workspaceId: 'id2' }, '2026-01-03T00:00:00Z'),
      choice('old', { workspace: 'renamed', workspaceId: 'id1' }, '2026-01-01T00:00:00Z'),
      choice('named', { workspace: 'app' }, '2026-01-02T00:00:00Z'),
      choice('untimed', { workspaceId: 'id1' }),
      choice('odd', { workspace: 7, workspaceId: null }, 'soon'),
    ];
    const { here, others } = groupRooms(rooms, { workspace: 'app', ids: new Map([['tachyon', 'id1']]) });
    assert.deepEqual(
      [ids(here), ids(others)],
      [
        ['named', 'old', 'untimed'],
        ['other', 'odd'],
      ],
    );
  });

  it('shows names of one clean line', () => {
    assert.equal(roomLabel(choice('a\u202e\n$(x)', {}).room, 'Unnamed'), 'a $ (x)');
    assert.equal(roomLabel(choice(' \u200b', {}).room, 'Unnamed'), 'Unnamed');
  });
});

describe('storage that may not last', () => {
  it('is that of containers, codespaces and browsers', () => {
    const desktop = { remoteName: undefined, isWeb: false, appHost: 'desktop', storageScheme: 'file' };
    const cases = [
      [{}, undefined],
      [{ remoteName: 'ssh-remote' }, undefined],
      [{ remoteName: 'wsl' }, undefined],
      [{ isWeb: true, appHost: 'web' }, undefined],
      [{ isWeb: true, appHost: 'web', storageScheme: 'vscode-userdata' }, 'browser'],
      [{ isWeb: true, appHost: 'github.dev', storageScheme: 'vscode-userdata' }, 'browser'],
      [{ remoteName: 'dev-container' }, 'container'],
      [{ remoteName: 'attached-container' }, 'container'],
      [{ remoteName: 'codespaces' }, 'codespace'],
      [{ isWeb: true, appHost: 'codespaces' }, 'codespace'],
    ] as const;
    for (const [facts, reason] of cases) assert.equal(shortLivedReason({ ...desktop, ...facts }), reason);
  });
});

describe('byteText', () => {
  it('is short', () => {
    const cases = [
      [0, '0 B'],
      [999, '999 B'],
      [1000, '1.0 kB'],
      [12_345, '12 kB'],
      [999_600, '1.0 MB'],
      [1.5e9, '1.5 GB'],
      [5e13, '50000 GB'],
    ] as const;
    for (const [bytes, text] of cases) assert.equal(byteText(bytes), text);
  });
});
