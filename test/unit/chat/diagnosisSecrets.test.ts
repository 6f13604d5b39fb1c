import assert from 'node:assert/strict';
import { ApiError, type ApiErrorDetails } from '../../../src/api/apiError.ts';
import { createCapture } from '../../../src/api/capture.ts';
import type { Connection } from '../../../src/api/connection.ts';
import { createEndpoint } from '../../../src/api/createEndpoint.ts';
import { diagnose, type Finding } from '../../../src/chat/diagnosis.ts';
import { createSecretMask } from '../../../src/chat/diagnosisMask.ts';
import { recordingOf } from '../../../src/chat/diagnosisRecording.ts';
import { diagnosisReport } from '../../../src/chat/diagnosisReport.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { startLoopback } from '../../support/loopback.ts';

const key = 'sk-live/a+b_"c"';
const operator = 'tn_01_secret*operator';
const header = 'tenant=blue sky';
const login = 'alice:pa@ss/word';
const secrets = [key, operator, header];
const everywhere = [
  key,
  operator,
  header,
  encodeURIComponent(key),
  JSON.stringify(key),
  // Some encoders escape more than JSON asks for.
  key.replaceAll(/\W/g, (letter) => String.raw`\u00${letter.charCodeAt(0).toString(16).toUpperCase()}`),
  `https://${login.replace('/', '')}@proxy.example:3128/x`,
  'https://idp.example/login?token=query-secret&next=%2F',
].join(' and ');

/** All that must never be read, in the forms in which texts and files could hold it. */
const never = [
  key,
  operator,
  header,
  'sk-live',
  'a+b',
  'secret',
  'blue sky',
  'pa@ss',
  'alice',
  'query-secret',
];

