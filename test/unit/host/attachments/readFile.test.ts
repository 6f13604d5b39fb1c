import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Range, Uri } from 'vscode';
import { standInForVscode, uriOf } from '../vscodeFiles.ts';
import { parts, workspace } from '../vscodeParts.ts';

standInForVscode();
const { readFile } = await import('../../../../src/host/attachments/readFile.ts');

const platform = {
  environmentVariable: () => undefined,
  restrictToOwner: () => Promise.resolve(),
  realPath: ({ fsPath }: Uri) => realpath(fsPath),
};
const reading = { label: 'it', isByHand: true };

/** An editor shows another text than the file has, or a part of it. */
function show(text: string, part = text): void {
  parts.workspace.openTextDocument = async () => ({
    languageId: 'plaintext',
    getText: (range?: unknown) => (range ? part : text),
  });
}

describe('a file that shall go out', () => {
  const { openTextDocument } = parts.workspace;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
  });

  afterEach(async () => {
    parts.workspace.openTextDocument = openTextDocument;
    await rm(folder, { recursive: true });
  });

  it('may be in no file yet', async () => {
    show('unsaved');
    const uri = uriOf('Untitled-1', 'untitled');
    workspace.documents = [{ uri }];
    assert.deepEqual(await readFile(uri, reading, platform), { text: 'unsaved', language: 'plaintext' });
    workspace.documents = [];
    assert.deepEqual(await readFile(uri, reading, platform), { problem: 'it is no longer there.' });
  });

  it('is not read if it is a device', async () => {
    const read = await readFile(uriOf('/dev/null'), reading, platform);
    assert.deepEqual(read, { problem: 'it could not be read and is not sent.' });
  });

  it('is as large as its editor shows it', async () => {
    const file = join(folder, 'a.txt');
    await writeFile(file, 'short');
    show('x'.repeat(600 * 1024));
    const read = await readFile(uriOf(file), reading, platform);
    assert.ok('problem' in read && read.problem.includes('larger than 512 KB'));
  });

  it('may be large if a part of it is asked for', async () => {
    const file = join(folder, 'a.log');
    await writeFile(file, Buffer.alloc(600 * 1024, 'a'));
    show('x'.repeat(600 * 1024), 'a part');
    const range: Range = Object.create(null);
    const read = await readFile(uriOf(file), { ...reading, range }, platform);
    assert.deepEqual(read, { text: 'a part', language: 'plaintext' });
  });
});
