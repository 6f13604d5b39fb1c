/** Where the answer of a quick prompt goes. `editor`: a new one with markdown. `scm`: the commit message. */
export type PromptTarget =
  | 'editor'
  | 'insert'
  | 'replace'
  | 'newFile'
  | 'clipboard'
  | 'panel'
  | 'terminal'
  | 'scm';

/** The room that a quick prompt goes to. `none`: a completion that no room keeps. */
export type PromptRoom = 'none' | 'current' | 'own';

/** A prompt that is asked in two keystrokes: data, whoever wrote it. */
export interface QuickPrompt {
  /** `explain`, `user:NAME`, `file:URI`; the same after a restart. */
  readonly id: string;
  /** The file that it stands in, as people know that. */
  readonly file?: string;
  /** As people see it. */
  readonly name: string;
  readonly description?: string;
  /** With variables such as `${selection}`. */
  readonly prompt: string;
  readonly target: PromptTarget;
  /** `<connection>/<model>`; missing: as for any other prompt. */
  readonly model?: string;
  /** Missing: as the setting says. */
  readonly room?: PromptRoom;
  /** The question itself, where the person typed one that is longer than a name. */
  readonly question?: string;
  /** `typed`: free text. */
  readonly origin: 'builtIn' | 'user' | 'workspace' | 'typed';
}
