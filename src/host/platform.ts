import type * as vscode from 'vscode';
import type { NetworkProbes } from '../chat/diagnosisNetwork.ts';

/** What the Node host can do and the web worker host cannot. */
export interface Platform {
  /** An environment variable, or undefined where there are none. */
  environmentVariable(name: string): string | undefined;
  /** Makes a local folder readable by its owner only; does nothing where files have no owner. */
  restrictToOwner(folder: vscode.Uri): Promise<void>;
  /** The path of a local file with all links followed, with `/`; missing where there are no links. */
  readonly realPath?: (file: vscode.Uri) => Promise<string>;
  /** The `fetch` for endpoints; missing: the host's own. */
  readonly fetch?: typeof globalThis.fetch;
  /** Looks below HTTP; missing in the web worker host. */
  readonly probes?: NetworkProbes;
}
