import { parseArgs } from 'node:util';
import { faultNames } from './faults.ts';
import { readRecording } from './replay.ts';
import { createServer, developmentKey, developmentOperator } from './server.ts';

const usage = `Usage: node test/server/main.ts [options]

A Tachyon-compatible server on 127.0.0.1 for development and tests.

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

Prompts for the demo model: !echo TEXT, !long N, !tool NAME JSON, !fault NAME with one of
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
  console.log(`Tachyon-compatible server: ${server.url} (key: ${key}, operator: ${operators})`);
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
