import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { standInForVscode, uriOf } from '../vscodeFiles.ts';
import { parts, workspace } from '../vscodeParts.ts';

standInForVscode();
const { clipboardValue, displayLanguage, folderValue } =
  await import('../../../../src/host/quickPrompts/context/otherVariables.ts');

describe('a variable of a quick prompt stands', () => {
  afterEach(() => {
    Object.assign(workspace, { folder: undefined, others: [] });
    Object.assign(parts.env, { clipboard: undefined, language: 'en' });
  });

  it('for the text of the clipboard, if it holds any that may be sent', async () => {
    for (const [copied, expected] of [
      ['a\n', 'a\n'],
      [' \n', 'The clipboard holds no text; copy what is meant.'],
      ['x'.repeat(600 * 1024), 'The clipboard holds more than 512 KB of text.'],
    ] as const) {
      Object.assign(parts.env, { clipboard: { readText: async () => copied } });
      const value = await clipboardValue();
      const [attached] = typeof value === 'object' ? (value.attachments ?? []) : [];
      assert.equal(attached && 'text' in attached ? attached.text : value, expected);
    }
  });

  it('for the name of the file’s folder, else of the first one, and never for its path', () => {
    assert.equal(valueIn('/home/me/api/a.ts'), 'No folder is open; open the one that is meant.');
    Object.assign(workspace, { folder: '/home/me/web', others: ['/home/me/api'] });
    assert.deepEqual(
      ['/home/me/api/a.ts', '/tmp/a.ts', undefined].map((path) => valueIn(path)),
      ['api', 'web', 'web'],
    );
  });

  it('for the language of VS Code as models know it', () => {
    const names = ['en', 'ja', 'pt-br'].map((language) => {
      Object.assign(parts.env, { language });
      return displayLanguage();
    });
    assert.deepEqual(names, ['English', 'Japanese', 'Brazilian Portuguese']);
  });
});

function valueIn(path?: string): string {
  const document: vscode.TextDocument | undefined =
    path === undefined ? undefined : Object.assign(Object.create(null), { uri: uriOf(path) });
  const value = folderValue(document);
  return typeof value === 'string' ? value : value.text;
}
