import assert from 'node:assert/strict';
import { field } from '../../../support/foreignRequests.ts';
import { parts } from '../vscodeParts.ts';
import { type PlayedRuns, playRuns, promptOf, type RememberedSink } from './support/playedRuns.ts';

const { CodeProblem } = await import('../../../../src/host/code/codeProblem.ts');

describe('running a quick prompt', () => {
  let played: PlayedRuns;

  beforeEach(async () => {
    played = await playRuns();
  });
  afterEach(() => played.close());

  it('streams the answer into its place, keeps what was sent, and makes no chatroom', async () => {
    const { runs } = played.make();
    await runs.run({ prompt: promptOf('!echo Hello there') });
    assert.deepEqual(
      played.sinks.map(({ text, ending }) => [text, ending]),
      [['Hello there', 'answered']],
    );
    assert.deepEqual(played.told, []);
    const [request] = played.completions();
    assert.equal(request?.path, '/v1/llms/chat/completions');
    const [kept] = await played.host.panel.sent.newest(1);
    assert.equal(kept?.turn, played.places[0]?.id);
    assert.equal(kept?.request.body, JSON.stringify(request.body));
    assert.equal(played.server.requests.filter(({ path }) => path.endsWith('/chatrooms')).length, 0);
  });

  it('goes on in the panel with the prompt and its answer, and asks nothing for that', async () => {
    const { runs } = played.make();
    await runs.run({ prompt: promptOf('!echo Hello') });
    await runs.continueInChat(played.places[0]?.id);
    assert.deepEqual(played.carried, [{ prompt: '!echo Hello', reply: 'Hello' }]);
    assert.equal(played.completions().length, 1);
    await runs.continueInChat({ toString: () => played.places[0]?.id });
    assert.match(played.told[0] ?? '', /no longer kept/);
  });

  for (const [how, stop] of [
    ['the command', (_: RememberedSink, controls: { stop(id?: unknown): void }) => controls.stop()],
    ['its document being closed', (sink: RememberedSink) => sink.close()],
  ] as const) {
    it(`is stopped by ${how}; what has come stays, and nothing is said`, async () => {
      const { runs, controls } = played.make();
      played.onText = (sink, text) => {
        if (text.length > 100) stop(sink, controls);
      };
      await runs.run({ prompt: promptOf('!long 20000') });
      const [sink] = played.sinks;
      assert.equal(sink?.ending, 'stopped');
      assert.ok(sink.text.length > 100 && sink.text.length < 20_000);
      assert.deepEqual(played.told, []);
    });
  }

  it('says why it failed, and asks again when the person wants it', async () => {
    const { runs } = played.make();
    played.server.fault({ name: '401' });
    played.pressed = ['Try Again'];
    await runs.run({ prompt: promptOf('!echo Hello') });
    assert.match(played.told[0] ?? '', /401/);
    assert.deepEqual(played.offered[0], ['Sign In', 'Try Again', 'Show Log']);
    assert.deepEqual(
      played.sinks.map(({ text, ending }) => [text, ending]),
      [
        ['', 'failed'],
        ['Hello', 'answered'],
      ],
    );
    const [first, second] = played.places;
    assert.deepEqual([first?.again, second?.again], [undefined, first?.id]);
  });

  it('follows what was selected from the moment it is asked until its answer has a place', async () => {
    const listeners = new Set<unknown>();
    const seen: number[] = [];
    Object.assign(parts.workspace, {
      onDidChangeTextDocument: (listener: unknown) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
    });
    Object.assign(parts.window, {
      showInputBox: async () => {
        seen.push(listeners.size);
        return 'Hello';
      },
    });
    const at = { start: 0, end: 0, isReversed: false };
    const document = { offsetAt: () => 0, getText: () => '', version: 1 };
    const editor = Object({ document, selections: [at] });
    const { runs } = played.make();
    const prompt = { ...promptOf('!echo ${input:What?}'), target: 'insert' as const };
    await runs.run(Object.assign({ prompt }, { editor }));
    assert.equal(played.places[0]?.selected?.editor, editor);
    assert.deepEqual([seen, listeners.size], [[1], 0]);
  });

  it('keeps what came before the connection died, and says so', async () => {
    const { runs } = played.make();
    played.server.fault({ name: 'cut' });
    await runs.run({ prompt: promptOf('!long 2000') });
    assert.equal(played.sinks[0]?.ending, 'failed');
    assert.notEqual(played.sinks[0].text, '');
    assert.deepEqual(played.offered.at(-1), ['Try Again', 'Show Log']);
  });

  it('says what to do, opens nothing and sends nothing where the prompt cannot be asked', async () => {
    const { runs } = played.make();
    for (const [text, expected] of [
      ['Explain ${selection}', /^Nothing is selected; select/],
      ['Explain ${file}', /^No text editor is open; open/],
      ['Explain ${selektion}', /selektion/],
      ['Where is ${workspaceFolder}', /^No folder is open; open/],
    ] as const) {
      await runs.run({ prompt: promptOf(text) });
      assert.match(played.told.at(-1) ?? '', expected);
    }
    await runs.run({ prompt: { ...promptOf('Hello'), model: 'nowhere/x' } });
    assert.match(played.told.at(-1) ?? '', /no connection “nowhere”/);
    assert.equal(played.told.length, 5);
    assert.deepEqual([played.sinks.length, played.completions().length], [0, 0]);
  });

  it('says why a place takes no answer before anything is sent', async () => {
    const { runs } = played.make(() => {
      throw new CodeProblem('It is read-only.');
    });
    await runs.run({ prompt: promptOf('!echo Hello') });
    assert.deepEqual(played.told, ['It is read-only.']);
    assert.equal(played.completions().length, 0);
  });

  it('goes to the model that the prompt names', async () => {
    const { runs } = played.make();
    await runs.run({ prompt: { ...promptOf('!echo Hello'), model: 'tachyon/other/model' } });
    assert.equal(field(played.completions()[0]?.body, 'model'), 'other/model');
  });

  it('asks each question once, also when it tries again, and takes what was typed for the first', async () => {
    const asked: unknown[] = [];
    Object.assign(parts.window, {
      showInputBox: async ({ prompt: question }: { readonly prompt: string }) => {
        asked.push(question);
        return 'two';
      },
    });
    const { runs } = played.make();
    played.server.fault({ name: '401' });
    played.pressed = ['Try Again'];
    const text = '!echo ${input:First} ${input:Second} ${input:First} $${x}';
    await runs.run({ prompt: promptOf(text), typed: 'one' });
    assert.deepEqual(asked, ['Second']);
    assert.equal(played.sinks.at(-1)?.text, 'one two one ${x}');
    // Not the whole prompt.
    assert.equal(played.places.at(-1)?.asked, 'one\n\ntwo');
  });
});
