import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/apiError.ts';
import { untranslated } from '../../../../src/chat/l10n.ts';
import type { ReplyEvent } from '../../../../src/chat/replyEvents.ts';
import { LiveTurn } from '../../../../src/host/rooms/liveTurn.ts';

function begin(more: Partial<ConstructorParameters<typeof LiveTurn>[0]> = {}): LiveTurn {
  return new LiveTurn({ id: 't', prompt: 'p', connection: 'tachyon', l10n: untranslated, ...more });
}

const finished: ReplyEvent = {
  type: 'finished',
  finishReason: 'stop',
  model: 'acme/model',
  isRefusal: false,
  isCut: false,
};

describe('a turn that is being answered', () => {
  it('grows piece by piece, and ends with its model and usage', () => {
    const live = begin({ price: { input: 1, output: 2 } });
    assert.equal(live.turn.state, 'sending');
    assert.deepEqual(live.show({ type: 'state', state: 'streaming' }), [
      { type: 'turnChanged', patch: { state: 'streaming', problem: '', actions: [] } },
    ]);
    assert.deepEqual(live.show({ type: 'reasoningDelta', text: 'hm' }), [
      { type: 'reasoningDelta', text: 'hm' },
    ]);
    assert.deepEqual(live.show({ type: 'textDelta', text: 'A' }), [{ type: 'textDelta', text: 'A' }]);
    live.show({ type: 'textDelta', text: 'B' });
    live.show({
      type: 'usage',
      usage: { prompt_tokens: 1_000_000, completion_tokens: 500_000, total_tokens: 1_500_000 },
    });
    assert.equal(live.isRunning, true);
    live.show(finished);
    const { reply, reasoning, state, model, usage, canFork } = live.turn;
    assert.deepEqual([reply, reasoning, state, model, canFork], ['AB', 'hm', 'answered', 'acme/model', true]);
    assert.match(usage ?? '', /1,000,000 → 500,000 tokens · \$2$/);
    assert.equal(live.isRunning, false);
  });

  it('says why it waits, and nothing of it when the answer comes', () => {
    const live = begin();
    const error = new ApiError('rateLimited', 'x', { status: 429 });
    live.show({ type: 'state', state: 'waiting', error, delay: 3000, tryNow: () => undefined });
    assert.equal(live.turn.state, 'waiting');
    assert.match(live.turn.problem ?? '', /too many requests \(429\); trying again in 3 s/);
    assert.deepEqual(live.turn.actions, ['tryNow']);
    live.show({ type: 'state', state: 'streaming' });
    assert.deepEqual([live.turn.problem, live.turn.actions], ['', []]);
  });

  it('replaces what came by what the room has', () => {
    const live = begin();
    live.show({ type: 'textDelta', text: 'half' });
    live.show({ type: 'state', state: 'recovering' });
    assert.deepEqual(live.show({ type: 'replacement', text: 'whole' }), [
      { type: 'turnChanged', patch: { reply: 'whole' } },
    ]);
    live.show({ type: 'state', state: 'recovered' });
    live.show(finished);
    assert.match(live.turn.problem ?? '', /was read from the chatroom/);
  });

  it('offers what helps: signing in, leaving out, going on, saving, whole replies', () => {
    const failed = begin();
    failed.failed({ message: 'The key was \\[refused\\](x)', action: 'signIn' });
    assert.equal(failed.turn.problem, 'The key was [refused] (x)');
    assert.deepEqual(failed.turn.actions, ['signIn', 'askAgain']);
    const refused = begin();
    refused.failed({ message: 'm', action: 'dropParameter' });
    assert.deepEqual(refused.turn.actions, ['dropParameter', 'askAgain']);
    const spoken = begin();
    spoken.keepAudio('t.wav');
    spoken.show({ ...finished, finishReason: 'length' });
    assert.deepEqual(spoken.turn.actions, ['continue', 'saveAudio']);
    assert.equal(spoken.audioName, 't.wav');
    const lost = begin();
    lost.keepAudio(undefined);
    lost.show(finished);
    assert.match(lost.turn.problem ?? '', /could not be stored/);
    const held = begin({
      startClock: () => ({ piece: () => undefined, note: () => 'It came all at once.' }),
    });
    held.show(finished);
    assert.deepEqual([held.turn.problem, held.turn.actions], ['It came all at once.', ['wholeReplies']]);
  });

  it('that was interrupted stays so, and of one that was stopped nothing is said', () => {
    const cut = begin();
    cut.show({ type: 'state', state: 'interrupted' });
    cut.failed({ message: 'The connection was lost.', action: 'retry' });
    assert.deepEqual([cut.turn.state, cut.turn.actions], ['interrupted', ['askAgain']]);
    const stopped = begin();
    stopped.stopped();
    assert.deepEqual([stopped.turn.state, stopped.turn.actions, stopped.turn.problem], ['stopped', [], '']);
  });

  it('has further answers and sentences beside the reply, and clean names', () => {
    const live = begin({ model: 'evil\u202Eledom' });
    assert.equal(live.turn.model, 'evilledom');
    live.show({ type: 'notice', text: 'A \\*new\\* room.' });
    live.show({ type: 'alternatives', count: 2 });
    live.show({ type: 'alternative', number: 2, text: 'Other' });
    live.show({ type: 'toolCall', id: 'c', name: 'do\u200Bit', arguments: '{}' });
    assert.deepEqual(live.turn.notices, ['A *new* room.', 'Tool used: doit']);
    assert.deepEqual(live.turn.alternatives, ['Other']);
  });
});
