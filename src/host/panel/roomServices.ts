import type { RoomServices } from '../rooms/roomServices.ts';
import type { PanelState } from './panelState.ts';
import { roomChoices } from './roomChoices.ts';

/** What the lists of chatrooms and the export work with, from what the panel has. */
export function roomServicesOf({ panel, pins, news }: PanelState): RoomServices {
  return { ...panel, pins, news, choices: roomChoices(panel.globalState) };
}
