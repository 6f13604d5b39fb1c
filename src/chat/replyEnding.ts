import type { L10n } from './l10n.ts';
import type { FinishedEvent } from './replyEvents.ts';

/** What a door knows of an answer beside its last event. */
export interface SeenReply {
  /** The connection died, and the chatroom had the answer. */
  readonly isRecovered: boolean;
  readonly hasAlternatives: boolean;
  /** It came all at once, and why; inert markdown. */
  readonly buffered?: string;
  /** It was spoken, and could not be stored. */
  readonly isAudioLost: boolean;
}

/** What a person should know of how an answer ended, as sentences of inert markdown. */
export function endingTexts(
  { finishReason, isRefusal, isCut }: FinishedEvent,
  { isRecovered, hasAlternatives, buffered, isAudioLost }: SeenReply,
  l10n: L10n,
): string[] {
  const texts: Readonly<Record<string, string>> = {
    length: l10n.t('The answer reached the model’s length limit.'),
    content_filter: l10n.t('The provider’s content filter ended the answer.'),
  };
  const reason = finishReason === undefined ? undefined : texts[finishReason];
  const all = [
    isRecovered && l10n.t('The connection was lost; the answer was read from the chatroom.'),
    hasAlternatives && l10n.t('The conversation goes on with alternative 1.'),
    isRefusal && l10n.t('The model refused to answer this prompt.'),
    reason,
    isCut && l10n.t('The answer may be incomplete: its end did not come.'),
    buffered,
    isAudioLost && l10n.t('The spoken answer could not be stored on this machine.'),
  ];
  return all.filter((text) => typeof text === 'string');
}
