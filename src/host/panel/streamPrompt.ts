import * as vscode from 'vscode';
import { ask } from '../../chat/ask.ts';
import { endpointId } from '../../chat/endpointId.ts';
import { withLoadingNotice } from '../../chat/loadingModel.ts';
import { roomReference } from '../../chat/openedRoom.ts';
import { dropOutgoing } from '../../chat/panel/outgoingDrafts.ts';
import type { RunningLiveTurn } from '../rooms/liveTurns.ts';
import { newRoom } from '../rooms/newRoom.ts';
import { tappedEndpoint } from '../sent/tappedEndpoint.ts';
import type { Conversation } from './conversation.ts';
import type { PanelServices } from './panelServices.ts';
import { type PlacedPrompt, promptOf } from './placedPrompt.ts';
import { keepParameters, roomParameters } from './roomParameters.ts';

/** Sends a placed prompt and shows its answer in the turn. Rejects with what `ask` throws. */
export async function streamPrompt(
  to: Conversation,
  turn: RunningLiveTurn,
  placed: PlacedPrompt,
  services: PanelServices,
  signal: AbortSignal,
): Promise<void> {
  const { journal, carriedTranscripts, workspaceState, running, audio, drafts, log, globalState, sent } =
    services;
  const { target, placement, prompt, typed, attachments, draftKey, door } = placed;
  const { connection } = target;
  const { id } = turn.live.turn;
  const surface = door?.surface ?? 'panel';
  const made = await newRoom(door?.title ?? typed.title, surface, connection, workspaceState, vscode.l10n);
  const endpoint = tappedEndpoint(services.rooms(connection), (request) => {
    turn.tell(turn.live.patch({ hasRequest: true }));
    void sent.keep(id, { connection: connection.name, prompt }, request);
  });
  const events = ask({
    endpoint,
    endpointId: await endpointId(connection),
    placement,
    journal,
    carriedTranscripts,
    ...promptOf(placed),
    newRoom: door?.roomName === undefined ? made : { ...made, name: door.roomName },
    l10n: vscode.l10n,
    signal,
    surface,
    conversation: placement.conversation ?? crypto.randomUUID(),
    turn: id,
    onBinding: (binding) => {
      const key = roomReference(binding);
      // The first prompt made the room, or another one in place of a room that is gone.
      if (key !== to.key) void keepParameters(key, roomParameters(to, globalState), globalState);
      turn.bind(binding);
      attachments.taken?.();
      // From here on the room shows it, also after a reload.
      if (!door)
        dropOutgoing(drafts, draftKey, typed.text).catch((error: unknown) => {
          log.failure('Draft not removed', error);
        });
    },
    onJournalError: (error) => log.failure('Journal not written or read', error),
  });
  for await (const event of withLoadingNotice(events, connection, vscode.l10n)) {
    if (event.type === 'audio') turn.live.keepAudio(await audio.keep(id, event.format, event.data));
    if (event.type === 'state' && event.state === 'waiting') running.waiting(id, event.tryNow);
    turn.tell(turn.live.show(event));
    door?.show(event);
  }
}
