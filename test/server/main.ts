import { parseArgs } from 'node:util';
import { dialects } from './dialects.ts';
import { faultNames } from './faults.ts';
import { readRecording } from './replay.ts';
import { createServer, developmentKey, developmentOperator } from './server.ts';

const usage = `Usage: node test/server/main.ts [options]

A server on 127.0.0.1 for development and tests. It speaks four APIs, each at a base URL of its own:

  tachyon            {url}${dialects.tachyon.base}
  openai             {url}${dialects.openai.base}
  atoma              {url}${dialects.atoma.base}
  openai-compatible  {url}${dialects['openai-compatible'].base}  (needs no key)

  --port N         port (default: any free one)
  --db FILE        SQLite file of the chatrooms (default: in memory)
  --key KEY        accepted key (default: ${developmentKey})
  --operator ID    operator of that key; may be repeated (default: ${developmentOperator})
  --upstream URL   let an OpenAI-compatible server answer, for instance http://127.0.0.1:11434/v1
                   (its key, if any, from the environment variable UPSTREAM_API_KEY)
  --replay FILE    play a recorded capture
  --store-all      chatrooms store every message of a request, not only the last user message
  --pause MS       pause of the demo model between deltas (default: 20)
  --help

Prompts for the demo model: !echo TEXT, !long N, !tool NAME JSON, !reason TEXT, !think TEXT, !refuse, !length, !filter,
!audio TEXT, !image, and !fault NAME (or !fault NAME xN: only N times) with one of
  ${Object.values(faultNames).flat().join(' ')}
`;

/** Reads a whole number from the command line. Throws if it is none. */
function wholeNumber(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new Error(`--${name} must be a whole number, not "${value}"`);
  return Number(value);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      db: { type: 'string' },
      key: { type: 'string', default: developmentKey },
      operator: { type: 'string', multiple: true },
      upstream: { type: 'string' },
      replay: { type: 'string' },
      'store-all': { type: 'boolean', default: false },
      pause: { type: 'string', default: '20' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const upstreamKey = process.env['UPSTREAM_API_KEY'];
  const server = await createServer({
    port: wholeNumber('port', values.port),
    deltaPauseMs: wholeNumber('pause', values.pause),
    keys: { [values.key]: 'us_demo' },
    storeAll: values['store-all'],
    ...(values.db !== undefined && { database: values.db }),
    ...(values.operator && {
      operators: values.operator.map((id) => ({ id, name: id.replace(/^tn_/, '') })),
    }),
    ...(values.upstream !== undefined && { upstream: new URL(values.upstream).href }),
    ...(upstreamKey !== undefined && { upstreamKey }),
    ...(values.replay !== undefined && { replay: await readRecording(values.replay) }),
  });
  const key = values.key === developmentKey ? developmentKey : 'as given';
  const operators = (values.operator ?? [developmentOperator]).join(', ');
  const { openai, atoma, 'openai-compatible': compatible } = server.baseUrls;
  console.log(`Tachyon-compatible server: ${server.url} (key: ${key}, operator: ${operators})
OpenAI: ${openai} (key: ${key})
Atoma: ${atoma} (key: ${key})
OpenAI-compatible: ${compatible} (no key)`);
  const stop = (): void => {
    void server.close();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.error('Use --help for the options.');
  process.exitCode = 1;
}
