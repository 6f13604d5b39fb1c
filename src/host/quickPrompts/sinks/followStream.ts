import * as vscode from 'vscode';
import type { StreamedText } from './streamedText.ts';

/** Keeps the end of an answer in sight, unless the person scrolled away from it or has the cursor in the editor. */
export function followStream(stream: StreamedText): vscode.Disposable {
  const firstPlace = new vscode.Position(0, 0);
  let isFollowing = true;
  let top = 0;
  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) => {
      const [first] = visibleRanges;
      const last = visibleRanges.at(-1);
      if (textEditor.document !== stream.document || !first || !last) return;
      // Only a person moves up.
      if (first.start.line < top) isFollowing = false;
      if (last.end.line >= stream.range.end.line) isFollowing = true;
      top = first.start.line;
    }),
    stream.onDidChange(() => {
      const { activeTextEditor: active, visibleTextEditors } = vscode.window;
      const { document } = stream;
      if (!isFollowing || stream.state !== 'growing') return;
      // Active is also the only editor, while the focus is elsewhere: then the cursor stands where it stood at first.
      if (active?.document === document && active.selection.end.compareTo(firstPlace) > 0) return;
      const { end } = stream.range;
      const editor = visibleTextEditors.find((visible) => visible.document === document);
      editor?.revealRange(new vscode.Range(end, end));
    }),
  );
}
