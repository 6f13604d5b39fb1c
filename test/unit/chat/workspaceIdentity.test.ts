import assert from 'node:assert/strict';
import {
  normaliseGitRemote,
  parseCommonDir,
  parseGitConfigRemote,
  parseGitFile,
  workspaceId,
} from '../../../src/chat/workspaceIdentity.ts';

describe('workspace identity', () => {
  it('is the same for all forms of one repository', () => {
    const forms = [
      'https://github.com/owner/Repo.git',
      'https://user:secret@GitHub.com/owner/Repo/',
      'http://github.com:80/owner/Repo',
      'ssh://git@github.com/owner/Repo.git',
      'ssh://git@github.com:22/owner/Repo.git/',
      'git@github.com:owner/Repo.git',
      'github.com:owner/Repo',
      'git@github.com:/owner/Repo.git',
      'git://github.com/owner/Repo.git',
      '  git+ssh://git@github.com//owner/Repo.git ',
    ];
    for (const form of forms) assert.equal(normaliseGitRemote(form), 'github.com/owner/Repo', form);
  });

  it('has none for paths', () => {
    for (const path of [
      '/srv/git/a.git',
      '../a',
      'C:\\git\\a',
      'c:/git/a',
      'file:///srv/a.git',
      '',
      'https://h/',
    ]) {
      assert.equal(normaliseGitRemote(path), undefined, path);
    }
  });

  it('depends on the operator and never on user info', async () => {
    const id = await workspaceId('tn_1', 'https://a:b@github.com/o/r.git');
    assert.match(id, /^[0-9a-f]{64}$/);
    assert.equal(await workspaceId('tn_1', 'git@github.com:o/r.git'), id);
    assert.notEqual(await workspaceId('tn_2', 'git@github.com:o/r.git'), id);
    await assert.rejects(workspaceId('tn_1', '/home/me/r.git'), TypeError);
  });

  it("reads a config: origin, else the first remote, never a path or another section's url", () => {
    const upstream = '[remote "upstream"]\n\turl = https://github.com/up/r.git\n';
    const origin =
      '[remote "origin"]\r\n\tfetch = +x\r\n\turl = git@github.com:o/r.git\r\n\tpushurl = x@y:z\r\n';
    const insteadOf =
      '[url "git@github.com:"]\n\tinsteadOf = gh:\n[submodule "s"]\n\turl = https://x.example/s\n';
    assert.equal(
      parseGitConfigRemote(`[core]\n\tbare = false\n${insteadOf}${upstream}${origin}`),
      'git@github.com:o/r.git',
    );
    assert.equal(parseGitConfigRemote(upstream), 'https://github.com/up/r.git');
    assert.equal(parseGitConfigRemote('[remote "origin"] url = "https://h/o/r" ; note\n'), 'https://h/o/r');
    assert.equal(parseGitConfigRemote('[remote "o"]\nurl = https://h/o/r # note\n'), 'https://h/o/r');
    assert.equal(parseGitConfigRemote('[remote "origin"]\n\turl = /srv/r.git\n'), undefined);
    assert.equal(parseGitConfigRemote(insteadOf), undefined);
  });

  it('reads the files of a worktree', () => {
    assert.equal(parseGitFile('gitdir: /repo/.git/worktrees/a b\r\n'), '/repo/.git/worktrees/a b');
    assert.equal(parseGitFile('nothing'), undefined);
    assert.equal(parseCommonDir('../..\n'), '../..');
  });
});
