import { parseArgs } from 'node:util';
import { type Connection, type ConnectionKind, connectionKinds } from '../../src/api/connection.ts';
import { cleanCredential } from '../../src/api/credential.ts';
import { dialectOf } from '../../src/api/dialects.ts';
import { parseBaseUrl } from '../../src/api/url.ts';

/** What the command was asked to do. */
export interface ConformanceOptions {
  readonly connection: Connection;
  /** `undefined`: chosen from the list. */
  readonly model: string | undefined;
  readonly json: boolean;
}

/** Where each kind's key is looked for, in this order. */
const keyVariables: Readonly<Record<ConnectionKind, readonly string[]>> = {
  tachyon: ['TACHYON_API_KEY'],
  openai: ['OPENAI_API_KEY', 'ARGOTOPENAI_API_KEY_AUTH'],
  atoma: ['ATOMASDK_BEARER_AUTH'],
  'openai-compatible': [],
};

export const usage = `Usage: npm run conformance -- --kind KIND [options]

Asks a live endpoint and tells where it differs from the wire contract that this extension is written after.

  --kind KIND      ${connectionKinds.join(', ')}
  --url URL        base URL (default: TACHYON_API_URL, or where the API is; none for openai-compatible)
  --model ID       model to ask (default: a fitting one of the list)
  --operator ID    operator, for tachyon (default: TACHYON_TENANT_ID)
  --key-env NAME   environment variable that holds the key (default: ${keyVariables.tachyon.join()} for tachyon,
                   ${keyVariables.openai.join(' or ')} for openai,
                   ${keyVariables.atoma.join()} for atoma, none for openai-compatible)
  --json           print JSON
  --help

The key is read from the environment only, goes to that URL only and is never printed. The requests are small, but they
cost what a few dozen words cost; one chatroom is made and deleted again.

Exit code: 0 nothing differs, 1 something differs, 2 wrong usage, or the endpoint does not answer or refuses the key.
`;

/**
 * Reads command line and environment; `undefined`: only the usage is wanted. Throws an Error that says what is wrong and
 * never repeats a value, which could be a key in the wrong place.
 */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): ConformanceOptions | undefined {
  const values = readArguments(args);
  if (values.help) {
    return undefined;
  }
  const kind = connectionKinds.find((known) => known === values.kind);
  if (kind === undefined) {
    throw new Error(`--kind takes one of: ${connectionKinds.join(', ')}`);
  }
  const dialect = dialectOf(kind);
  const url = values.url ?? (kind === 'tachyon' ? env['TACHYON_API_URL'] : undefined) ?? dialect.defaultUrl;
  if (url === undefined) {
    throw new Error(`--url is needed for ${kind}`);
  }
  const operatorId = (values.operator ?? env['TACHYON_TENANT_ID'] ?? '').trim();
  if (dialect.operatorHeader !== undefined && operatorId === '') {
    throw new Error('--operator or TACHYON_TENANT_ID is needed');
  }
  const credential = readKey(values['key-env'], kind, env);
  const connection: Connection = {
    name: 'conformance',
    kind,
    url: parseBaseUrl(url, dialect.urlEndings),
    ...(dialect.operatorHeader !== undefined && { operatorId }),
    ...(credential === undefined ? { auth: 'none' as const } : { credential }),
  };
  return { connection, model: values.model, json: values.json };
}

function readArguments(args: readonly string[]): {
  kind?: string;
  url?: string;
  model?: string;
  operator?: string;
  'key-env'?: string;
  json: boolean;
  help: boolean;
} {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    kind: text,
    url: text,
    model: text,
    operator: text,
    'key-env': text,
    json: flag,
    help: flag,
  };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // Node's own message repeats the argument.
    throw new Error('An argument is not understood. The key is read from the environment only.', {
      cause: error,
    });
  }
}

function readKey(
  named: string | undefined,
  kind: ConnectionKind,
  env: NodeJS.ProcessEnv,
): string | undefined {
  if (named !== undefined && (env[named] ?? '') === '') {
    throw new Error('The environment variable named by --key-env is empty or missing.');
  }
  const variables = named === undefined ? keyVariables[kind] : [named];
  const found = variables.map((variable) => env[variable] ?? '').find((value) => value.trim() !== '');
  if (found === undefined && dialectOf(kind).needsCredential) {
    throw new Error(`Set ${variables.join(' or ')}, or name another variable with --key-env.`);
  }
  return found === undefined ? undefined : cleanCredential(found);
}
