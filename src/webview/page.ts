import type {
  ConversationHeader,
  ConversationState,
  FromWebview,
  PanelTurn,
  ToWebview,
} from '../shared/panelMessages.ts';
import { createAnnouncements } from './announcements.ts';
import { createAnnouncer } from './announcer.ts';
import { createComposer } from './composer/composer.ts';
import { createDeletedRooms } from './deletedRooms.ts';
import { iconButton } from './element.ts';
import { createEmptyState } from './emptyState.ts';
import { createFindBar } from './find/findBar.ts';
import { createHeader } from './header.ts';
import type { HostConnection } from './hostConnection.ts';
import { createListPane } from './listPane.ts';
import { roomActions } from './roomActions.ts';
import { isSameConversation } from './sameConversation.ts';
import { listenToPageEvents } from './pageEvents.ts';
import { listenToPageKeys } from './pageKeys.ts';
import { layOutPage } from './pageLayout.ts';
import { rememberPlace, rememberRoom } from './placeMemory.ts';
import { createProblemBar } from './problemBar.ts';
import { createRoomList } from './rooms/roomList.ts';
import { createTranscript } from './transcript/transcript.ts';

type Start = Extract<ToWebview, { type: 'start' }>;

/** Builds the page into the document, and returns what takes the messages of the host. */
export function createPage(host: HostConnection, start: Start): (message: ToWebview) => void {
  const { texts, locale } = start;
  const send = (message: FromWebview): void => host.send(message);
  const announcer = createAnnouncer();
  const { say } = announcer;
  const announcements = createAnnouncements(texts, say);
  const showDeleted = createDeletedRooms(texts, announcer, send);
  let shown: ConversationHeader | undefined;
  /** The prompt that went out, until its turn is there. */
  let awaited: string | undefined;
  /** The person asked for another conversation. */
  let isLeaving = false;

  const savePlace = rememberPlace(host, () => {
    const room = shown?.room;
    if (shown === undefined || transcript.isAtEnd) return undefined;
    return { ...transcript.place, ...(room !== undefined && { room }) };
  });
  const copy = (text: string): void => {
    send({ type: 'copyText', text });
    announcer.notify(texts.copied);
  };
  const transcript = createTranscript(
    {
      texts,
      locale,
      send,
      notify: (text) => announcer.notify(text),
      copy,
      reply: {
        onLink: (href) => send({ type: 'openLink', href }),
        onCopyCode: copy,
        onUseCode: (use) => send({ type: 'useCode', ...use }),
        texts,
      },
      saveEdit: (edit) =>
        send({ type: 'changeEdit', ...(shown?.room !== undefined && { room: shown.room }), ...edit }),
      openPrompts: new Set(),
      openReasoning: new Set(),
    },
    () => {
      toEnd.hidden = transcript.isAtEnd || transcript.turns.count === 0;
      findBar.mark();
      savePlace();
    },
  );
  const composer = createComposer({ texts, locale, send, announcer }, (text) => {
    awaited = text;
    transcript.scrollToEnd();
  });
  const problem = createProblemBar(texts, send, say);
  const empty = createEmptyState(texts, (text) => composer.compose(text));
  const findBar = createFindBar({
    texts,
    send,
    say,
    transcript: () => transcript,
    onOpen: () => pane.closeIfCovering(),
    onClose: () => composer.focus(),
  });
  // The button goes away under the focus.
  const toEnd = iconButton('arrow-down', texts.scrollToEnd, () => transcript.focusEnd());
  const rooms = createRoomList({
    texts,
    locale,
    send,
    onPick(room) {
      if (room !== shown?.room || isLeaving) leaveFor({ type: 'openRoom', room });
      pane.closeIfCovering();
      composer.focus();
    },
  });
  const header = createHeader({
    texts,
    onToggleList: () => pane.toggle(),
    onNewChat() {
      leaveFor({ type: 'newChat' });
      pane.closeIfCovering();
      composer.focus();
    },
    menuItems() {
      const room = shown?.room;
      const isPinned = rooms.room(room)?.isPinned ?? false;
      const hasTurns = transcript.turns.count > 0;
      return roomActions({ room, isPinned, hasTurns, start, send, findBar, onRename: renameShown });
    },
  });
  const parts = { header, rooms, transcript, empty, findBar, toEnd, problem, composer, announcer };
  const { view, main } = layOutPage(parts, locale);
  const pane = createListPane({ host, header, rooms, main, onClose: () => header.focusToggle() });
  document.body.dataset['place'] = start.isEditor ? 'editor' : 'view';
  listenToPageKeys({
    findBar,
    isRunning: () => transcript.isRunning,
    canFind: () => transcript.turns.count > 0,
    stop: () => send({ type: 'stopReply' }),
  });
  listenToPageEvents({
    save() {
      composer.flushDraft();
      transcript.flushEdit();
    },
    onFocus: (hasFocus) => send({ type: 'focusChanged', hasFocus }),
    // Under the list of a narrow page nothing takes the focus.
    focus: () => (main.inert ? rooms.focusSearch() : composer.focus()),
  });

  function renameShown(): void {
    // Another one may be shown when the name is there.
    const room = shown?.room;
    if (room !== undefined) header.rename((name) => send({ type: 'renameRoom', room, name }));
  }
  function drawState(): void {
    if (shown === undefined) return;
    rememberRoom(host, shown.room);
    header.show(shown.name, [shown.details, shown.usage].filter((part) => part !== '').join(' · '));
    composer.show(shown.model, shown.parameters, transcript.isRunning);
    problem.show(shown.problem, shown.problemActions);
    rooms.setShownRoom(shown.room);
    transcript.element.ariaBusy = String(shown.isLoading);
    view.classList.toggle('is-loading', shown.isLoading);
    empty.hidden = shown.isLoading || shown.count > 0 || shown.room !== undefined;
  }
  function leaveFor(message: Extract<FromWebview, { type: 'openRoom' | 'newChat' }>): void {
    awaited = undefined;
    // A new chat instead of a new chat keeps what is typed.
    if (message.type === 'openRoom' || shown?.room !== undefined) {
      isLeaving = true;
      composer.leave();
    }
    send(message);
  }
  function stay(): void {
    isLeaving = false;
    composer.stay();
  }
  function isAwaited(turns: readonly PanelTurn[]): boolean {
    return awaited !== undefined && turns.at(-1)?.prompt === awaited;
  }
  function open(conversation: ConversationState): void {
    const { turns, first: _first, draft, edit: _edit, ...rest } = conversation;
    const isFirst = shown === undefined;
    const isSame =
      !isFirst && isSameConversation(conversation, shown?.room, transcript.turns, isAwaited(turns));
    const { place } = host.readState();
    const shownRoom = shown?.room;
    transcript.flushEdit();
    shown = rest;
    // What is typed after a prompt belongs to where that prompt went.
    const isAdopted = isSame || isAwaited(turns) || (!isFirst && shownRoom === rest.room);
    if (!isAdopted || isAwaited(turns)) awaited = undefined;
    if (isAdopted) composer.adopt(rest.room);
    else composer.open(rest.room, draft);
    stay();
    if (!isSame) findBar.close();
    const hadFocus = transcript.element.contains(document.activeElement);
    transcript.open(conversation, isSame, isFirst && place?.room === rest.room ? place : undefined);
    // A fork begins under the button that made it.
    if (hadFocus && !isSame) composer.focus();
    for (const turn of turns) announcements.follow(turn);
    drawState();
  }
  function follow(turn: PanelTurn | undefined): void {
    if (turn !== undefined) announcements.follow(turn);
    composer.setRunning(transcript.isRunning);
  }
  function addTurn(index: number, turn: PanelTurn): void {
    transcript.put(index, [turn]);
    if (isAwaited([turn])) awaited = undefined;
    if (shown !== undefined) shown = { ...shown, count: transcript.turns.count };
    follow(turn);
    drawState();
  }
  function changeHeader(change: Extract<ToWebview, { type: 'header' }>['header']): void {
    if (shown === undefined) return;
    shown = { ...shown, ...change };
    if (change.room !== undefined) composer.adopt(change.room);
    if (change.count !== undefined) transcript.setCount(change.count);
    drawState();
  }
  return (message) => {
    switch (message.type) {
      case 'start':
        return;
      case 'rooms':
        rooms.show(message.list);
        showDeleted(message.list);
        return;
      case 'conversation':
        open(message.conversation);
        return;
      case 'turns':
        transcript.put(message.first, message.turns);
        return;
      case 'header':
        changeHeader(message.header);
        return;
      case 'turnAdded':
        addTurn(message.index, message.turn);
        return;
      case 'textDelta':
      case 'reasoningDelta':
        announcements.begin(message.turn);
        transcript.push(message.turn, message.type === 'textDelta' ? 'reply' : 'reasoning', message.text);
        return;
      case 'turnChanged':
        if (transcript.change(message.turn, message.patch)) follow(transcript.turns.find(message.turn));
        return;
      case 'found':
        findBar.showResults(message.query, message.results, message.isCut);
        return;
      case 'context':
      case 'completions':
      case 'history':
      case 'compose':
      case 'askReceipt':
        composer.receive(message);
        return;
      case 'openFind':
        findBar.openFor(message.text);
        return;
      case 'focus':
        pane.closeIfCovering();
        composer.focus();
        return;
      case 'notice':
        announcer.notify(message.text);
        // Of what could not be opened as well.
        stay();
        return;
    }
  };
}
