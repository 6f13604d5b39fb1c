import type { ConversationState, PanelTurn, PromptEdit, TurnPatch } from '../../shared/panelMessages.ts';
import { createDraftSaver } from '../draftSaver.ts';
import { oncePerFrameBetweenKeys } from '../frame.ts';
import { moveBetweenTurns } from './turnKeys.ts';
import { createTurnScroller } from './turnScroller.ts';
import type { TurnPlace } from './turnScroller.ts';
import { createTurnStore, isFinal } from './turnStore.ts';
import type { HeldTurn, TurnStore } from './turnStore.ts';
import type { TurnContext } from './turnContext.ts';
import { createTurnView } from './turnView.ts';
import type { TurnView } from './turnView.ts';

/** The host is asked for so many turns at once. */
const pageSize = 40;

/** The turns of the conversation, as far as they are near what is seen. */
export interface Transcript {
  readonly element: HTMLElement;
  readonly turns: Pick<TurnStore, 'get' | 'indexOf' | 'find' | 'count'>;
  readonly isRunning: boolean;
  readonly isAtEnd: boolean;
  readonly place: TurnPlace;
  /** Shows a conversation; `place` is where it was left, else its end shows. */
  open(conversation: ConversationState, isSame: boolean, place: TurnPlace | undefined): void;
  setCount(count: number): void;
  put(first: number, turns: readonly PanelTurn[]): void;
  /** Returns whether the turn is known. */
  change(id: string, patch: TurnPatch): boolean;
  push(id: string, part: 'reply' | 'reasoning', text: string): void;
  /** Saves at once what was typed into the prompt that is being edited. */
  flushEdit(): void;
  scrollToEnd(): void;
  /** The focus goes to the last turn, and its end shows. */
  focusEnd(): void;
  /** Shows the turn at its top, as soon as it is there. */
  show(index: number): void;
  revealRectangle(rectangle: DOMRect): void;
  row(index: number): TurnView | undefined;
  rows(): Iterable<TurnView>;
}

