import assert from 'node:assert/strict';
import { standInForVscode } from '../vscodeFiles.ts';
import { parts } from '../vscodeParts.ts';

standInForVscode();
const { terminalAttachment } = await import('../../../../src/host/attachments/sources/terminal.ts');

describe('what is selected in the terminal', () => {
  const { executeCommand } = parts.commands;
  let copied: string;
  let selected: string | undefined;

  beforeEach(() => {
    copied = 'what was copied';
    Object.assign(parts.env, {
      clipboard: { readText: async () => copied, writeText: async (text: string) => void (copied = text) },
    });
    Object.assign(parts.window, { activeTerminal: { name: 'bash' } });
    parts.commands.executeCommand = async () => {
      if (selected !== undefined) copied = selected;
    };
  });

  afterEach(() => {
    parts.commands.executeCommand = executeCommand;
    Object.assign(parts.env, { clipboard: undefined });
    Object.assign(parts.window, { activeTerminal: undefined });
  });

  it('is attached without the blank rows around it, also if it was copied last', async () => {
    for (const [text, expected] of [
      ['what was copied', 'what was copied'],
      ['$ ls\n\na  \n  $ \n\n\n   \n', '$ ls\n\na  \n  $'],
      ['\r\n  \r\n  indented\r\n\r\n', '  indented'],
    ] as const) {
      selected = text;
      assert.deepEqual(await terminalAttachment(), {
        kind: 'terminal',
        name: 'Terminal bash',
        text: expected,
      });
      assert.equal(copied, 'what was copied');
    }
  });

  it('is nothing where nothing is selected, whatever was copied', async () => {
    for (const text of [undefined, ' \n \n']) {
      selected = text;
      assert.equal(await terminalAttachment(), 'Nothing is selected in the terminal.');
      assert.equal(copied, 'what was copied');
    }
  });

  it('leaves the clipboard as it was where it cannot be copied', async () => {
    parts.commands.executeCommand = () => Promise.reject(new Error('gone'));
    await assert.rejects(terminalAttachment());
    assert.equal(copied, 'what was copied');
  });
});
