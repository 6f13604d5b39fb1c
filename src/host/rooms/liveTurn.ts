import type { Price } from '../../api/connection.ts';
import type { ReplyClock } from '../../chat/bufferedStream.ts';
import { joinBlocks } from '../../chat/carried.ts';
import type { DescribedError } from '../../chat/describeError.ts';
import type { L10n } from '../../chat/l10n.ts';
import { endingTexts } from '../../chat/replyEnding.ts';
import type { FinishedEvent, ReplyEvent, StateEvent } from '../../chat/replyEvents.ts';
import { retryText } from '../../chat/retryText.ts';
import { cleanName, plainText } from '../../chat/untrusted.ts';
import { turnUsage, usageText } from '../../chat/usageText.ts';
import type { SentAttachments } from '../attachments/sentAttachments.ts';
import type { PanelTurn, TurnAction, TurnPatch } from '../../shared/panelMessages.ts';

/** What of a turn is new; as in the messages to the page, without the turn. */
export type TurnChange =
  | { readonly type: 'textDelta'; readonly text: string }
  | { readonly type: 'reasoningDelta'; readonly text: string }
  | { readonly type: 'turnChanged'; readonly patch: TurnPatch };

/** What stood in the composer, and in short what it asks: `/explain` and the like ask another prompt. */
export interface TypedPrompt {
  readonly text: string;
  readonly title: string;
}

/** A turn that begins. */
export interface LiveTurnInput {
  readonly id: string;
  readonly prompt: string;
  /** Missing: nobody typed it in a composer. */
  readonly typed?: TypedPrompt;
  /** As the settings name it. */
  readonly connection: string;
  readonly model?: string;
  readonly price?: Price;
  /** What goes out with the prompt. */
  readonly attachments?: SentAttachments;
  /** Notes when the pieces of the reply come; missing: somebody else does. */
  readonly startClock?: () => ReplyClock;
  readonly l10n: L10n;
}

/** A turn that is being answered, whichever door it came through, as a panel shows it. */
export class LiveTurn {
  #input: LiveTurnInput;
  #turn: PanelTurn;
  #attachments: SentAttachments | undefined;
  #clock: ReplyClock | undefined;
  #isRecovered = false;
  #isAudioLost = false;
  /** Under which a spoken answer can be saved. */
  #audioName: string | undefined;

