const codeUris = 'application/vnd.code.uri-list';
const uriList = 'text/uri-list';

/** A file to be read; no file: it is a folder, or something else that holds no bytes. */
export interface TransferredFile {
  readonly name: string;
  readonly file?: File;
}

/** What can be attached of what was pasted or dropped. */
export interface Transferred {
  /** Of VS Code's explorer and tabs, or of a program that names files. */
  readonly uris: readonly string[];
  readonly files: readonly TransferredFile[];
}

/** Whether something that is dragged over the page may be attached; what it is shows only when it is dropped. */
export function canTransfer(data: DataTransfer): boolean {
  return ['Files', codeUris, uriList].some((type) => data.types.includes(type));
}

/** Reads a drop or a paste, which the browser empties after the event. */
export function readTransfer(data: DataTransfer): Transferred {
  const ofCode = urisOf(data.getData(codeUris));
  if (ofCode.length > 0) return { uris: ofCode, files: [] };
  const files = [...data.items].filter(({ kind }) => kind === 'file').map(readItem);
  return { uris: files.length > 0 ? [] : urisOf(data.getData(uriList)), files };
}

/** Whether a paste is text: office programs add a picture of it, file managers the names of the files. */
export function isTextPaste(data: DataTransfer): boolean {
  const text = data.getData('text/plain');
  const files = [...data.files];
  return text !== '' && !(files.length > 0 && files.every(({ name }) => text.includes(name)));
}

function readItem(item: DataTransferItem): TransferredFile {
  const entry = item.webkitGetAsEntry();
  const file = item.getAsFile();
  const name = entry?.name ?? file?.name ?? '';
  return file === null || entry?.isDirectory === true ? { name } : { name: file.name, file };
}

/** The addresses of files: a link of a web page is text. */
function urisOf(list: string): string[] {
  return list.split(/\r?\n/).filter((uri) => /^[a-z][\w+.-]*:/i.test(uri) && !/^(https?|data):/i.test(uri));
}
