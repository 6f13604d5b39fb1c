import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import { createEndpoint } from '../../../src/api/createEndpoint.ts';
import type { DiagnosisInput } from '../../../src/chat/diagnosis.ts';
import { createSecretMask } from '../../../src/chat/diagnosisMask.ts';
import {
  checkAddress,
  checkProxies,
  checkSecurity,
  type Connected,
  type NetworkProbes,
  type ProxyFacts,
} from '../../../src/chat/diagnosisNetwork.ts';
import { untranslated } from '../../../src/chat/l10n.ts';

const proxy: ProxyFacts = { settings: { 'http.proxy': 'http://proxy.example:3128' }, environment: {} };

function input(changes: Partial<DiagnosisInput> & { readonly url?: string } = {}): DiagnosisInput {
  const { url = 'https://api.example.com/v1', ...others } = changes;
  const connection: Connection = { name: 'work', kind: 'openai', url };
  const endpoint = createEndpoint(connection);
  return {
    connection,
    whole: endpoint,
    streamed: endpoint,
    capture: { last: () => undefined },
    proxies: { settings: {}, environment: {} },
    mask: createSecretMask([]),
    l10n: untranslated,
    now: () => 0,
    signal: new AbortController().signal,
    onStep: () => undefined,
    ...others,
  };
}

function probes(changes: Partial<NetworkProbes>): NetworkProbes {
  return {
    system: 'Test',
    resolve: () => Promise.reject(new Error('not expected')),
    connect: () => Promise.reject(new Error('not expected')),
    ...changes,
  };
}

function refusal(code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error('refused'), { code, syscall: 'connect' }));
}

async function resolve(host: string): Promise<string[]> {
  return [`of ${host}`];
}

function unknown(): Promise<never> {
  return refusal('ENOTFOUND');
}

describe('the network part of a diagnosis', () => {
  const proxies: readonly (readonly [ProxyFacts, 'ok' | 'problem', RegExp])[] = [
    [{ settings: {}, environment: {} }, 'ok', /^Neither VS Code nor the environment names a proxy/],
    [proxy, 'ok', /may go through a proxy: `http\.proxy` = `http:\/\/proxy\.example:3128`\./],
    [
      { settings: {}, environment: { https_proxy: 'http://me:pass@p:1' } },
      'ok',
      /`https_proxy` = `http:\/\/\*\*\*@p:1`/,
    ],
    [
      { settings: { 'http.noProxy': ['a.example'] }, environment: { NODE_EXTRA_CA_CERTS: '***' } },
      'ok',
      /^Neither.*`http\.noProxy` = `\["a\.example"\]`, `NODE/,
    ],
    [{ settings: { 'http.proxy': 'proxy:3128' }, environment: {} }, 'problem', /`http\.proxy` is no URL/],
    [
      { settings: { ...proxy.settings, 'http.proxySupport': 'off' }, environment: {} },
      'problem',
      /uses no proxy, although one is set/,
    ],
  ];
  for (const [facts, outcome, sentence] of proxies) {
    it(`tells of the proxy in ${JSON.stringify(facts)}`, () => {
      const found = checkProxies(input({ proxies: facts }));
      assert.equal(found.outcome, outcome);
      assert.match(found.text, sentence);
    });
  }

  it('looks a name up, and takes one that only the proxy knows for no problem', async () => {
    const cases: readonly (readonly [Parameters<typeof input>[0], string, RegExp])[] = [
      [{ probes: probes({ resolve }) }, 'ok', /has the address of api\.example\.com/],
      [{ probes: probes({ resolve: unknown }) }, 'problem', /“work”.*ENOTFOUND/],
      [{ probes: probes({ resolve: unknown }), proxies: proxy }, 'skipped', /a proxy may know it/],
      [{ url: 'http://[::1]:8080' }, 'ok', /names the address \\\[::1\\\] itself/],
      [{ url: 'http://127.0.0.1:8080' }, 'ok', /names the address 127\\\.0\.0\.1 itself/],
      [{}, 'skipped', /VS Code in the browser/],
    ];
    for (const [changes, outcome, sentence] of cases) {
      const found = await checkAddress(input(changes));
      assert.equal(found.outcome, outcome, found.text);
      assert.match(found.text, sentence);
    }
  });

  it('tells of the way to the server, and shows a certificate that is refused too', async () => {
    const certificate = { subject: 'api', issuer: 'Private CA', validFrom: 'Monday', validTo: 'Friday' };
    const shown = /certificate of api was issued by Private CA and is valid from Monday to Friday/;
    const cases: readonly (readonly [Connected | string, Parameters<typeof input>[0], string, RegExp])[] = [
      [{ protocol: 'TLSv1.3', certificate }, {}, 'ok', /^Connected by TLSv1\.3/],
      [{ protocol: 'TLSv1.3', certificate }, {}, 'ok', shown],
      [
        { certificate, refusal: 'SELF_SIGNED_CERT_IN_CHAIN' },
        {},
        'problem',
        /SELF\\_SIGNED\\_CERT\\_IN\\_CHAIN/,
      ],
      [{ certificate, refusal: 'CERT_HAS_EXPIRED' }, {}, 'problem', shown],
      [{}, { url: 'http://127.0.0.1:1' }, 'ok', /on this machine, without encryption/],
      [{}, { url: 'http://api.example.com' }, 'ok', /use an https URL/],
      ['ECONNREFUSED', {}, 'problem', /ECONNREFUSED/],
    ];
    for (const [answer, changes, outcome, sentence] of cases) {
      const connect = (): Promise<Connected> =>
        typeof answer === 'string' ? refusal(answer) : Promise.resolve(answer);
      const found = await checkSecurity(input({ ...changes, probes: probes({ connect }) }));
      assert.equal(found.outcome, outcome, found.text);
      assert.match(found.text, sentence);
    }
    assert.equal((await checkSecurity(input())).outcome, 'skipped');
  });
});
