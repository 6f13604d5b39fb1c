import { largestFile, longestName, mostUris } from '../../shared/panelLimits.ts';
import type { FromWebview } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { fillText } from '../fillText.ts';
import type { Transferred, TransferredFile } from './transferred.ts';

/** Brings what was pasted or dropped to the host, one after the other. */
export interface Intake {
  readonly isReading: boolean;
  take(transferred: Transferred): void;
  /** Leaves what is still to be read, and says so: another conversation is open. */
  forget(): void;
}

/** Makes the intake; `onRead` is called when nothing is left to be read. */
export function createIntake(
  texts: PanelTexts,
  send: (message: FromWebview) => void,
  notify: (text: string) => void,
  onRead: () => void,
): Intake {
  let waiting: TransferredFile[] = [];
  let isReading = false;

  /** In one sentence: a notice takes the place of the one before. */
  function tell(sentence: string, files: readonly TransferredFile[]): void {
    if (files.length > 0) notify(fillText(sentence, files.map(({ name }) => name).join(', ')));
  }
  async function readAll(): Promise<void> {
    isReading = true;
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const { name } = next;
      const data = await readBase64(next.file);
      // Forgotten meanwhile.
      if (waiting[0] !== next) continue;
      waiting.shift();
      if (data === undefined) notify(fillText(texts.attachmentUnreadable, name));
      else {
        const mimeType = next.file?.type ?? '';
        // What a long name ends with says what it is.
        const shortName = name.slice(-longestName) || texts.attachments;
        send({
          type: 'attachData',
          name: shortName,
          mimeType: mimeType === '' ? 'application/octet-stream' : mimeType.slice(0, longestName),
          data,
        });
      }
    }
    isReading = false;
    onRead();
  }

  return {
    get isReading() {
      return isReading;
    },
    take({ uris, files }) {
      for (let at = 0; at < uris.length; at += mostUris) {
        send({ type: 'attachUris', uris: uris.slice(at, at + mostUris) });
      }
      tell(texts.attachmentTooLarge, files.filter(isTooLarge));
      waiting.push(...files.filter((file) => !isTooLarge(file)));
      if (waiting.length > 0 && !isReading) void readAll();
    },
    forget() {
      tell(texts.attachmentLeft, waiting);
      waiting = [];
    },
  };
}

function isTooLarge({ file }: TransferredFile): boolean {
  return file !== undefined && file.size > largestFile;
}

/** The bytes of a file as base64, read and coded by the browser; undefined if they cannot be read. */
async function readBase64(file: File | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('loadend', () => {
      const { result } = reader;
      // The address of an empty file has no comma in some browsers.
      if (typeof result === 'string') resolve(file.size === 0 ? '' : result.slice(result.indexOf(',') + 1));
      else resolve(undefined);
    });
    reader.readAsDataURL(file);
  });
}
