import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';
import tls from 'node:tls';
import { networkError } from '../../../src/api/networkError.ts';
import { describeError, type DescribedError } from '../../../src/chat/describeError.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { plainText } from '../../../src/chat/untrusted.ts';
import { createNodeFetch } from '../../../src/host/node/nodeFetch.ts';
import { createAuthority, type Identity, selfSigned } from '../../support/certificates.ts';
import { listen } from '../../support/loopback.ts';
import { type ProxyOptions, startProxy } from '../../support/proxy.ts';
import { PlainAgent, WithoutProxy } from '../../support/proxyAgents.ts';
import { rejectionOf } from '../../support/rejection.ts';

const nodeFetch = createNodeFetch();
const trusted = createAuthority('Trusted Authority');
const company = createAuthority('Company Authority');
const issuing = company.intermediate('Company Issuing Authority');

/** Runs `use` with the URL of a TLS server that shows `identity`. */
async function withTls(identity: Identity, use: (port: number) => Promise<void>): Promise<void> {
  const server = https.createServer(identity, (_, response) => void response.end('hello'));
  const port = await listen(server);
  try {
    await use(port);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

/** Runs `use` with a proxy that Node's HTTP client goes through. */
async function withProxy(options: ProxyOptions, use: (url: string) => Promise<void>): Promise<void> {
  const { globalAgent } = https;
  const proxy = await startProxy(() => options);
  try {
    await use(proxy.url);
  } finally {
    https.globalAgent = globalAgent;
    await proxy.stop();
  }
}

function goThrough(proxy: string): void {
  https.globalAgent = new https.Agent({ proxyEnv: { HTTPS_PROXY: proxy } });
}

/** A certificate with others that the server sends along. */
function chain({ key, cert }: Identity, ...more: readonly string[]): Identity {
  return { key, cert: cert + more.join('') };
}

/** How the failure of a request is told, and whether the server can have got it. */
async function told(
  url: string,
): Promise<DescribedError & { readonly mayHaveBeenAccepted: boolean | undefined }> {
  const error = networkError(await rejectionOf(nodeFetch(url)), new URL(url).origin);
  assert.equal(error.kind, 'network');
  return {
    ...describeError(error, 'mine', untranslated),
    mayHaveBeenAccepted: error.details.mayHaveBeenAccepted,
  };
}

/** One sentence, then the code in brackets; never the advice to look away. */
function assertSentence({ message }: DescribedError, code: string, words: RegExp): void {
  const [, sentence = '', bracket = ''] = /^(.+)\. \(([A-Z_]+)\)$/.exec(plainText(message)) ?? [];
  assert.equal(bracket, code, message);
  assert.match(sentence, words);
  assert.match(sentence, /“mine”/);
  assert.doesNotMatch(sentence, /\. |strictSSL|verif|rejectUnauthorized|undefined|\{\d/i);
}

describe('a server that cannot be reached is told in one sentence that says what to do', () => {
  const before = tls.getCACertificates('default');

  // The default list is read when a secure context is made, so it must not change between two tests.
  beforeEach(() => tls.setDefaultCACertificates([...before, trusted.cert]));
  afterEach(() => tls.setDefaultCACertificates(before));

  const systemCertificates = 'http.systemCertificates';
  const long = { validFrom: new Date('2020-01-01'), validTo: new Date('2021-01-01') };
  const later = { validFrom: new Date('2090-01-01'), validTo: new Date('2091-01-01') };
  const certificates: [code: string, identity: Identity, words: RegExp, setting?: string][] = [
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      chain(company.issue(), company.cert),
      /authority that is not trusted.*install .*“http\.systemCertificates”/,
      systemCertificates,
    ],
    [
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      chain(issuing.issue(), issuing.cert),
      /authority that is not trusted.*install .*“http\.systemCertificates”/,
      systemCertificates,
    ],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      company.issue(),
      /not known here; install .*“http\.systemCertificates”.*intermediate/,
      systemCertificates,
    ],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      selfSigned(),
      /signed itself; install .*“http\.systemCertificates”/,
      systemCertificates,
    ],
    ['CERT_HAS_EXPIRED', trusted.issue(long), /has expired; .*renew.*clock/],
    ['CERT_NOT_YET_VALID', trusted.issue(later), /not valid yet; .*clock/],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      trusted.issue({ names: ['other.test'] }),
      /for another host; use the host/,
    ],
  ];
  for (const [code, identity, words, setting] of certificates) {
    it(code, () =>
      withTls(identity, async (port) => {
        const error = await told(`https://127.0.0.1:${port}/`);
        assertSentence(error, code, words);
        assert.equal(error.setting, setting);
        assert.equal(error.mayHaveBeenAccepted, false);
      }),
    );
  }

  it('but one whose chain ends at a trusted authority answers', () => {
    const authority = trusted.intermediate('Issuing Authority');
    return withTls(chain(authority.issue(), authority.cert), async (port) => {
      assert.equal(await (await nodeFetch(`https://127.0.0.1:${port}/`)).text(), 'hello');
    });
  });

  it('ECONNREFUSED, with the port on this machine', async () => {
    const closed = createServer();
    const port = await listen(closed);
    closed.close();
    await once(closed, 'close');
    for (const host of ['127.0.0.1', 'localhost']) {
      const error = await told(`http://${host}:${port}/v1`);
      assertSentence(error, 'ECONNREFUSED', new RegExp(`runs at ${host}:${port}; start it`));
      assert.deepEqual([error.action, error.mayHaveBeenAccepted], ['retry', false]);
    }
  });

  it('ENOTFOUND', async () => {
    const error = await told('https://tachyon.invalid/');
    // Without any network it is the other.
    const code = /EAI/.test(error.message) ? 'EAI_AGAIN' : 'ENOTFOUND';
    assertSentence(error, code, /host in the URL .* not found; check .*“http\.proxy”/);
    assert.equal(error.mayHaveBeenAccepted, false);
  });

  it('EPROTO, where http is spoken', async () => {
    const server = http.createServer((_, response) => void response.end());
    const error = await told(`https://127.0.0.1:${await listen(server)}/`);
    assertSentence(error, 'EPROTO', /does not speak https; correct the port, or begin the URL with http:/);
    assert.deepEqual([error.action, error.mayHaveBeenAccepted], ['openSettings', false]);
    server.close();
  });

  it('HPE_INVALID_CONSTANT, where something else is spoken', async () => {
    const server = createServer((socket) => void socket.end('\u0015\u0003\u0001'));
    const error = await told(`http://127.0.0.1:${await listen(server)}/`);
    assertSentence(error, 'HPE_INVALID_CONSTANT', /does not speak http; correct the port, or .* https:/);
    server.close();
  });

  describe('through a proxy', () => {
    const host = 'llm.company.test';

    it('it answers, also with a login', () =>
      withTls(trusted.issue({ names: [host] }), (port) =>
        withProxy({ tunnels: { [`${host}:443`]: port }, login: 'me:secret' }, async (proxy) => {
          goThrough(proxy.replace('//', '//me:secret@'));
          assert.equal(await (await nodeFetch(`https://${host}/`)).text(), 'hello');
        }),
      ));

    it('ERR_PROXY_CONNECTION_FAILED', async () => {
      const { globalAgent } = https;
      https.globalAgent = new WithoutProxy();
      try {
        const error = await told(`https://${host}/`);
        assertSentence(error, 'ERR_PROXY_CONNECTION_FAILED', /cannot be reached; check .*“http\.proxy”/);
        assert.deepEqual([error.setting, error.mayHaveBeenAccepted], ['http.proxy', false]);
      } finally {
        https.globalAgent = globalAgent;
      }
    });

    it('an answer that did not come over TLS is not taken for the server’s', async () => {
      const { globalAgent } = https;
      const server = http.createServer((_, response) => void response.writeHead(200).end('{"data":[]}'));
      const port = await listen(server);
      https.globalAgent = new PlainAgent(port);
      try {
        const error = await told(`https://${host}/`);
        assertSentence(error, 'ERR_PROXY_TUNNEL', /does not connect to “mine” \(200\)/);
      } finally {
        https.globalAgent = globalAgent;
        server.closeAllConnections();
        server.close();
      }
    });

    const refusals: [name: string, options: Partial<ProxyOptions>, words: RegExp, setting: string][] = [
      ['407', { login: 'me:secret' }, /wants a login \(407\); .*“http\.proxy”/, 'http.proxy'],
      ['403', { refusal: 403 }, /does not connect to “mine” \(403\); .*“http\.noProxy”/, 'http.noProxy'],
      ['502', {}, /does not connect to “mine” \(502\)/, 'http.noProxy'],
    ];
    for (const [name, options, words, setting] of refusals) {
      it(`ERR_PROXY_TUNNEL: ${name}`, () =>
        withProxy({ tunnels: {}, ...options }, async (proxy) => {
          goThrough(proxy);
          const error = await told(`https://${host}/`);
          assertSentence(error, 'ERR_PROXY_TUNNEL', words);
          assert.deepEqual([error.setting, error.mayHaveBeenAccepted], [setting, false]);
        }));
    }
  });
});