function assertHidden(text: string): void {
  // Markdown escapes punctuation; a secret must not be there without the escapes either.
  const plain = text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  const decoded = plain.replace(/u(00[0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  for (const secret of never) {
    for (const form of [text, plain, decoded]) assert.ok(!form.includes(secret), `${secret} in ${form}`);
  }
}

describe('a published diagnosis', () => {
  const mask = createSecretMask(secrets);

  it('holds no secret, wherever one stands: settings, environment, errors, answers, certificates, models', async () => {
    const bodies = [
      JSON.stringify({ data: [{ id: `${operator}-model` }, { id: key }] }),
      JSON.stringify({ choices: [{ index: 0, message: { content: everywhere } }] }),
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: everywhere }, finish_reason: key }] })}\n\n`,
    ];
    const server = await startLoopback((response, { url }) => {
      const isFailing = url.startsWith('/failing');
      response.writeHead(isFailing ? 400 : 200, { 'x-request-id': operator, 'set-cookie': key, via: key });
      const body = isFailing
        ? JSON.stringify({ error: { code: operator, message: everywhere } })
        : bodies.shift();
      response.end(body);
    });
    const capture = createCapture();
    try {
      for (const base of ['', '/failing']) {
        const connection: Connection = {
          name: 'work',
          kind: 'openai-compatible',
          url: server.url + base,
          credential: key,
          operatorId: operator,
          headers: { 'x-tenant': header },
          models: { [operator]: { name: key } },
        };
        const findings: Finding[] = [];
        const endpoint = createEndpoint(connection, { fetch: capture.fetch });
        for await (const finding of diagnose({
          connection: { ...connection, url: connection.url.replace('127.0.0.1', 'localhost') },
          whole: endpoint,
          streamed: endpoint,
          capture,
          proxies: {
            settings: { 'http.proxy': `http://${login}@proxy:1/?a=query-secret`, 'http.noProxy': [operator] },
            environment: { HTTPS_PROXY: `${login}@proxy:3128`, no_proxy: key },
          },
          probes: {
            system: key,
            resolve: () => Promise.reject(Object.assign(new Error(everywhere), { code: operator })),
            connect: () =>
              Promise.resolve({
                protocol: operator,
                refusal: key,
                certificate: { subject: key, issuer: operator, validFrom: header, validTo: everywhere },
              }),
          },
          mask,
          l10n: untranslated,
          now: () => performance.now(),
          signal: new AbortController().signal,
          onStep: () => undefined,
        })) {
          // Each sentence by itself: the mask of the whole report is the second line of defence.
          assertHidden(finding.text);
          findings.push(finding);
        }
        assert.ok(findings.length === 9 && findings.some(({ text }) => text.includes(String.raw`\*\*\*`)));
        const report = diagnosisReport(
          {
            findings,
            isStopped: true,
            connection,
            key: { variable: key },
            settingsProblems: [everywhere],
            // The longest one is cut in the middle of the key.
            place: {
              extension: header,
              vscode: operator,
              system: 'x'.repeat(290) + key,
              remote: everywhere,
            },
          },
          mask,
          untranslated,
        );
        assertHidden(report);
        assert.match(report, /^# Tachyon Chat/);
        assert.match(report, /Stopped here/);
      }
      const recording = recordingOf(capture.exchanges, {
        kind: 'openai-compatible',
        base: server.url,
        mask,
      });
      assertHidden(JSON.stringify(recording));
      const replies = recording.exchanges.map(({ chunks }) =>
        chunks.map(({ base64 }) => Buffer.from(base64, 'base64').toString()).join(''),
      );
      assert.equal(replies.length, 6);
      for (const reply of replies) {
        assertHidden(reply);
        JSON.parse(reply.replace(/^data: /, ''));
      }
    } finally {
      await server.stop();
    }
  });

  it('is inert Markdown that leaves harmless texts as they are', () => {
    const connection: Connection = {
      name: 'work',
      kind: 'tachyon',
      url: 'https://api.example.com/base',
      operatorId: operator,
      parameters: { temperature: 0 },
    };
    const report = diagnosisReport(
      {
        findings: [
          { step: 'proxy', outcome: 'ok', text: 'Is it so? Yes.' },
          { step: 'whole', outcome: 'problem', text: `Sign in with ${key}.` },
        ],
        isStopped: false,
        connection,
        key: 'stored',
        settingsProblems: ['Connection “x” <b>must</b> be [an](https://x.example) object.'],
        place: { extension: 'x `b` <i>', vscode: '1.140.0 (desktop)' },
      },
      mask,
      untranslated,
    );
    assert.match(report, /^1\. \*\*Proxy: ok\.\*\* Is it so\? Yes\.$/m);
    assert.match(report, /^2\. \*\*Whole answer: PROBLEM\.\*\* Sign in with \*\*\*\.$/m);
    assert.match(report, /^- Extension: `x ˋbˋ <i>`$/m);
    assert.match(report, /^- VS Code: `1\.140\.0 \(desktop\)`$/m);
    assert.match(report, /^- URL: `https:\/\/api\.example\.com\/base`$/m);
    assert.match(report, /^- Operator: yes$/m);
    assert.match(report, /^- Key: stored$/m);
    assert.match(report, /^- Extension host: web worker$/m);
    assert.doesNotMatch(report, /(?<!\\)<b>|(?<!\\)\[an|Stopped here/);
  });

  it('masks an error without changing what it is', () => {
    const details: ApiErrorDetails = {
      status: 403,
      code: 'X',
      providerMessage: `no ${operator}`,
      problem: 'urlHasQuery',
    };
    const more = { ...details, headers: { via: key }, cause: key };
    const masked = mask.error(new ApiError('forbidden', `no ${key}`, more));
    assert.equal(masked.kind, 'forbidden');
    assert.deepEqual(masked.details, { ...details, providerMessage: 'no ***' });
    assert.deepEqual([masked.message, masked.cause], ['no ***', undefined]);
  });

  it('masks a body without moving a byte, in whatever encoding it is', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
    assert.deepEqual(createSecretMask([]).bytes(bytes), bytes);
    const text = new TextEncoder().encode(`仙台 ${operator} 😀`);
    const masked = mask.bytes(text);
    assert.equal(masked.length, text.length);
    assert.equal(new TextDecoder().decode(masked), `仙台 ${'*'.repeat(operator.length)} 😀`);
  });
});
