import * as vscode from 'vscode';
import { ApiError } from '../api/apiError.ts';

/** The *Tachyon* log channel. Its methods take no free text of a person, a model or a server. */
export interface Log extends vscode.Disposable {
  show(): void;
  /** `event` is a fixed sentence of ours; `facts` are ids, counts, kinds and status codes. */
  info(event: string, facts?: Facts): void;
  /** Logs the kind of an error, never its message: it may quote a prompt or echo a key. */
  failure(event: string, error: unknown, facts?: Facts): void;
}

type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Creates the channel on first use: an empty channel costs start-up time. */
export function createLog(): Log {
  let channel: vscode.LogOutputChannel | undefined;
  const open = () => (channel ??= vscode.window.createOutputChannel('Tachyon', { log: true }));
  return {
    show: () => open().show(true),
    info: (event, facts) => open().info(line(event, facts)),
    failure: (event, error, facts) => open().error(line(event, { ...facts, ...errorFacts(error) })),
    dispose: () => channel?.dispose(),
  };
}

function line(event: string, facts: Facts = {}): string {
  const pairs = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [event, ...pairs].join(' ');
}

function errorFacts(error: unknown): Facts {
  if (!(error instanceof ApiError)) return { error: error instanceof Error ? error.name : typeof error };
  const { status, requestId, limit } = error.details;
  return { kind: error.kind, status, requestId, limit };
}
