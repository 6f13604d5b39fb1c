import * as vscode from 'vscode';
import { terminalText } from '../../../chat/code/terminalText.ts';
import { createFencedCode } from '../../../chat/quickPrompts/fencedCode.ts';
import { usableTerminal } from '../../code/runCode.ts';
import type { WholePlace } from './wholeSink.ts';

/** The clipboard; of an answer that is nothing but a block of code, it gets that code. */
export function clipboardPlace(): WholePlace {
  return {
    put: copy,
    done: vscode.l10n.t('The answer was copied.'),
    refusal: vscode.l10n.t('The answer is not whole and was not copied.'),
  };
}

/** The terminal gets the answer's command as if it was typed, and runs nothing: the person presses Enter. */
export function terminalPlace(): WholePlace {
  return {
    put: type,
    done: vscode.l10n.t('The answer stands in the terminal. Nothing was run.'),
    refusal: vscode.l10n.t('The answer is not whole and was not typed into the terminal.'),
  };
}

async function copy(answer: string): ReturnType<WholePlace['put']> {
  const { code, other } = codeOf(answer);
  try {
    await vscode.env.clipboard.writeText(other === '' ? code : answer.trim());
    return { isEmpty: false };
  } catch {
    return { isEmpty: true, problem: vscode.l10n.t('The answer could not be copied.') };
  }
}

async function type(answer: string): ReturnType<WholePlace['put']> {
  const lines = terminalText(codeOf(answer).code);
  if (!lines) return { isEmpty: true, problem: vscode.l10n.t('The answer is too long for the terminal.') };
  const [line, ...others] = lines;
  if (line === undefined) return { isEmpty: true };
  if (others.length > 0) {
    // A line end would run what stands before it.
    await vscode.env.clipboard.writeText(lines.join('\n'));
    return {
      isEmpty: false,
      problem: vscode.l10n.t(
        'The answer has several lines and was copied instead of typed into the terminal: read it before you paste it.',
      ),
    };
  }
  const terminal = usableTerminal() ?? vscode.window.createTerminal();
  // Whoever types in an editor meanwhile must not press Enter there.
  terminal.show(true);
  terminal.sendText(line, false);
  return { isEmpty: false };
}

function codeOf(answer: string): { readonly code: string; readonly other: string } {
  const reader = createFencedCode();
  const first = reader.push(answer);
  const { rest, other } = reader.end(true);
  return { code: (first + rest).trim(), other };
}
