import * as vscode from 'vscode';
import type { CodeBlock } from '../../chat/code/codeBlock.ts';
import type { CodeAction } from '../../shared/panelMessages.ts';
import type { Log } from '../log.ts';
import type { Platform } from '../platform.ts';
import { applyCode } from './applyCode.ts';
import { CodeProblem } from './codeProblem.ts';
import { insertCode } from './insertCode.ts';
import { LastEditor } from './lastEditor.ts';
import { newFile } from './newFile.ts';
import { ProposedChanges } from './proposedChanges.ts';
import { runCode } from './runCode.ts';

/** Code of a model, and what the person wants to do with it. */
export interface CodeRequest extends CodeBlock {
  readonly action: CodeAction;
}

/** What people do with blocks of code; whatever goes wrong is said in a notification. */
export class CodeActions implements vscode.Disposable {
  readonly #platform: Platform;
  readonly #log: Log;
  readonly #editor = new LastEditor();
  /** The changes that wait for the person's word. */
  readonly changes = new ProposedChanges();

  constructor(platform: Platform, log: Log) {
    this.#platform = platform;
    this.#log = log;
  }

  dispose(): void {
    this.#editor.dispose();
    this.changes.dispose();
  }

  /** Does what a button of a block of code says. */
  use(request: CodeRequest): Promise<void> {
    return this.#tell(this.#use(request));
  }

  /** Command *Accept Proposed Change*. */
  accept(argument: unknown): Promise<void> {
    return this.#tell(this.changes.accept(argument));
  }

  /** Command *Reject Proposed Change*. */
  reject(argument: unknown): Promise<void> {
    return this.#tell(this.changes.reject(argument));
  }

  async #use(request: CodeRequest): Promise<void> {
    switch (request.action) {
      case 'insert': {
        const editor = await this.#editor.find();
        return editor ? insertCode(editor, request.code) : this.#offerNewFile(request);
      }
      case 'apply':
        return applyCode(request, () => this.#editor.find(), this.#platform, this.changes);
      case 'newFile':
        return newFile(request, this.#platform);
      case 'run':
        return runCode(request.code);
    }
  }

  async #offerNewFile(block: CodeBlock): Promise<void> {
    const make = vscode.l10n.t('New File');
    const text = vscode.l10n.t('No text editor is open to insert the code into.');
    if ((await vscode.window.showInformationMessage(text, make)) === make)
      await newFile(block, this.#platform);
  }

  async #tell(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof CodeProblem)) this.#log.failure('Code not used', error);
      const unexpected = vscode.l10n.t('Something unexpected went wrong; the log says more.');
      void vscode.window.showWarningMessage(error instanceof CodeProblem ? error.message : unexpected);
    }
  }
}
