import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { eachPanelHost } from '../panel/support/eachPanelHost.ts';
import { createMemento, type PanelHost } from '../panel/support/panelHost.ts';
import { parts } from '../vscodeParts.ts';

const { KeptAnswers } = await import('../../../../src/host/quickPrompts/keptAnswers.ts');
const { QuickPrompts } = await import('../../../../src/host/quickPrompts/quickPrompts.ts');

describe('the commands of quick prompts', () => {
  let host: PanelHost;
  let told: string[];
  eachPanelHost((made) => (host = made.host));

  beforeEach(() => {
    told = [];
    Object.assign(parts.window, { showWarningMessage: async (text: string) => void told.push(text) });
  });

  it('put what they ask at the top of the list, whichever way it was asked', async () => {
    const workspaceState = createMemento();
    const prompts = make(workspaceState);
    await prompts.ask('explain', undefined, undefined);
    await prompts.ask('review', undefined, undefined);
    assert.match(told[0] ?? '', /^Nothing is selected/);
    assert.match(told[1] ?? '', /no git repository/);
    assert.deepEqual(workspaceState.get('recentQuickPrompts'), [
      { kind: 'listed', id: 'review' },
      { kind: 'listed', id: 'explain' },
    ]);
    prompts.dispose();
  });

  function make(workspaceState: vscode.Memento) {
    return new QuickPrompts({
      ...host.panel,
      workspaceState,
      kept: new KeptAnswers(),
      panel: {
        askFor: () => Promise.reject(new Error('No room was asked for.')),
        continueFrom: () => Promise.resolve(),
        modelOf: () => Promise.resolve({}),
        open: () => Promise.resolve(),
        hasFocus: false,
      },
      openSink: () => Promise.reject(new Error('No place was asked for.')),
    });
  }
});
