import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, selfSigned } from '../support/certificates.ts';
import { listen } from '../support/loopback.ts';
import { startProxy } from '../support/proxy.ts';
import { withVSCode } from './support/vscode.ts';

/** A name that only the proxy knows: VS Code goes to this machine's own addresses without one. */
const host = 'llm.company.test';
const trusted = createAuthority('Company Authority');
const stranger = createAuthority('Another Authority');

/** An OpenAI-compatible server with one model and one answer. */
async function startModel(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(trusted.issue({ names: [host] }), (request, response) => {
    if (request.method === 'GET') {
      response.end('{"object":"list","data":[{"id":"demo","object":"model"}]}');
      return;
    }
    const chunk = {
      choices: [{ index: 0, delta: { content: 'Hello through the proxy' }, finish_reason: 'stop' }],
    };
    request.resume().once('end', () => response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`));
  });
  return { server, port: await listen(server) };
}

describe("a company's proxy and certificates", () => {
  it('are gone through where VS Code trusts them; everything else is told with what to do', async () => {
    const { server, port } = await startModel();
    const tunnels = { [`${host}:443`]: port };
    const behaviour: { login?: string; refusal?: number } = {};
    const proxy = await startProxy(() => ({ tunnels, ...behaviour }));
    const folder = await mkdtemp(join(tmpdir(), 'tachyon-proxy-'));
    const authorities = join(folder, 'authorities.pem');
    await writeFile(authorities, trusted.cert);
    try {
      await withVSCode(
        {
          settings: {
            'http.proxy': proxy.url,
            'tachyon.connections': {
              company: {
                kind: 'openai-compatible',
                url: `https://${host}/v1`,
                retry: { strategy: 'none' },
              },
            },
          },
          env: { NODE_EXTRA_CA_CERTS: authorities },
        },
        async ({ workbench: { chat } }) => {
          await chat.ready();
          assert.match(await chat.ask('@tachyon hello'), /^Hello through the proxy/);
          assert.ok(proxy.asked.includes(`${host}:443`));

          const error = async (): Promise<string> => {
            await chat.send('@tachyon hello');
            await chat.waitForAnswer();
            return (await chat.error()) ?? '';
          };
          behaviour.login = 'me:secret';
          assert.match(await error(), /proxy on the way to “company” wants a login \(407\); .*“http\.proxy”/);
          delete behaviour.login;
          behaviour.refusal = 403;
          assert.match(await error(), /proxy does not connect to “company” \(403\); .*ERR_PROXY_TUNNEL/);
          delete behaviour.refusal;
          const root = stranger.cert;
          const foreign = stranger.issue({ names: [host] });
          const past = { validFrom: new Date('2020-01-01'), validTo: new Date('2021-01-01') };
          for (const [identity, words] of [
            [{ key: foreign.key, cert: foreign.cert + root }, /not trusted here.*SELF_SIGNED_CERT_IN_CHAIN/],
            [selfSigned({ names: [host] }), /signed itself; .*DEPTH_ZERO_SELF_SIGNED_CERT/],
            [trusted.issue({ names: [host], ...past }), /has expired; .*CERT_HAS_EXPIRED/],
            [trusted.issue({ names: ['other.test'] }), /another host; .*ERR_TLS_CERT_ALTNAME_INVALID/],
          ] as const) {
            server.setSecureContext(identity);
            assert.match(await error(), words);
          }
          await proxy.stop();
          assert.match(await error(), /proxy on the way to “company” cannot be reached; .*“http\.proxy”/);
        },
      );
    } finally {
      await proxy.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await rm(folder, { recursive: true, force: true });
    }
  });
});
