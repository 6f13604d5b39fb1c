import * as vscode from 'vscode';
import type { SlashCommand } from '../../chat/panel/slashCommand.ts';
import { roomLabel } from '../../chat/roomChoices.ts';
import { isLocalRoomId } from '../../chat/localRoomNames.ts';
import type { SlashCommandName } from '../../shared/contributions.ts';
import { exportChat, exportPicked } from '../rooms/exportChat.ts';
import { searchChats } from '../rooms/openRoom.ts';
import { askRoomName } from '../rooms/roomChanges.ts';
import { showHelp } from './helpDocument.ts';
import type { PanelActions } from './panelActions.ts';
import type { PanelPage } from './panelPage.ts';
import type { PanelState } from './panelState.ts';
import { pinRoom, renameRoom } from './roomEdits.ts';
import { placeOf } from './roomPlaces.ts';
import { roomServicesOf } from './roomServices.ts';

/** What commands of VS Code do in the page in front. */
export type PanelCommand =
  | 'find'
  | 'rename'
  | 'pin'
  | 'fork'
  | 'delete'
  | 'export'
  | 'attach'
  | 'receipt'
  | 'model'
  | 'parameters';

/** Carries out what commands, menus, keys and prompts that begin with `/` ask of a page. */
export class PanelCommands {
  readonly #state: PanelState;
  readonly #actions: PanelActions;

  constructor(state: PanelState, actions: PanelActions) {
    this.#state = state;
    this.#actions = actions;
  }

  /** Carries out a command in a page. */
  async run(page: PanelPage, command: PanelCommand): Promise<void> {
    const { conversation } = page;
    switch (command) {
      case 'find':
        page.tell({ type: 'openFind', text: '' });
        return;
      case 'fork':
        return this.#actions.fork(page, conversation, undefined);
      case 'export':
        return this.#export(conversation.key);
      case 'attach':
        page.receive({ type: 'pickAttachment' });
        return;
      case 'receipt':
        page.tell({ type: 'askReceipt' });
        return;
      case 'model':
        page.receive({ type: 'pickModel' });
        return;
      case 'parameters':
        page.receive({ type: 'setParameters' });
        return;
      case 'rename':
      case 'pin':
      case 'delete':
        if (conversation.key === undefined) page.notice(vscode.l10n.t('The panel shows no chatroom yet.'));
        else await this.#change(page, conversation.key, command);
    }
  }

  /** Carries out a prompt that is a command; what cannot be used of its text goes back into the composer. */
  async runSlash(page: PanelPage, { name, text }: SlashCommand<SlashCommandName>): Promise<void> {
    const { conversation } = page;
    await this.#state.panel.drafts.write(conversation.draftKey, '').catch(() => undefined);
    if (text !== '' && name !== 'new' && name !== 'find') page.compose(text);
    switch (name) {
      case 'new':
        return this.#begin(page, text);
      case 'room':
        return searchChats(roomServicesOf(this.#state), async (room) => {
          await this.#actions.run(page, page.conversation, { type: 'openRoom', room });
        });
      case 'find':
        page.tell({ type: 'openFind', text });
        return;
      case 'help':
        return showHelp();
      case 'model':
      case 'parameters':
      case 'export':
        return this.run(page, name);
    }
  }

  async #begin(page: PanelPage, text: string): Promise<void> {
    const { conversation } = page;
    await this.#actions.run(page, conversation, { type: 'newChat' });
    if (text === '') {
      page.focus();
      return;
    }
    // With what is attached where it was typed.
    await this.#actions.submit(page, page.conversation, text, conversation);
  }

  async #change(page: PanelPage, key: string, change: 'rename' | 'pin' | 'delete'): Promise<void> {
    const { roomNames, pins, deletes } = this.#state;
    const known = roomNames.get(key);
    if (change === 'delete') {
      deletes.add(key);
    } else if (change === 'pin') {
      await pinRoom(key, !pins.has(key), known, this.#state);
      page.notice(pins.has(key) ? vscode.l10n.t('Pinned.') : vscode.l10n.t('No longer pinned.'));
    } else {
      const name = await askRoomName(known ? roomLabel(known.room, '') : '');
      if (name !== undefined) await renameRoom(key, name, this.#state);
    }
  }

  async #export(key: string | undefined): Promise<void> {
    const services = roomServicesOf(this.#state);
    const place = key === undefined ? undefined : placeOf(key, this.#state.panel);
    if (!place) return exportChat(services);
    const { connection, room: id, chatrooms } = place;
    const known = await this.#state.roomNames.find(place).catch(() => undefined);
    const isLocal = isLocalRoomId(id);
    const room = known?.room ?? { id, name: '', metadata: {} };
    await exportPicked(
      { choice: { connection: connection.name, room, isLocal }, source: { connection, chatrooms, isLocal } },
      services,
    );
  }
}
