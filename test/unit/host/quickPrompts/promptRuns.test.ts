import assert from 'node:assert/strict';
import type { CarriedTurn } from '../../../../src/chat/carried.ts';
import type { QuickPrompt } from '../../../../src/chat/quickPrompts/quickPrompt.ts';
import type { AnswerEnding, AnswerPlace, AnswerSink } from '../../../../src/host/quickPrompts/answerSink.ts';
import { field } from '../../../support/foreignRequests.ts';
import { createServer, type RunningServer } from '../../../server/server.ts';
import { createPanelHost, type PanelHost } from '../panel/support/panelHost.ts';
import { parts } from '../vscodeParts.ts';

const { PromptRuns } = await import('../../../../src/host/quickPrompts/promptRuns.ts');
const { StopControls } = await import('../../../../src/host/quickPrompts/stopControls.ts');
const { CodeProblem } = await import('../../../../src/host/code/codeProblem.ts');

/** A place that only remembers. */
class RememberedSink implements AnswerSink {
  text = '';
  ending: AnswerEnding | undefined;
  readonly onText: (text: string) => void;
  readonly #closed = new parts.EventEmitter();

  constructor(onText: (text: string) => void) {
    this.onText = onText;
  }

  dispose(): void {
    this.#closed.dispose();
  }

  readonly onClosed = (listener: () => void) => this.#closed.event(listener);

  close(): void {
    this.#closed.fire(undefined);
  }

  push(text: string): void {
    this.text += text;
    this.onText(this.text);
  }

  replace(text: string): void {
    this.text = text;
  }

  end(ending: AnswerEnding) {
    this.ending = ending;
    return Promise.resolve({ isEmpty: this.text === '' });
  }
}

