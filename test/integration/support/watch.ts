import type { ClientRequest } from 'node:http';
import { subscribe } from 'node:diagnostics_channel';
import * as vscode from 'vscode';

/** What extensions wrote into log channels since the watch began. */
export interface LogWatch {
  /** Names of the channels that were opened. */
  readonly channels: readonly string[];
  readonly lines: readonly string[];
  unwatch(): void;
}

/** The requests that Node's HTTP client begins to send to a URL's origin from now on, as `METHOD path?query`; the list grows. */
export function watchRequests(url: string): readonly string[] {
  const { host } = new URL(url);
  const requests: string[] = [];
  subscribe('http.client.request.start', (message) => {
    const request: ClientRequest = Object(message).request;
    if (request.getHeader('host') === host) requests.push(`${request.method} ${request.path}`);
  });
  return requests;
}

/** Watches the log channels of the extension under test: it shares its `vscode` object with the tests. */
export function watchLogChannels(): LogWatch {
  const channels: string[] = [];
  const lines: string[] = [];
  const { createOutputChannel } = vscode.window;
  Object.assign(vscode.window, {
    createOutputChannel: (name: string, options: { log: true }) => {
      channels.push(name);
      return recorded(createOutputChannel(name, options), lines);
    },
  });
  return { channels, lines, unwatch: () => Object.assign(vscode.window, { createOutputChannel }) };
}

/** A channel that works as before and notes all texts that its methods get. */
function recorded(channel: vscode.LogOutputChannel, lines: string[]): vscode.LogOutputChannel {
  return new Proxy(channel, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        lines.push(args.map(String).join(' '));
        return Reflect.apply(value, target, args);
      };
    },
  });
}
