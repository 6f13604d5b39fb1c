import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { eachPanelHost } from '../panel/support/eachPanelHost.ts';
import type { PanelHost } from '../panel/support/panelHost.ts';
import { uriOf } from '../vscodeFiles.ts';
import { extensions, parts } from '../vscodeParts.ts';

const { fillPrompt } = await import('../../../../src/host/quickPrompts/preparePrompt.ts');

describe('filling in a quick prompt', () => {
  let host: PanelHost;
  eachPanelHost((made) => (host = made.host));

  for (const [what, meanwhile, expected, selected] of [
    [
      'selects again what it is about where the person went elsewhere',
      { at: 3, version: 1 },
      /Keep two\.$/,
      1,
    ],
    [
      'is content where the selection moved with its text',
      { at: 2, version: 2, text: 'new\none\ntwo' },
      /Keep two\.$/,
      2,
    ],
    ['is not asked where the selection is gone', { at: 0, version: 2, text: 'three' }, /ask again/, 0],
  ] as const) {
    it(`${what} while they answer a question`, async () => {
      const editor = editorWith('one\ntwo\nthree\nfour');
      editor.selections = [line(1)];
      Object.assign(parts.window, {
        showInputBox: async () => {
          editor.change(meanwhile);
          return 'two';
        },
      });
      const prompt = {
        id: 'user:a',
        name: 'A',
        prompt: 'Shorten ${selection}. Keep ${input:What?}.',
        target: 'replace',
        origin: 'user',
      } as const;
      const asked: Parameters<typeof fillPrompt>[0] = Object.assign({ prompt }, { editor: Object(editor) });
      const filled = await fillPrompt(asked, new Map(), host.panel.attachments, async (question) =>
        question(),
      );
      assert.match(typeof filled === 'object' ? filled.text : (filled ?? ''), expected);
      assert.equal(editor.selections[0]?.start.line, selected);
    });
  }

  it('shows the placeholder of a question in its empty box', async () => {
    const boxes: unknown[] = [];
    Object.assign(parts.window, {
      showInputBox: async ({ prompt, placeHolder }: vscode.InputBoxOptions) => {
        boxes.push([prompt, placeHolder]);
        return 'x';
      },
    });
    const prompt = { id: 'a', name: 'A', prompt: '${input:form:MyForm} ${input:Why?}' } as const;
    const asked = { prompt: { ...prompt, target: 'editor', origin: 'user' } } as const;
    await fillPrompt(asked, new Map(), host.panel.attachments, async (question) => question());
    assert.deepEqual(boxes, [
      ['form', 'MyForm'],
      ['Why?', undefined],
    ]);
  });

  it('is given up where a question gets no answer', async () => {
    const prompt = { id: 'a', name: 'A', prompt: '${input:Why?}', target: 'editor', origin: 'user' } as const;
    for (const answer of [undefined, '', ' ']) {
      Object.assign(parts.window, { showInputBox: async () => answer });
      const fill = fillPrompt({ prompt }, new Map(), host.panel.attachments, async (question) => question());
      assert.equal(await fill, undefined);
    }
  });

  it('asks once which repository is meant', async () => {
    const repositories = ['/one', '/two'].map((root) => ({
      rootUri: uriOf(root),
      ui: { selected: false },
      diff: async () => 'changes',
      log: async () => [{ message: `of ${root}` }],
      status: async () => undefined,
      state: { workingTreeChanges: [] },
    }));
    const api = { state: 'initialized', repositories, getRepository: () => null };
    extensions.set('vscode.git', { isActive: true, exports: { enabled: true, getAPI: () => api } });
    let picks = 0;
    Object.assign(parts.window, {
      showQuickPick: async (items: readonly unknown[]) => {
        picks += 1;
        return items[1];
      },
    });
    const text = '${diff} ${commits}';
    const prompt = { id: 'a', name: 'A', prompt: text, target: 'scm', origin: 'user' } as const;
    const filled = await fillPrompt({ prompt }, new Map(), host.panel.attachments, async (question) =>
      question(),
    );
    extensions.clear();
    assert.ok(typeof filled === 'object');
    assert.deepEqual([picks, filled.repository?.path], [1, '/two']);
    assert.equal(filled.text, 'Changes to commit in two Last commits');
  });

  it('closes the box of a question where the chat is stopped', async () => {
    const token: vscode.CancellationToken = Object.assign(Object.create(null), {
      isCancellationRequested: true,
    });
    Object.assign(parts.window, {
      showInputBox: async (_box: unknown, by?: vscode.CancellationToken) =>
        by?.isCancellationRequested ? undefined : 'two',
    });
    const prompt = {
      id: 'user:a',
      name: 'A',
      prompt: '${input:What?}',
      target: 'editor',
      origin: 'user',
    } as const;
    const fill = (by?: vscode.CancellationToken) =>
      fillPrompt({ prompt }, new Map(), host.panel.attachments, async (question) => question(by));
    assert.equal(await fill(token), undefined);
    assert.equal(typeof (await fill()), 'object');
  });
});

/** An editor in which whole lines are selected. */
function editorWith(content: string) {
  let lines = content.split('\n');
  const document = {
    uri: uriOf('/a.txt'),
    languageId: 'plaintext',
    version: 1,
    getText: ({ start }: vscode.Range) => lines[start.line] ?? '',
  };
  const editor = {
    document,
    selections: [line(0)],
    change: ({
      at,
      version,
      text,
    }: {
      readonly at: number;
      readonly version: number;
      readonly text?: string;
    }) => {
      document.version = version;
      if (text !== undefined) lines = text.split('\n');
      editor.selections = [line(at)];
    },
  };
  return editor;
}

function line(at: number) {
  const start = { line: at, character: 0, compareTo: () => 0 };
  return { isEmpty: false, start, end: { ...start, character: 1 } };
}