describe('running a quick prompt', () => {
  let server: RunningServer;
  let host: PanelHost;
  let told: string[];
  let offered: (readonly string[])[];
  /** The button that is pressed in each message. */
  let pressed: string[];
  let sinks: RememberedSink[];
  let places: AnswerPlace[];
  let onText: (sink: RememberedSink, text: string) => void;
  let carried: CarriedTurn[];

  beforeEach(async () => {
    server = await createServer({ deltaPauseMs: 1 });
    host = createPanelHost(server);
    await host.panel.models.load(host.tachyon());
    [told, offered, pressed, sinks, places, carried] = [[], [], [], [], [], []];
    onText = () => undefined;
    const show = async (text: string, ...buttons: string[]) => {
      told.push(text);
      offered.push(buttons);
      const button = pressed.shift();
      return buttons.find((each) => each === button);
    };
    const item = { show: () => undefined, hide: () => undefined, dispose: () => undefined };
    Object.assign(parts.window, {
      showWarningMessage: show,
      showErrorMessage: show,
      showInformationMessage: show,
      setStatusBarMessage: () => undefined,
      createStatusBarItem: () => item,
      withProgress: (_options: unknown, work: (...given: unknown[]) => unknown) =>
        work({ report: () => undefined }, { onCancellationRequested: () => undefined }),
    });
  });

  afterEach(async () => {
    host.close();
    await server.close();
  });

  it('streams the answer into its place, keeps what was sent, and makes no chatroom', async () => {
    const { runs } = make();
    await runs.run({ prompt: prompt('!echo Hello there') });
    assert.deepEqual(
      sinks.map(({ text, ending }) => [text, ending]),
      [['Hello there', 'answered']],
    );
    assert.deepEqual(told, []);
    const [request] = completions();
    assert.equal(request?.path, '/v1/llms/chat/completions');
    const [kept] = await host.panel.sent.newest(1);
    assert.equal(kept?.turn, places[0]?.id);
    assert.equal(kept?.request.body, JSON.stringify(request.body));
    assert.equal(server.requests.filter(({ path }) => path.endsWith('/chatrooms')).length, 0);
  });

  it('goes on in the panel with the prompt and its answer, and asks nothing for that', async () => {
    const { runs } = make();
    await runs.run({ prompt: prompt('!echo Hello') });
    await runs.continueInChat(places[0]?.id);
    assert.deepEqual(carried, [{ prompt: '!echo Hello', reply: 'Hello' }]);
    assert.equal(completions().length, 1);
    await runs.continueInChat({ toString: () => places[0]?.id });
    assert.match(told[0] ?? '', /no longer kept/);
  });

  for (const [how, stop] of [
    ['the command', (_: RememberedSink, controls: { stop(id?: unknown): void }) => controls.stop()],
    ['its document being closed', (sink: RememberedSink) => sink.close()],
  ] as const) {
    it(`is stopped by ${how}; what has come stays, and nothing is said`, async () => {
      const { runs, controls } = make();
      onText = (sink, text) => {
        if (text.length > 100) stop(sink, controls);
      };
      await runs.run({ prompt: prompt('!long 20000') });
      const [sink] = sinks;
      assert.equal(sink?.ending, 'stopped');
      assert.ok(sink.text.length > 100 && sink.text.length < 20_000);
      assert.deepEqual(told, []);
    });
  }

  it('says why it failed, and asks again when the person wants it', async () => {
    const { runs } = make();
    server.fault({ name: '401' });
    pressed = ['Try Again'];
    await runs.run({ prompt: prompt('!echo Hello') });
    assert.match(told[0] ?? '', /401/);
    assert.deepEqual(offered[0], ['Sign In', 'Try Again', 'Show Log']);
    assert.deepEqual(
      sinks.map(({ text, ending }) => [text, ending]),
      [
        ['', 'failed'],
        ['Hello', 'answered'],
      ],
    );
  });

  it('keeps what came before the connection died, and says so', async () => {
    const { runs } = make();
    server.fault({ name: 'cut' });
    await runs.run({ prompt: prompt('!long 2000') });
    assert.equal(sinks[0]?.ending, 'failed');
    assert.notEqual(sinks[0].text, '');
    assert.deepEqual(offered.at(-1), ['Try Again', 'Show Log']);
  });

  it('says what to do, opens nothing and sends nothing where the prompt cannot be asked', async () => {
    const { runs } = make();
    for (const [text, expected] of [
      ['Explain ${selection}', /^Nothing is selected; select/],
      ['Explain ${file}', /^No text editor is open; open/],
      ['Explain ${selektion}', /selektion/],
      ['Where is ${workspaceFolder}', /^No folder is open; open/],
    ] as const) {
      await runs.run({ prompt: prompt(text) });
      assert.match(told.at(-1) ?? '', expected);
    }
    await runs.run({ prompt: { ...prompt('Hello'), model: 'nowhere/x' } });
    assert.match(told.at(-1) ?? '', /no connection “nowhere”/);
    assert.equal(told.length, 5);
    assert.deepEqual([sinks.length, completions().length], [0, 0]);
  });

  it('says why a place takes no answer before anything is sent', async () => {
    const { runs } = make(() => {
      throw new CodeProblem('It is read-only.');
    });
    await runs.run({ prompt: prompt('!echo Hello') });
    assert.deepEqual(told, ['It is read-only.']);
    assert.equal(completions().length, 0);
  });

  it('goes to the model that the prompt names', async () => {
    const { runs } = make();
    await runs.run({ prompt: { ...prompt('!echo Hello'), model: 'tachyon/other/model' } });
    assert.equal(field(completions()[0]?.body, 'model'), 'other/model');
  });

  it('asks each question once, also when it tries again, and takes what was typed for the first', async () => {
    const asked: unknown[] = [];
    Object.assign(parts.window, {
      showInputBox: async ({ prompt: question }: { readonly prompt: string }) => {
        asked.push(question);
        return 'two';
      },
    });
    const { runs } = make();
    server.fault({ name: '401' });
    pressed = ['Try Again'];
    const text = '!echo ${input:First} ${input:Second} ${input:First} $${x}';
    await runs.run({ prompt: prompt(text), typed: 'one' });
    assert.deepEqual(asked, ['Second']);
    assert.equal(sinks.at(-1)?.text, 'one two one ${x}');
  });

  function make(open?: () => AnswerSink) {
    const controls = new StopControls();
    const { panel } = host;
    const runs = new PromptRuns({
      ...panel,
      controls,
      panel: {
        askFor: () => Promise.reject(new Error('No room was asked for.')),
        continueFrom: async (turn) => {
          const { prompt: said, reply } = turn;
          carried.push({ prompt: said, reply });
        },
        open: () => Promise.resolve(),
      },
      openSink: async (_target, place) => {
        if (open) return open();
        const sink: RememberedSink = new RememberedSink((text) => onText(sink, text));
        places.push(place);
        sinks.push(sink);
        return sink;
      },
    });
    return { runs, controls };
  }

  function completions() {
    return server.requests.filter(({ path }) => path.endsWith('/chat/completions'));
  }
});

function prompt(text: string): QuickPrompt {
  return { id: 'user:A', name: 'A', prompt: text, target: 'editor', origin: 'user' };
}
