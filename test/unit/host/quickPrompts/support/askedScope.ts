import type * as vscode from 'vscode';
import type { GitRepository } from '../../../../../src/host/attachments/git.ts';
import { uriOf } from '../../vscodeFiles.ts';

/** What the file holds that is asked about. */
export const lines = ['one', 'two', 'three', 'four', ''];

/** Line and character of the beginning, then of the end. */
export type Selected = readonly [number, number, number, number];

/** What a prompt is asked about in an editor with these selections. */
export function scopeWith(
  selections: readonly Selected[],
  repository?: GitRepository,
  path = '/project/src/a.py',
) {
  const editor: vscode.TextEditor = Object.assign(Object.create(null), {
    document: { uri: uriOf(path), languageId: 'python', getText: textIn },
    selections: selections.map(rangeOf),
  });
  return { editor, repository: async () => repository, target: 'scm' as const };
}

/** A range as VS Code's: two that only touch have an empty range in common. */
export function rangeOf([line, character, endLine, endCharacter]: Selected) {
  const [start, end] = [position(line, character), position(endLine, endCharacter)];
  return {
    isEmpty: start.compareTo(end) === 0,
    start,
    end,
    intersection: (other: vscode.Range) => {
      const [from] = [start, other.start].toSorted((a, b) => b.compareTo(a));
      const [to] = [end, other.end].toSorted((a, b) => a.compareTo(b));
      if (!from || !to || from.compareTo(to) > 0) return undefined;
      return rangeOf([from.line, from.character, to.line, to.character]);
    },
  };
}

function position(line: number, character: number): vscode.Position {
  const compareTo = (other: vscode.Position) => line - other.line || character - other.character;
  return Object.assign(Object.create(null), { line, character, compareTo });
}

function textIn(range?: vscode.Range): string {
  if (!range) return lines.join('\n');
  const { start, end } = range;
  const [first, last] = [start, end].map(
    (at) => lines.slice(0, at.line).join('\n').length + (at.line > 0 ? 1 : 0) + at.character,
  );
  return lines.join('\n').slice(first, last);
}
