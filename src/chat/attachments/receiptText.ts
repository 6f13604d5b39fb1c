import { isObject } from '../../api/json.ts';
import type { L10n } from '../l10n.ts';

/** One attachment of a receipt; all texts are ready to show. */
interface ReceiptAttachment {
  readonly name: string;
  readonly size: string;
  readonly cut?: string;
  readonly problem?: string;
  readonly secrets: number;
  readonly sendsSecrets: boolean;
}

/** What a receipt tells of the next request. */
export interface Receipt {
  readonly connection: string;
  /** Undefined: the server chooses. */
  readonly model: string | undefined;
  /** Undefined: a new one. */
  readonly room: string | undefined;
  readonly summary: string;
  readonly attachments: readonly ReceiptAttachment[];
  /** Where the request goes, without the path. */
  readonly server: string;
  /** As it goes out. */
  readonly body: string;
}

/** Fields of a body that are told elsewhere. */
const told: ReadonlySet<string> = new Set(['messages', 'model', 'stream', 'stream_options']);

/** What will be sent, for a person to read; the last line is the body of the request as it goes out. */
export function receiptText(receipt: Receipt, l10n: L10n): string {
  const { connection, model, room, summary, attachments, server, body } = receipt;
  const hasHidden = attachments.some(({ secrets, sendsSecrets }) => sendsSecrets && secrets > 0);
  const parameters = parametersOf(body);
  const isSent = attachments.every(({ problem }) => problem === undefined);
  return [
    l10n.t('What will be sent'),
    '',
    ...(isSent ? [] : [l10n.t('Nothing is sent while an attachment has a problem.'), '']),
    l10n.t('Connection: {0} ({1})', connection, server),
    l10n.t('Model: {0}', model ?? l10n.t('the server chooses')),
    l10n.t('Parameters: {0}', parameters === '' ? l10n.t('none') : parameters),
    l10n.t('Chatroom: {0}', room ?? l10n.t('a new one')),
    summary,
    '',
    attachments.length === 0 ? l10n.t('No attachments') : l10n.t('Attachments: {0}', attachments.length),
    ...attachments.map((attachment) => `- ${lineOf(attachment, l10n)}`),
    '',
    l10n.t('The body of the request ({0} bytes):', new TextEncoder().encode(body).length),
    ...(hasHidden
      ? [
          l10n.t(
            'The likely secrets that you send as they are are masked here; all else is byte for byte what goes out.',
          ),
        ]
      : [l10n.t('Byte for byte what goes out.')]),
    '',
    body,
    '',
  ].join('\n');
}

function lineOf({ name, size, cut, problem, secrets, sendsSecrets }: ReceiptAttachment, l10n: L10n): string {
  if (problem !== undefined) return `${name}: ${problem}`;
  const masked = sendsSecrets
    ? l10n.t('Likely secrets, sent as they are: {0}', secrets)
    : l10n.t('Likely secrets, masked: {0}', secrets);
  return [`${name}: ${size}`, ...(cut === undefined ? [] : [cut]), ...(secrets === 0 ? [] : [masked])].join(
    '; ',
  );
}

function parametersOf(body: string): string {
  const value: unknown = JSON.parse(body);
  if (!isObject(value)) return '';
  return Object.entries(value)
    .filter(([name]) => !told.has(name))
    .map(([name, set]) => `${name} ${JSON.stringify(set)}`)
    .join(', ');
}
