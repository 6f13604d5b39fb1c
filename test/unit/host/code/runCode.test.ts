import assert from 'node:assert/strict';
import { standInForVscode } from '../vscodeFiles.ts';
import { parts } from '../vscodeParts.ts';

standInForVscode();
const { runCode } = await import('../../../../src/host/code/runCode.ts');

describe('code that is run in the terminal', () => {
  let sent: string[];
  let asked: string[];

  /** The person presses a button; undefined closes the question. */
  function answer(button: string | undefined): void {
    Object.assign(parts.window, {
      activeTerminal: undefined,
      createTerminal: () => ({ show: () => undefined, sendText: (text: string) => sent.push(text) }),
      showWarningMessage: async (_text: string, { detail }: { readonly detail: string }) => {
        asked.push(detail);
        return button;
      },
    });
  }

  beforeEach(() => {
    sent = [];
    asked = [];
  });
  afterEach(() => void Object.assign(parts.workspace, { isTrusted: undefined }));

  it('is neither run nor asked for in Restricted Mode', async () => {
    Object.assign(parts.workspace, { isTrusted: false });
    answer('Run');
    await assert.rejects(runCode('touch owned'), /only in a workspace that you trust/);
    assert.deepEqual([asked, sent], [[], []]);
  });

  it('is what the person has seen and said yes to', async () => {
    Object.assign(parts.workspace, { isTrusted: true });
    answer(undefined);
    await runCode('make\u001B[2J all');
    assert.deepEqual(sent, []);
    answer('Run');
    await runCode('make\u001B[2J all');
    assert.deepEqual(sent, asked.slice(1));
    assert.ok(!sent.join().includes('\u001B'));
  });
});
