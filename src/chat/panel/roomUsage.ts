import type { Price } from '../../api/connection.ts';
import type { L10n } from '../l10n.ts';
import type { TurnRecord } from '../turns.ts';
import { conversationUsageText, turnUsage } from '../usageText.ts';

/** What is known of a room's answers. */
export interface RoomUsage {
  /** Of the turns that are over. */
  readonly records: readonly TurnRecord[];
  /** The room holds turns that none of them tells of. */
  readonly hasOthers: boolean;
  readonly priceOf: (model: string) => Price | undefined;
}

/** Tokens and cost of a whole room; empty while no answer told any. */
export function roomUsageText({ records, hasOthers, priceOf }: RoomUsage, l10n: L10n): string {
  const turns = records
    // The server did not take it.
    .filter(({ outcome }) => outcome !== 'refused')
    .map(({ usage, model }) => usage && turnUsage(usage, model === undefined ? undefined : priceOf(model)));
  if (turns.every((turn) => turn === undefined)) return '';
  return conversationUsageText(hasOthers ? [...turns, undefined] : turns, l10n);
}
