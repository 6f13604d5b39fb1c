import * as vscode from 'vscode';
import { hashOfRoom } from '../../chat/panel/roomSignals.ts';
import type { Conversation } from './conversation.ts';
import type { PanelPage } from './panelPage.ts';
import type { PanelState } from './panelState.ts';

/** How often is looked what other windows have told, in milliseconds. */
const interval = 2000;

/** Keeps the pages in step with this window's own turns and changes, with other windows and with other programs. */
export function watchRooms(state: PanelState, pages: () => readonly PanelPage[]): vscode.Disposable {
  const { panel, news, deletes, conversations, roomNames } = state;
  const listsChanged = (isToRead: boolean) => {
    for (const page of pages()) page.roomsChanged(isToRead);
  };
  const headersChanged = () => {
    for (const page of pages()) void page.headerChanged();
  };

  /** Nobody asks a server for what is hidden: a page that comes back reads its room. */
  const refresh = (conversation: Conversation) => {
    const isSeen = pages().some((page) => page.isReady && page.conversation === conversation);
    if (isSeen) void conversation.refresh();
  };

  const look = async () => {
    if (!pages().some(({ isReady }) => isReady)) return;
    const heard = await panel.signals.look();
    for (const conversation of conversations.all()) {
      const { view } = conversation;
      if (!view) continue;
      const hash = await hashOfRoom(view.key);
      const isRunning = heard.isRunning(hash);
      const isNew = heard.isNew(hash) || view.isElsewhere !== isRunning;
      view.isElsewhere = isRunning;
      if (!isNew) continue;
      if (heard.hasNews) roomNames.forget(view.key);
      refresh(conversation);
    }
    if (heard.hasNews) listsChanged(true);
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => {
      panel.log.failure('Signals of other windows not read', error);
    });
  }, interval);

  const subscriptions = [
    news.onDidChange((key) => {
      roomNames.forget(key);
      for (const conversation of conversations.all()) {
        if (conversation.key === key) refresh(conversation);
      }
      listsChanged(true);
    }),
    deletes.onDidChange(({ problem }) => {
      listsChanged(false);
      if (problem !== undefined) for (const page of pages()) page.notice(problem);
    }),
    panel.live.onEvent(({ type }) => {
      if (type !== 'changed') listsChanged(true);
    }),
    panel.connections.onDidChange(() => {
      for (const conversation of conversations.all()) {
        if (conversation.connectionsChanged()) refresh(conversation);
      }
      headersChanged();
      listsChanged(true);
    }),
    panel.models.onDidChange(headersChanged),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      // Other programs tell nothing: people look again when they come back.
      if (!focused || !pages().some(({ isReady }) => isReady)) return;
      listsChanged(true);
      for (const conversation of conversations.all()) refresh(conversation);
    }),
  ];
  return new vscode.Disposable(() => {
    clearInterval(timer);
    for (const subscription of subscriptions) subscription.dispose();
  });
}
