import { spawn } from 'node:child_process';
import { root } from './paths.ts';

/** Options of {@link runCommand}. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Keep the output to itself unless the command fails. */
  readonly quiet?: boolean;
}

/** Runs a program to its end. Throws an Error with the end of its output when it fails. Returns its standard output. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd = root, env = process.env, quiet = false }: CommandOptions = {},
): Promise<string> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
    if (!quiet) process.stdout.write(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (!quiet) process.stderr.write(text);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with code ${code}\n${output.slice(-4000)}`);
  }
  return stdout;
}

/** Runs npm, the one that runs this script if there is one. */
export function runNpm(args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('npm-cli.js') === true
    ? runCommand(process.execPath, [cli, ...args], options)
    : runCommand('npm', args, options);
}
