import type * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import type { PromptTarget } from '../../../chat/quickPrompts/quickPrompt.ts';
import type { GitRepository } from '../../attachments/git.ts';

/** What a quick prompt is asked about, as it was when it was asked. */
export interface PromptScope {
  /** Whose file and selection are meant. */
  readonly editor?: vscode.TextEditor;
  /** Finds the repository that is meant, once: the person may be asked. As `commitRepository`. */
  readonly repository: () => Promise<GitRepository | string | undefined>;
  /** Root of the repository that a menu named. */
  readonly root?: vscode.Uri;
  readonly target: PromptTarget;
}

/** What a variable stands for. */
export interface VariableValue {
  /** As it stands in the prompt. */
  readonly text: string;
  /** What goes out before the prompt. */
  readonly attachments?: readonly NewAttachment[];
  readonly repository?: vscode.Uri;
  /** The file that tests belong into. */
  readonly tests?: vscode.Uri;
}
