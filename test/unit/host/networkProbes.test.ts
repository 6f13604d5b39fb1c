import assert from 'node:assert/strict';
import { once } from 'node:events';
import https from 'node:https';
import { nodeProbes } from '../../../src/host/node/networkProbes.ts';
import { createAuthority, type Identity, selfSigned } from '../../support/certificates.ts';
import { startLoopback } from '../../support/loopback.ts';
import { PlainAgent, WithoutProxy } from '../../support/proxyAgents.ts';

const signal = new AbortController().signal;

async function withTls(
  identity: Identity,
  use: (port: number, requests: readonly string[]) => Promise<void>,
): Promise<void> {
  const requests: string[] = [];
  const server = https.createServer(identity, ({ method, url, headers }, response) => {
    requests.push(`${method} ${url} ${Object.keys(headers).toSorted().join(' ')}`);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  try {
    await use(typeof address === 'object' && address !== null ? address.port : 0, requests);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

describe('what Node tells of a network', () => {
  it('is the system, and the addresses of a name', async () => {
    assert.match(nodeProbes.system, /\S+ \S+ \S+, Node \d+\./);
    assert.ok((await nodeProbes.resolve('localhost')).some((address) => /^127\.|^::1$/.test(address)));
    await assert.rejects(nodeProbes.resolve('no-such-host.invalid'), /ENOTFOUND|EAI_AGAIN/);
  });

  it('is a certificate, also one that is refused, and nothing of ours is sent', async () => {
    const authority = createAuthority('Private CA');
    const past = { validFrom: new Date('2020-01-01'), validTo: new Date('2020-02-01') };
    const cases: readonly (readonly [Identity, RegExp, string])[] = [
      [selfSigned(), /^DEPTH_ZERO_SELF_SIGNED_CERT$/, 'localhost'],
      [authority.issue(), /^UNABLE_TO_/, 'Private CA'],
      [selfSigned(past), /^(?:CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT)$/, 'localhost'],
    ];
    for (const [identity, refusal, issuer] of cases) {
      await withTls(identity, async (port, requests) => {
        const found = await nodeProbes.connect(`https://localhost:${port}/v1?key=x`, signal);
        assert.match(found.refusal ?? '', refusal);
        assert.equal(found.certificate?.issuer, issuer);
        assert.ok(Date.parse(found.certificate?.validTo ?? '') > 0);
        assert.match(found.protocol ?? '', /^TLSv1/);
        assert.deepEqual(requests, ['HEAD / connection host']);
      });
    }
  });

  it('is no certificate where nothing is encrypted, and the error of a server that is not there', async () => {
    const server = await startLoopback((response) => void response.end());
    assert.deepEqual(await nodeProbes.connect(server.url, signal), {});
    await server.stop();
    await assert.rejects(nodeProbes.connect(server.url, signal), { code: 'ECONNREFUSED' });
  });

  it('is the refusal of a proxy, also where it comes as an answer of the server', async () => {
    // As VS Code does it: what the proxy said to CONNECT stands on a plain socket.
    const proxy = await startLoopback((response) => void response.writeHead(407).end());
    const { globalAgent } = https;
    try {
      https.globalAgent = new PlainAgent(Number(new URL(proxy.url).port));
      await assert.rejects(nodeProbes.connect('https://api.example.com/v1', signal), {
        code: 'ERR_PROXY_TUNNEL',
        statusCode: 407,
      });
    } finally {
      https.globalAgent = globalAgent;
      await proxy.stop();
    }
  });

  it('is the proxy that cannot be reached, where VS Code tells of one', async () => {
    const { globalAgent } = https;
    try {
      https.globalAgent = new WithoutProxy();
      await assert.rejects(nodeProbes.connect('https://api.example.com/v1', signal), {
        code: 'ERR_PROXY_CONNECTION_FAILED',
      });
    } finally {
      https.globalAgent = globalAgent;
    }
  });

  it('ends with its signal', async () => {
    const server = await startLoopback(() => undefined);
    const controller = new AbortController();
    const connecting = nodeProbes.connect(server.url, controller.signal);
    const { socketClosed } = await server.next();
    controller.abort();
    await assert.rejects(connecting, { name: 'AbortError' });
    await socketClosed;
    await server.stop();
  });
});
