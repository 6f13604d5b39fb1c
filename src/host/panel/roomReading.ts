import { isAbort } from '../../chat/turnOutcome.ts';
import type { PanelServices } from './panelServices.ts';
import { roomProblem } from './roomPlaces.ts';
import type { RoomView } from './roomView.ts';

/** Whose room is read. */
export interface ReadConversation {
  view(): RoomView | undefined;
  readonly signal: AbortSignal;
  /** The header, or everything, is to be told anew. */
  onChange(what: 'header' | 'all'): void;
}

/** Reads the room of a conversation: one read after the other. */
export class RoomReading {
  readonly #services: PanelServices;
  readonly #of: ReadConversation;
  /** Why the room cannot be read, in one sentence. */
  problem: string | undefined;
  #isLoading = false;
  #last = Promise.resolve();
  /** A read that has not begun. */
  #queued: Promise<void> | undefined;
  /** Ends the look for turns whose end nobody has seen, while there is one. */
  #settling: AbortController | undefined;

  constructor(services: PanelServices, of: ReadConversation) {
    this.#services = services;
    this.#of = of;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Reads the room, or what is new of it. Never rejects. */
  refresh(): Promise<void> {
    if (this.#queued) return this.#queued;
    if (this.#of.view()?.count === 0) this.#isLoading = true;
    this.#queued = this.inTurn(() => {
      this.#queued = undefined;
      return this.#read();
    });
    return this.#queued;
  }

  /** Reads after what is being read; `work` never rejects. */
  inTurn(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work);
    return this.#last;
  }

  /** Gives an answer up that may still come into the room. Returns whether one was looked for. */
  stopLooking(): boolean {
    this.#settling?.abort();
    return this.#settling !== undefined;
  }

  async #read(): Promise<void> {
    const view = this.#of.view();
    const { signal } = this.#of;
    if (!view || signal.aborted) return;
    this.#isLoading = true;
    try {
      // Turns that another window answers are not looked up.
      view.isElsewhere = await this.#services.signals.isRunning(view.key).catch(() => view.isElsewhere);
      await view.refresh(signal);
      this.problem = undefined;
      if (!view.isWhole) {
        this.#of.onChange('all');
        await view.complete(signal);
      }
      this.#isLoading = false;
      this.#of.onChange('all');
      void this.#settle(view);
    } catch (error) {
      if (isAbort(error)) return;
      this.#isLoading = false;
      this.#fail(error, view);
      this.problem = roomProblem(error, view.place, view.count > 0);
      this.#of.onChange('header');
    }
  }

  /** Takes its time: what is new in the room is read meanwhile. */
  async #settle(view: RoomView): Promise<void> {
    if (this.#settling) return;
    const settling = new AbortController();
    this.#settling = settling;
    try {
      if (!(await view.settle(AbortSignal.any([this.#of.signal, settling.signal])))) return;
    } catch (error) {
      if (!isAbort(error)) this.#fail(error, view);
    } finally {
      this.#settling = undefined;
    }
    await this.inTurn(() => this.#readOnce(view));
  }

  /** Reads what is new, and leaves it at that. */
  async #readOnce(view: RoomView): Promise<void> {
    try {
      await view.refresh(this.#of.signal);
      this.#of.onChange('all');
    } catch (error) {
      if (!isAbort(error)) this.#fail(error, view);
    }
  }

  #fail(error: unknown, { place }: RoomView): void {
    this.#services.log.failure('Chatroom not read', error, { connection: place.connection.name });
  }
}
