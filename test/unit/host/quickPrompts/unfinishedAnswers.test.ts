import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { createMemento } from '../panel/support/panelHost.ts';
import { uriOf } from '../vscodeFiles.ts';
import { opened, parts } from '../vscodeParts.ts';

const { UnfinishedAnswers } = await import('../../../../src/host/quickPrompts/unfinishedAnswers.ts');

describe('answers that a window left half written', () => {
  const told: string[] = [];
  let shown: readonly Uri[];
  let pressed: string | undefined;

  beforeEach(() => {
    told.length = 0;
    shown = [];
    pressed = undefined;
    Object.assign(parts.window, {
      showWarningMessage: async (text: string) => {
        told.push(text);
        return pressed;
      },
      tabGroups: {
        get all() {
          return [
            { viewColumn: 1, tabs: [] },
            { viewColumn: 2, tabs: shown.map((uri) => ({ input: new parts.TabInputText(uri) })) },
          ];
        },
      },
    });
  });

  it('are told once by the next one, which shows where they are', async () => {
    const state = createMemento();
    const before = new UnfinishedAnswers(state);
    before.begin('one', 'Whole', uriOf('/project/whole.ts'));
    before.begin('two', 'Half', uriOf('/project/half.ts'));
    before.begin('two', 'Half', uriOf('/project/saved.ts'));
    before.end('one');
    before.dispose();
    // The window stops what runs.
    before.end('two');
    pressed = 'Show';
    const shows = opened.next();
    await new UnfinishedAnswers(state).tell();
    await shows;
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /“Half” was written into project\/saved\.ts: it may not be whole/);
    await new UnfinishedAnswers(state).tell();
    assert.equal(told.length, 1);
  });

  it('are not told where no document has them any more, nor what nobody kept', async () => {
    const state = createMemento();
    const [gone, there] = ['Untitled-1', 'Untitled-2'].map((name) => uriOf(`/${name}`, 'untitled'));
    assert.ok(gone && there);
    shown = [there];
    for (const uri of [gone, there]) new UnfinishedAnswers(state).begin(uri.path, uri.path, uri);
    await state.update('unfinishedAnswers', [
      { name: 'Gone', uri: gone.toString() },
      { name: 'There', uri: there.toString() },
      { name: 'No address', uri: 'nonsense' },
      'nothing',
    ]);
    await new UnfinishedAnswers(state).tell();
    assert.deepEqual(
      told.map((text) => /“(.*?)”/.exec(text)?.[1]),
      ['There'],
    );
  });

  it('are shown where they are, and else in the group of editors that has the focus', async () => {
    const { showTextDocument } = parts.window;
    const columns: unknown[] = [];
    Object.assign(parts.window, {
      showTextDocument: async (_uri: Uri, options: unknown) => void columns.push(options),
    });
    pressed = 'Show';
    const uri = uriOf('/project/half.ts');
    for (const tabs of [[uri], []]) {
      shown = tabs;
      const state = createMemento();
      new UnfinishedAnswers(state).begin('one', 'Half', uri);
      await new UnfinishedAnswers(state).tell();
    }
    Object.assign(parts.window, { showTextDocument });
    assert.deepEqual(columns, [{ viewColumn: 2 }, { viewColumn: -1 }]);
  });
});
