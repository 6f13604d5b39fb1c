import type { CarriedTurn } from '../../../../../src/chat/carried.ts';
import type { Clock } from '../../../../../src/chat/deltaBatcher.ts';
import type { QuickPrompt } from '../../../../../src/chat/quickPrompts/quickPrompt.ts';
import type {
  AnswerEnding,
  AnswerPlace,
  AnswerSink,
} from '../../../../../src/host/quickPrompts/answerSink.ts';
import type { WantedModel } from '../../../../../src/host/models/turnTarget.ts';
import type { RunServices } from '../../../../../src/host/quickPrompts/promptRuns.ts';
import { createServer, type RunningServer } from '../../../../server/server.ts';
import { createPanelHost, type PanelHost } from '../../panel/support/panelHost.ts';
import { parts } from '../../vscodeParts.ts';

const { PromptRuns } = await import('../../../../../src/host/quickPrompts/promptRuns.ts');
const { StopControls } = await import('../../../../../src/host/quickPrompts/stopControls.ts');
const { KeptAnswers } = await import('../../../../../src/host/quickPrompts/keptAnswers.ts');

/** A place that only remembers. */
export class RememberedSink implements AnswerSink {
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

/** Quick prompts that run in a window of their own, and what a person sees of them. */
export class PlayedRuns {
  readonly server: RunningServer;
  readonly host: PanelHost;
  readonly told: string[] = [];
  /** Hears of each message. */
  onTold: () => void = () => undefined;
  /** Of the notifications; they come at once if nothing else is said. */
  clock: Clock = {
    now: () => 0,
    after: (_ms, callback) => {
      callback();
      return () => undefined;
    },
  };
  /** Of the notifications of what runs. */
  readonly titles: string[] = [];
  /** Whether one is shown. */
  isShown = false;
  /** Presses its *Cancel*. */
  cancel: () => void = () => undefined;
  /** What it said last. */
  said = '';
  /** The buttons of each message. */
  readonly offered: (readonly string[])[] = [];
  /** The button that is pressed in each message. */
  pressed: string[] = [];
  readonly sinks: RememberedSink[] = [];
  readonly places: AnswerPlace[] = [];
  onText: (sink: RememberedSink, text: string) => void = () => undefined;
  /** What went on in the panel. */
  readonly carried: CarriedTurn[] = [];
  /** What rooms say of their models. */
  modelOf: WantedModel = {};
  /** The rooms that the panel opened. */
  readonly opened: unknown[] = [];

  constructor(server: RunningServer) {
    this.server = server;
    this.host = createPanelHost(server);
    const show = async (text: string, ...buttons: string[]) => {
      this.told.push(text);
      this.onTold();
      this.offered.push(buttons);
      const button = this.pressed.shift();
      return buttons.find((each) => each === button);
    };
    const item = { show: () => undefined, hide: () => undefined, dispose: () => undefined };
    Object.assign(parts.window, {
      showWarningMessage: show,
      showErrorMessage: show,
      showInformationMessage: show,
      setStatusBarMessage: () => undefined,
      createStatusBarItem: () => item,
      withProgress: async (
        { title }: { readonly title: string },
        work: (...given: unknown[]) => Promise<unknown>,
      ) => {
        this.titles.push(title);
        this.isShown = true;
        const onCancellationRequested = (cancel: () => void) => (this.cancel = cancel);
        const report = ({ message }: { readonly message: string }) => (this.said = message);
        await work({ report }, { onCancellationRequested });
        this.isShown = false;
      },
    });
  }

  make(
    open?: () => AnswerSink,
    askFor: RunServices['panel']['askFor'] = () => Promise.reject(new Error('No room was asked for.')),
  ) {
    const controls = new StopControls(this.host.panel.running, this.clock);
    const kept = new KeptAnswers();
    const runs = new PromptRuns({
      ...this.host.panel,
      controls,
      kept,
      panel: {
        askFor,
        continueFrom: async (turn) => void this.carried.push(turn),
        modelOf: async () => this.modelOf,
        open: async (key) => void this.opened.push(key),
        hasFocus: false,
      },
      openSink: async (_target, place) => {
        this.places.push(place);
        if (open) return open();
        const sink: RememberedSink = new RememberedSink((text) => this.onText(sink, text));
        this.sinks.push(sink);
        return sink;
      },
    });
    return { runs, controls, kept };
  }

  completions() {
    return this.server.requests.filter(({ path }) => path.endsWith('/chat/completions'));
  }

  async close(): Promise<void> {
    this.host.close();
    await this.server.close();
  }
}

/** A server, and quick prompts that ask it. */
export async function playRuns(): Promise<PlayedRuns> {
  const played = new PlayedRuns(await createServer({ deltaPauseMs: 1 }));
  await played.host.panel.models.load(played.host.tachyon());
  return played;
}

/** A quick prompt of the settings. */
export function promptOf(text: string): QuickPrompt {
  return { id: 'user:A', name: 'A', prompt: text, target: 'editor', origin: 'user' };
}
