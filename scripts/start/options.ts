import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm start` was asked to do. */
export interface StartOptions {
  /** Prompt of a headless run; undefined: VS Code is opened. */
  readonly once: string | undefined;
  /** Folder to open; undefined: a demo folder. */
  readonly folder: string | undefined;
  /** Use the browser even if there is a desktop VS Code. */
  readonly browser: boolean;
}

/** Reads the command line. Throws an Error with the usage if it holds anything else. */
export function readStartOptions(args: readonly string[]): StartOptions {
  const usage = 'Usage: npm start -- [--once "PROMPT"] [--folder PATH] [--browser]';
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        once: { type: 'string' },
        folder: { type: 'string' },
        browser: { type: 'boolean', default: false },
      },
    });
    if (values.once?.trim() === '') throw new Error('The prompt is empty.');
    return {
      once: values.once,
      folder: values.folder === undefined ? undefined : resolve(values.folder),
      browser: values.browser,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`, { cause: error });
  }
}