/** Makes the transcript; `onLayout` follows each change of what is in the page. */
export function createTranscript(
  context: Omit<TurnContext, 'edit' | 'changeEdit'>,
  onLayout: () => void,
): Transcript {
  const store = createTurnStore();
  const dirty = new Set<TurnView>();
  const unanswered = new Set<number>();
  let asked: number | undefined;
  let active: number | undefined;
  let edited: PromptEdit | undefined;

  const editSaver = createDraftSaver(() => {
    if (edited !== undefined) context.saveEdit(edited);
  });
  const turnContext: TurnContext = { ...context, edit, changeEdit };
  const scroller = createTurnScroller({
    makeRow(index, height) {
      const view = createTurnView(turnContext, index, height);
      const turn = store.get(index);
      if (turn !== undefined) showTurn(view, turn);
      view.setCount(store.count);
      return view;
    },
    pinnedRows() {
      const selection = document.getSelection();
      const nodes = [document.activeElement, selection?.anchorNode ?? null, selection?.focusNode ?? null];
      return [
        ...nodes.map((node) => scroller.indexOf(node)),
        edited === undefined ? undefined : store.indexOf(edited.turn),
      ];
    },
    onLayout() {
      store.trim(scroller.place.turn, (index) => scroller.row(index) !== undefined);
      askForMissing();
      setTabStop();
      onLayout();
    },
  });
  const { element: root } = scroller;
  root.setAttribute('role', 'log');
  // A log is live by itself: then each word of an answer would be read out.
  root.setAttribute('aria-live', 'off');
  root.setAttribute('aria-label', context.texts.conversation);

  const renderFrame = oncePerFrameBetweenKeys(() => {
    const rendered = [...dirty];
    dirty.clear();
    for (const view of rendered) view.render();
    scroller.layout(rendered);
  });

  function askForMissing(): void {
    if (asked !== undefined) return;
    const { first: top, last: bottom } = scroller.range;
    // What did not come is asked for again when a person comes back to it.
    for (const first of unanswered) if (first + pageSize <= top || first > bottom) unanswered.delete(first);
    for (let index = scroller.range.last; index >= scroller.range.first; index--) {
      const first = index - (index % pageSize);
      if (store.get(index) !== undefined || unanswered.has(first)) continue;
      asked = first;
      const count = Math.min(pageSize, store.count - first);
      context.send({ type: 'loadTurns', first, count });
      return;
    }
  }
  function heldOfPage(first: number): number {
    let held = 0;
    for (let index = first; index < first + pageSize; index++) if (store.get(index) !== undefined) held++;
    return held;
  }
  function setTabStop(): void {
    const stop = active !== undefined && scroller.row(active) !== undefined ? active : stopInSight();
    for (const row of scroller.rows()) row.setTabStop(row.index === stop);
  }
  function stopInSight(): number {
    return scroller.isAtEnd ? store.count - 1 : scroller.place.turn;
  }
  function refresh(indexes: Iterable<number>): void {
    const changed: TurnView[] = [];
    for (const index of indexes) {
      const [row, turn] = [scroller.row(index), store.get(index)];
      if (row === undefined || turn === undefined) continue;
      showTurn(row, turn);
      changed.push(row);
    }
    scroller.layout(changed);
  }
  function showTurn(row: TurnView, turn: HeldTurn): void {
    row.show(turn);
    // As it was left; or it is there already.
    if (edited?.turn === turn.id) row.setEditing(edited.text);
  }
  function changeEdit(text: string): void {
    if (edited === undefined) return;
    edited = { ...edited, text };
    editSaver.changed();
  }
  function closeEditor({ turn }: PromptEdit): void {
    edited = undefined;
    editSaver.drop();
    context.saveEdit({ turn, text: '' });
    const row = rowOf(turn);
    const hadFocus = row?.element.contains(document.activeElement) === true;
    row?.setEditing(undefined);
    if (hadFocus) row?.element.focus({ preventScroll: true });
  }
  function edit(id: string | undefined): void {
    if (edited !== undefined) closeEditor(edited);
    const index = id === undefined ? undefined : store.indexOf(id);
    const turn = index === undefined ? undefined : store.get(index);
    if (turn !== undefined) {
      edited = { turn: turn.id, text: turn.prompt };
      rowOf(turn.id)?.setEditing(turn.prompt);
      rowOf(turn.id)?.focusEditor();
    }
    scroller.layout([...scroller.rows()]);
    if (index !== undefined) scroller.reveal(index);
  }
  function rowOf(id: string): TurnView | undefined {
    const index = store.indexOf(id);
    return index === undefined ? undefined : scroller.row(index);
  }
  function focusTurn(index: number): void {
    active = index;
    scroller.reveal(index);
    scroller.row(index)?.element.focus({ preventScroll: true });
    setTabStop();
  }

  function focusEnd(): void {
    scroller.scrollToEnd();
    active = store.count - 1;
    scroller.row(active)?.element.focus({ preventScroll: true });
    setTabStop();
  }

  root.addEventListener('focusin', (event) => {
    const index = event.target instanceof Node ? scroller.indexOf(event.target) : undefined;
    if (index === undefined || index === active) return;
    active = index;
    setTabStop();
  });
  root.addEventListener('keydown', (event) => {
    const index = event.target instanceof Element ? scroller.indexOf(event.target) : undefined;
    if (index !== undefined)
      moveBetweenTurns(event, index, { count: store.count, window: root, focusTurn, focusEnd });
  });

  return {
    element: root,
    turns: store,
    get isRunning() {
      return store.runningIndex !== undefined;
    },
    get isAtEnd() {
      return scroller.isAtEnd;
    },
    get place() {
      return scroller.place;
    },
    open(conversation, isSame, place) {
      asked = undefined;
      unanswered.clear();
      if (!isSame) {
        edited = conversation.edit;
        active = undefined;
        dirty.clear();
        context.openPrompts.clear();
        context.openReasoning.clear();
        scroller.clear();
      }
      store.reset(conversation, isSame);
      scroller.setCount(store.count);
      if (place !== undefined && place.turn < store.count) scroller.scrollTo(place);
      for (const row of scroller.rows()) row.setCount(store.count);
      refresh([...scroller.rows()].map(({ index }) => index));
    },
    setCount(count) {
      store.setCount(count);
      scroller.setCount(count);
      for (const row of scroller.rows()) row.setCount(count);
      scroller.layout();
    },
    put(first, turns) {
      const before = asked === undefined ? 0 : heldOfPage(asked);
      store.put(first, turns);
      // An answer without anything new would be asked for again for ever.
      if (first === asked) {
        if (heldOfPage(asked) === before) unanswered.add(asked);
        asked = undefined;
      }
      scroller.setCount(store.count);
      refresh(turns.map((_, offset) => first + offset));
      for (const row of scroller.rows()) row.setCount(store.count);
    },
    change(id, patch) {
      const index = store.indexOf(id);
      if (index === undefined) return false;
      store.patch(index, patch);
      const row = scroller.row(index);
      if (row === undefined) return true;
      row.render();
      refresh([index]);
      return true;
    },
    push(id, part, text) {
      const index = store.indexOf(id);
      const turn = index === undefined ? undefined : store.get(index);
      if (index === undefined || turn === undefined || isFinal(turn.state)) return;
      turn[part] += text;
      const row = scroller.row(index);
      if (row === undefined) return;
      if (part === 'reply') row.pushReply(text);
      else row.pushReasoning(text);
      dirty.add(row);
      renderFrame();
    },
    flushEdit: () => editSaver.flush(),
    scrollToEnd: () => scroller.scrollToEnd(),
    show: (index) => scroller.scrollTo({ turn: index, offset: -8 }),
    revealRectangle: (rectangle) => scroller.revealRectangle(rectangle),
    row: (index) => scroller.row(index),
    rows: () => scroller.rows(),
    focusEnd,
  };
}
