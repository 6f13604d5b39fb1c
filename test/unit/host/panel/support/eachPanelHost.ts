import { createServer, type RunningServer } from '../../../../server/server.ts';
import { createPanelHost, type PanelHost } from './panelHost.ts';

/** A panel and the server that it is connected to. */
interface Made {
  readonly server: RunningServer;
  readonly host: PanelHost;
}

/**
 * Gives each test of a suite a server and a panel; `fields` are those of its connection beside its address. Returns what
 * makes the panel anew, with other ones.
 */
export function eachPanelHost(
  onMade: (made: Made) => void,
  fields: Readonly<Record<string, unknown>> = {},
): (fields: Readonly<Record<string, unknown>>) => void {
  let server: RunningServer;
  let host: PanelHost | undefined;

  const make = (given: Readonly<Record<string, unknown>>) => {
    host?.close();
    host = createPanelHost(server, given);
    onMade({ server, host });
  };
  beforeEach(async () => {
    server = await createServer({ deltaPauseMs: 1 });
    host = undefined;
    make(fields);
  });
  afterEach(async () => {
    host?.close();
    await server.close();
  });
  return make;
}