  constructor(input: LiveTurnInput) {
    const { id, prompt, model, attachments } = input;
    this.#input = input;
    this.#attachments = attachments;
    this.#clock = input.startClock?.();
    this.#turn = {
      id,
      prompt,
      attachments: attachments ? namesOf(attachments) : [],
      reply: '',
      reasoning: '',
      state: 'sending',
      alternatives: [],
      notices: [],
      actions: [],
      askedAt: new Date().toISOString(),
      hasRequest: false,
      canFork: false,
      ...(model !== undefined && { model: cleanName(model, 200) }),
    };
  }

  /** The turn as it stands. */
  get turn(): PanelTurn {
    return this.#turn;
  }

  get typed(): TypedPrompt | undefined {
    return this.#input.typed;
  }

  /** As the settings named it. */
  get connection(): string {
    return this.#input.connection;
  }

  /** What goes out with the prompt; undefined while nobody has told. */
  get attachments(): SentAttachments | undefined {
    return this.#attachments;
  }

  /** The prompt with the texts that went before it, as the room has it. */
  get wholePrompt(): string {
    return joinBlocks(this.#attachments?.text, this.#turn.prompt);
  }

  /** Under which a spoken answer can be saved. */
  get audioName(): string | undefined {
    return this.#audioName;
  }

  /** Whether its end has not come yet. */
  get isRunning(): boolean {
    return runningStates.has(this.#turn.state);
  }

  /** It was read what goes out with the prompt. */
  attach(attachments: SentAttachments): TurnChange[] {
    this.#attachments = attachments;
    return this.patch({ attachments: namesOf(attachments) });
  }

  /** Its connection and its model are chosen. */
  aim(target: Pick<LiveTurnInput, 'connection' | 'model' | 'price'>): TurnChange[] {
    this.#input = { ...this.#input, ...target };
    this.#clock = this.#input.startClock?.();
    return target.model === undefined ? [] : this.patch({ model: cleanName(target.model, 200) });
  }

  /** Takes the next event of the reply. */
  show(event: ReplyEvent): TurnChange[] {
    switch (event.type) {
      case 'textDelta':
        this.#clock?.piece();
        this.#turn = { ...this.#turn, reply: this.#turn.reply + event.text };
        return [{ type: 'textDelta', text: event.text }];
      case 'reasoningDelta':
        this.#turn = { ...this.#turn, reasoning: this.#turn.reasoning + event.text };
        return [{ type: 'reasoningDelta', text: event.text }];
      case 'replacement':
        return this.patch({ reply: event.text });
      case 'notice':
        return this.notice(event.text);
      case 'progress':
        return this.#turn.reply === '' ? this.patch({ problem: plainText(event.text) }) : [];
      case 'state':
        return this.#enter(event);
      case 'alternative':
        return this.patch({ alternatives: [...this.#turn.alternatives, event.text] });
      case 'toolCall':
        return this.notice(this.#input.l10n.t('Tool used: {0}', cleanName(event.name, 200)));
      case 'usage':
        return this.patch({ usage: usageText(turnUsage(event.usage, this.#input.price), this.#input.l10n) });
      case 'finished':
        return this.#finish(event);
      case 'earlierReply':
      case 'alternatives':
      case 'audio':
        // The panel reads earlier replies from the room itself; the others change nothing that is shown.
        break;
    }
    return [];
  }

  /** A sentence above the reply; `text` is inert markdown. */
  notice(text: string): TurnChange[] {
    return this.patch({ notices: [...this.#turn.notices, plainText(text)] });
  }

  /** A spoken answer was stored under this name; undefined: it could not be. */
  keepAudio(name: string | undefined): void {
    this.#audioName = name;
    this.#isAudioLost = name === undefined;
  }

  /** The person stopped it. */
  stopped(): TurnChange[] {
    return this.#end({ state: 'stopped', problem: '', actions: [] });
  }

  /** It failed. One that is interrupted keeps that state. */
  failed({ message, action }: Pick<DescribedError, 'message' | 'action'>, more: readonly TurnAction[] = []) {
    const offered = action === undefined ? [] : [actionNames[action]];
    return this.#end({
      state: this.#turn.state === 'interrupted' ? 'interrupted' : 'failed',
      problem: plainText(message),
      actions: [...new Set([...offered, ...more, 'askAgain' as const])],
    });
  }

  /** Changes what is given. */
  patch(patch: TurnPatch): TurnChange[] {
    this.#turn = { ...this.#turn, ...patch };
    return [{ type: 'turnChanged', patch }];
  }

  #enter(event: StateEvent): TurnChange[] {
    switch (event.state) {
      case 'waiting': {
        const { connection, l10n, startClock } = this.#input;
        this.#clock = startClock?.();
        const problem = plainText(retryText(event.error, event.delay, connection, l10n));
        return this.patch({ state: 'waiting', problem, actions: ['tryNow'] });
      }
      case 'recovered':
        this.#isRecovered = true;
        break;
      case 'streaming':
      case 'recovering':
        return this.patch({ state: event.state, problem: '', actions: [] });
      case 'interrupted':
        return this.patch({ state: 'interrupted' });
      case 'stopped':
      case 'failed':
        // Told with the error.
        break;
    }
    return [];
  }

  #finish(event: FinishedEvent): TurnChange[] {
    const { connection, l10n } = this.#input;
    const buffered = this.#clock?.note(connection, l10n);
    const texts = endingTexts(
      event,
      {
        isRecovered: this.#isRecovered,
        hasAlternatives: this.#turn.alternatives.length > 0,
        isAudioLost: this.#isAudioLost,
        ...(buffered !== undefined && { buffered }),
      },
      l10n,
    );
    const actions: TurnAction[] = [
      ...(event.finishReason === 'length' ? ['continue' as const] : []),
      ...(this.#audioName === undefined ? [] : ['saveAudio' as const]),
      ...(buffered === undefined ? [] : ['wholeReplies' as const]),
    ];
    return this.#end({
      state: 'answered',
      problem: texts.map(plainText).join(' '),
      actions,
      ...(event.model !== undefined && { model: cleanName(event.model, 200) }),
    });
  }

  #end(patch: TurnPatch): TurnChange[] {
    return this.patch({ ...patch, canFork: true });
  }
}

function namesOf({ names }: SentAttachments): string[] {
  return names.map((name) => cleanName(name, 200));
}

const runningStates: ReadonlySet<PanelTurn['state']> = new Set([
  'sending',
  'waiting',
  'streaming',
  'recovering',
]);

/** The buttons of errors, as the page names them. */
const actionNames: Readonly<Record<NonNullable<DescribedError['action']>, TurnAction>> = {
  signIn: 'signIn',
  selectOperator: 'selectOperator',
  retry: 'askAgain',
  showLog: 'showLog',
  openSettings: 'openSettings',
  pickModel: 'selectModel',
  dropParameter: 'dropParameter',
};
