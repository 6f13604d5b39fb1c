import * as vscode from 'vscode';
import type { ContentPart } from '../../api/wireRequest.ts';
import type { Attachment } from '../../chat/attachments/attachment.ts';
import { attachmentBudget, type Outgoing, outgoing } from '../../chat/attachments/outgoing.ts';
import type { Platform } from '../platform.ts';
import type { InputRules } from './inputRules.ts';
import { readAttachment } from './readAttachment.ts';

/** What goes out with a prompt besides what the person typed. */
export interface SentAttachments {
  /** As the person knows them. */
  readonly names: readonly string[];
  /** As it goes before the prompt; empty if there is none. */
  readonly text: string;
  readonly media: readonly ContentPart[];
  /** A room has them. */
  readonly taken?: () => void;
  /** Nobody can ask with them any more; if no room has them, they are with the draft again. */
  readonly release?: () => void;
}

/** Attachments that cannot go out, so that nothing does; the message says why. */
export class UnsentAttachments extends Error {
  override readonly name = 'UnsentAttachments';
}

/** Where a prompt goes, as far as its attachments are fitted to it. */
interface OutgoingTarget {
  readonly rules: InputRules;
  /** Of what the request brings along or the server knows. */
  readonly tokens: number;
  readonly prompt: string;
}

/** Reads attachments as they would go out now. Never rejects. */
export async function readOutgoing(
  attachments: readonly Attachment[],
  { rules, tokens, prompt }: OutgoingTarget,
  platform: Platform,
): Promise<Outgoing> {
  const read = await Promise.all(
    attachments.map((attachment) => readAttachment(attachment, rules, platform)),
  );
  const budget = attachmentBudget(rules.limit, tokens, prompt);
  return outgoing(read, budget);
}

/** The same to be sent. Throws {@link UnsentAttachments}. */
export function toSend(
  attachments: readonly Attachment[],
  { text, media, problems }: Outgoing,
): SentAttachments {
  const [problem] = problems;
  if (problem) throw new UnsentAttachments(vscode.l10n.t('Nothing was sent. {0}', problem.problem));
  return { names: attachments.map(({ name }) => name), text, media };
}
