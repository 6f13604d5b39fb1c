import { isObject, parseJson } from '../../api/json.ts';

/** Kinds whose text is kept as it was when it was attached. */
type QuotedKind = 'selection' | 'symbol' | 'problems' | 'changes' | 'terminal';
/** Kinds that go out as bytes. `document`: a PDF and the like. */
export type MediaKind = 'image' | 'audio' | 'document';

interface Described {
  readonly id: string;
  /** Relative path or label, as the model shall call it. */
  readonly name: string;
  /** The person wants likely secrets to go out as they are. */
  readonly sendsSecrets: boolean;
}

/** A file, which is read when the prompt goes out. */
export interface FileAttachment extends Described {
  readonly kind: 'file';
  readonly uri: string;
  /** Picked in a file dialog: it may lie anywhere. */
  readonly isByHand: boolean;
}

/** A text as it was when it was attached. */
interface QuotedAttachment extends Described {
  readonly kind: QuotedKind;
  readonly text: string;
  /** VS Code's language id, or what a code fence calls the text. */
  readonly language?: string;
  /** First line, counted from 1, if it is a part of a file. */
  readonly firstLine?: number;
  /** Where it is from. */
  readonly uri?: string;
}

/** An image, a sound or a document. */
export interface MediaAttachment extends Described {
  readonly kind: MediaKind;
  readonly mimeType: string;
  /** Base64. */
  readonly data: string;
  /** Where it is from; missing: pasted or dropped. */
  readonly uri?: string;
}

/** Something that goes out with a prompt; plain data, kept beside the draft. */
export type Attachment = FileAttachment | QuotedAttachment | MediaAttachment;

/** What a source makes, before the tray gives it an id. */
export type NewAttachment =
  | WithoutId<FileAttachment>
  | WithoutId<QuotedAttachment>
  | WithoutId<MediaAttachment>;

type WithoutId<T extends Attachment> = Omit<T, 'id' | 'sendsSecrets'>;

const quoted: readonly string[] = ['selection', 'symbol', 'problems', 'changes', 'terminal'];
const media: readonly string[] = ['image', 'audio', 'document'];

/** Whether it goes out as bytes. */
export function isMedia(attachment: Attachment): attachment is MediaAttachment {
  return media.includes(attachment.kind);
}

/** The kind of bytes of a MIME type. */
export function mediaKind(mimeType: string): MediaKind {
  if (mimeType.startsWith('image/')) return 'image';
  return mimeType.startsWith('audio/') ? 'audio' : 'document';
}

/** The attachments of a kept draft; what is no attachment is left out. */
export function parseAttachments(text: string): Attachment[] {
  const value = parseJson(text);
  return Array.isArray(value) ? value.filter(isAttachment) : [];
}

function isAttachment(value: unknown): value is Attachment {
  if (!isObject(value)) return false;
  const { kind, id, name, sendsSecrets, uri } = value;
  if (typeof kind !== 'string' || typeof id !== 'string' || typeof name !== 'string') return false;
  if (typeof sendsSecrets !== 'boolean' || !isTextOrMissing(uri)) return false;
  if (kind === 'file') return typeof uri === 'string' && typeof value['isByHand'] === 'boolean';
  if (quoted.includes(kind)) {
    const { text, language, firstLine } = value;
    const isLine = firstLine === undefined || typeof firstLine === 'number';
    return typeof text === 'string' && isTextOrMissing(language) && isLine;
  }
  return media.includes(kind) && typeof value['mimeType'] === 'string' && typeof value['data'] === 'string';
}

function isTextOrMissing(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
