import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { useAnswerPlaces } from './support/answers.ts';

describe('answers of quick prompts that leave the editor', () => {
  const { place, put } = useAnswerPlaces();

  it('are copied when they are whole', async () => {
    await vscode.env.clipboard.writeText('before');
    for (const ending of ['stopped', 'failed'] as const)
      assert.match((await put('clipboard', 'half', place(), ending)).problem ?? '', /not copied/);
    assert.equal(await vscode.env.clipboard.readText(), 'before');
    const block = '```js\nstart();\n```';
    await put('clipboard', `${block}\n`, place());
    assert.equal(await vscode.env.clipboard.readText(), 'start();');
    const answer = `Here it is:\n\n${block}\n\nIt starts.`;
    await put('clipboard', answer, place());
    assert.equal(await vscode.env.clipboard.readText(), answer);
  });

  it('are typed into the terminal without being run, and copied where they have several lines', async () => {
    const { createTerminal } = vscode.window;
    const sent: unknown[][] = [];
    const focus: unknown[] = [];
    const terminal = {
      show: (...given: unknown[]) => focus.push(...given),
      sendText: (...texts: unknown[]) => sent.push(texts),
    };
    Object.assign(vscode.window, { createTerminal: () => terminal });
    try {
      assert.deepEqual(await put('terminal', '```sh\n$ ls\u0007\u001B[2J -l\u200B\n```', place()), {
        isEmpty: false,
      });
      const { problem } = await put('terminal', '```sh\ncd /\nls\n```', place());
      assert.match(problem ?? '', /several lines/);
      assert.match((await put('terminal', 'ls', place(), 'failed')).problem ?? '', /not whole/);
    } finally {
      Object.assign(vscode.window, { createTerminal });
    }
    assert.deepEqual(sent, [['ls[2J -l', false]]);
    // What a person types elsewhere stays there, and Enter too.
    assert.deepEqual(focus, [true]);
    assert.equal(await vscode.env.clipboard.readText(), 'cd /\nls');
  });
});
