import assert from 'node:assert/strict';
import { untranslated } from '../../../../src/chat/l10n.ts';
import { quickLookText, stateText } from '../../../../src/chat/panel/quickLook.ts';

describe('quickLookText', () => {
  it('says where, how it stands and what it took, and leaves out what there is not', () => {
    const all = { place: 'tachyon', state: 'streaming', usage: 'conversation: 12 tokens' } as const;
    assert.equal(quickLookText(all, untranslated), 'tachyon · answering… · conversation: 12 tokens');
    assert.equal(quickLookText({ place: 'tachyon', usage: '' }, untranslated), 'tachyon');
    assert.equal(
      quickLookText({ place: '', state: 'problem', usage: '' }, untranslated),
      'cannot be used now',
    );
  });

  it('has another word for each state', () => {
    const states = ['sending', 'waiting', 'streaming', 'recovering', 'problem'] as const;
    assert.equal(new Set(states.map((state) => stateText(state, untranslated))).size, states.length);
  });
});
