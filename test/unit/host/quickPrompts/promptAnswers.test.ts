import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/apiError.ts';
import { contexts } from '../../../../src/shared/contributions.ts';
import { executed, parts } from '../vscodeParts.ts';
import { type PlayedRuns, playRuns, promptOf, RememberedSink } from './support/playedRuns.ts';

describe('the answer of a quick prompt', () => {
  let played: PlayedRuns;

  beforeEach(async () => {
    played = await playRuns();
  });
  afterEach(() => played.close());

  it('keeps a refusal, and an answer that is not whole, for people to see, and says so', async () => {
    const ends = [
      { finishReason: 'stop', isRefusal: true, isCut: false },
      { finishReason: 'length', isRefusal: false, isCut: false },
    ];
    const { runs, kept } = played.make(undefined, async ({ show, end }) => {
      show({ type: 'textDelta', text: 'I will not.' });
      for (const each of ends.splice(0, 1)) show({ type: 'finished', model: undefined, ...each });
      end();
      return { key: 'tachyon/ch_1' };
    });
    const asked = { ...promptOf('Hello'), target: 'insert', room: 'own' } as const;
    await runs.run({ prompt: asked });
    assert.deepEqual([played.sinks[0]?.text, played.sinks[0]?.ending], ['', 'answered']);
    assert.match(played.told[0] ?? '', /refused/);
    assert.deepEqual(played.offered[0], ['Show Whole Answer']);
    assert.equal(kept.find(played.places[0]?.id)?.reply, 'I will not.');
    await runs.run({ prompt: asked });
    assert.deepEqual([played.sinks[1]?.text, played.sinks[1]?.ending], ['I will not.', 'stopped']);
    assert.match(played.told[1] ?? '', /length limit/);
  });

  it('says so where the answer has nothing for its place', async () => {
    const { runs } = played.make(() => {
      const sink = new RememberedSink(() => undefined);
      return Object.assign(sink, { end: async () => ({ isEmpty: true }) });
    });
    await runs.run({ prompt: promptOf('!echo ```') });
    assert.match(played.told[0] ?? '', /no code in the answer/);
  });

  it('in a room goes on there, and counts what the room has, also after a stop', async () => {
    const long = 'one two three\n'.repeat(2000);
    Object.assign(parts.env, { clipboard: { readText: async () => long } });
    const asked: { key?: string; again?: string; turn: string }[] = [];
    const { runs } = played.make(undefined, async (door, { key, again, attachments }) => {
      asked.push({ turn: door.turn, ...(key && { key }), ...(again && { again }) });
      const { text } = await attachments(asked.length === 1 ? 0 : 1e9);
      assert.equal(text.includes(long.trim()), asked.length === 1);
      door.show({ type: 'textDelta', text: 'Half' });
      door.end(asked.length === 1 ? new ApiError('server', 'broken') : new DOMException('', 'AbortError'));
      return { key: 'tachyon/ch_1' };
    });
    played.pressed = ['Try Again'];
    await runs.run({ prompt: { ...promptOf('Explain ${clipboard}'), room: 'own' } });
    const [first, second] = asked;
    assert.deepEqual([first?.key, first?.again], [undefined, undefined]);
    assert.deepEqual([second?.key, second?.again], ['tachyon/ch_1', first?.turn]);
    await runs.continueInChat(played.places[1]?.id);
    assert.deepEqual(played.opened, ['tachyon/ch_1']);
    assert.deepEqual(played.carried, []);
  });

  it('goes to the room of this window that was used last, if that is of its connection', async () => {
    const keys: unknown[] = [];
    const models: unknown[] = [];
    played.modelOf = { picked: { vendor: 'tachyon', id: 'tachyon/other/model' } };
    const { runs } = played.make(undefined, async ({ end, target }, { key }) => {
      keys.push(key);
      models.push(target.model);
      end();
      return { key: 'tachyon/ch_1' };
    });
    for (const last of ['tachyon/ch_9', 'other/ch_2']) {
      played.host.panel.live.opened(last);
      await runs.run({ prompt: { ...promptOf('Hello'), room: 'current', name: '[A](command:x)' } });
    }
    assert.deepEqual(keys, ['tachyon/ch_9', undefined]);
    assert.equal(models[0], 'other/model', 'as the room says');
    assert.equal(played.titles[0], '[A] (command:x)');
  });

  it('leaves Escape as it is while none runs, also after an extension host that was killed', async () => {
    executed.length = 0;
    const { runs } = played.make();
    await runs.run({ prompt: promptOf('!echo Hello') });
    const states = executed.flatMap(([command, key, is]) =>
      command === 'setContext' && key === contexts.quickPromptRuns ? [is] : [],
    );
    assert.deepEqual(states, [false, true, false]);
  });
});
