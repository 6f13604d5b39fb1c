import type { ContentPart } from '../../api/wireRequest.ts';
import { attachmentText, type TextAttachment } from '../attachmentText.ts';
import { estimateTokens } from '../tokenEstimate.ts';
import { fitAttachments } from './fitAttachments.ts';
import { findSecrets } from './findSecrets.ts';
import { maskSecrets } from './maskSecrets.ts';

interface Read {
  readonly id: string;
}

/** A text that was read. */
export interface ReadText extends Read, TextAttachment {
  readonly sendsSecrets: boolean;
}

/** Bytes that were read, as the part that holds them. */
interface ReadMedia extends Read {
  readonly part: ContentPart;
}

/** Something that cannot go out. */
interface Unread extends Read {
  /** Why, in one sentence. */
  readonly problem: string;
}

/** An attachment as it was read for a prompt. */
export type ReadAttachment = ReadText | ReadMedia | Unread;

/** What of a text goes out. */
interface OutgoingText {
  readonly id: string;
  readonly tokens: number;
  readonly linesLeftOut: number;
  /** Likely secrets in the whole text. */
  readonly secrets: number;
}

/** Attachments as they go out with a prompt. */
export interface Outgoing {
  /** Of all texts, as it goes before the prompt; may be empty. */
  readonly text: string;
  /** The same without any likely secret. */
  readonly shownText: string;
  readonly media: readonly ContentPart[];
  readonly texts: readonly OutgoingText[];
  /** Estimated, of all of it. */
  readonly tokens: number;
  /** Why nothing must go out yet. */
  readonly problems: readonly Unread[];
}

/** Heading and fence of one attachment, in tokens. */
const frameTokens = 24;
/** What an image or a sound may take, in tokens; models count in ways of their own. */
const mediaTokens = 1000;

/** Masks the likely secrets of texts and fits these into a number of tokens; without one they go whole. */
export function outgoing(read: readonly ReadAttachment[], budgetTokens: number | undefined): Outgoing {
  const texts = read.filter((each) => 'text' in each);
  const media = read.filter((each) => 'part' in each);
  const secrets = texts.map(({ text }) => findSecrets(text));
  const masked = texts.map(({ text, sendsSecrets }, i) =>
    sendsSecrets ? text : maskSecrets(text, secrets[i]),
  );
  const taken = texts.length * frameTokens + media.length * mediaTokens;
  const fitted = fitAttachments(masked, (budgetTokens ?? Infinity) - taken);
  const sent = texts.map((each, i) => ({ ...each, text: fitted[i]?.text ?? '' }));
  const shown = sent.map((each, i) =>
    each.sendsSecrets
      ? { ...each, text: maskedCut(each.text, texts[i]?.text ?? '', secrets[i] ?? []) }
      : each,
  );
  return {
    text: attachmentText(sent),
    shownText: attachmentText(shown),
    media: media.map(({ part }) => part),
    texts: texts.map(({ id }, i) => ({
      id,
      tokens: fitted[i]?.tokens ?? 0,
      linesLeftOut: fitted[i]?.leftOut ?? 0,
      secrets: secrets[i]?.length ?? 0,
    })),
    tokens: taken + fitted.reduce((sum, { tokens }) => sum + tokens, 0),
    problems: read.filter((each) => 'problem' in each),
  };
}

/** What the attachments of a prompt may take of a model's input limit, in tokens; undefined: nobody tells a limit. */
export function attachmentBudget(
  limit: number | undefined,
  conversationTokens: number,
  ...texts: readonly string[]
): number | undefined {
  if (limit === undefined) return undefined;
  const own = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  return Math.max(0, limit - conversationTokens - own);
}

/** The beginning of a text, masked by the secrets of the whole: cut within one, nothing tells that it was a secret. */
function maskedCut(cut: string, whole: string, secrets: ReturnType<typeof findSecrets>): string {
  let kept = 0;
  while (kept < cut.length && cut[kept] === whole[kept]) kept += 1;
  const inCut = secrets.filter(({ start }) => start < kept);
  return maskSecrets(
    cut,
    inCut.map((secret) => ({ ...secret, end: Math.min(secret.end, kept) })),
  );
}
