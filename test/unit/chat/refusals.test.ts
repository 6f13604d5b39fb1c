import assert from 'node:assert/strict';
import { createChatCompletion } from '../../../src/api/chatCompletions.ts';
import { ApiError, invalidRequest } from '../../../src/api/apiError.ts';
import type { ConnectionKind } from '../../../src/api/connection.ts';
import { type DescribedError, describeError } from '../../../src/chat/describeError.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';

interface Refusal {
  readonly kind: ConnectionKind;
  readonly status: number;
  readonly body: unknown;
  readonly sentence: RegExp;
  readonly action: DescribedError['action'];
  readonly parameter?: string;
}

const compatible = 'openai-compatible';
const html = '<!doctype html><html><head><title>404 Not Found</title></head><body>nginx</body></html>';

/** What servers answer, and what a person reads. */
const refusals: Readonly<Record<string, Refusal>> = {
  'a reasoning model refuses a parameter': {
    kind: 'openai',
    status: 400,
    body: {
      error: {
        message: "Unsupported value: 'temperature' does not support 0.2 with this model.",
        type: 'invalid_request_error',
        param: 'temperature',
        code: 'unsupported_value',
      },
    },
    sentence:
      /^“dev”: the model does not take “temperature” as it is set; leave it out or change it\. The server/,
    action: 'dropParameter',
    parameter: 'temperature',
  },
  'a server refuses what we send by ourselves': {
    kind: compatible,
    status: 422,
    body: {
      detail: [
        { type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' },
      ],
    },
    sentence: /does not take “stream\\_options”/,
    action: 'dropParameter',
    parameter: 'stream_options',
  },
  'another 400': {
    kind: 'atoma',
    status: 400,
    body: { error: { code: 'REQUEST_ERROR', message: 'Missing or invalid message content' } },
    sentence: /^“dev” did not accept the request \(400\).*REQUEST\\_ERROR/,
    action: 'openSettings',
  },
  'OpenAI does not have the model': {
    kind: 'openai',
    status: 404,
    body: { error: { message: 'The model `x` does not exist', param: null, code: 'model_not_found' } },
    sentence: /^“dev” cannot answer with this model; pick another one\./,
    action: 'pickModel',
  },
  'the model does not chat': {
    kind: 'openai',
    status: 404,
    body: { error: { message: 'This is not a chat model', param: 'model', code: null } },
    sentence: /cannot answer with this model/,
    action: 'pickModel',
  },
  'Ollama does not have the model': {
    kind: compatible,
    status: 404,
    body: { error: { message: 'model "x" not found, try pulling it first', type: 'api_error', code: null } },
    sentence: /cannot answer with this model.*try pulling it first/,
    action: 'pickModel',
  },
  'OpenRouter does not have the model': {
    kind: compatible,
    status: 400,
    body: { error: { message: 'acme/x is not a valid model ID', code: 400 } },
    sentence: /cannot answer with this model/,
    action: 'pickModel',
  },
  'Tachyon does not have the model': {
    kind: 'tachyon',
    status: 400,
    body: { code: 'BAD_REQUEST', message: 'model_not_registered: acme/x' },
    sentence: /cannot answer with this model/,
    action: 'pickModel',
  },
  'a 404 of Tachyon': {
    kind: 'tachyon',
    status: 404,
    body: { code: 'NOT_FOUND', message: 'no such room' },
    sentence: /does not know this address, chatroom or model \(404\)/,
    action: 'openSettings',
  },
  'a wrong base path, told with 404 by a page': {
    kind: compatible,
    status: 404,
    body: html,
    sentence:
      /^“dev” gives no answer of a model at http\\:\/\/127\.0\.0\.1:\d+\/chat\/completions \(404\).*usually ends in \/v1\./,
    action: 'openSettings',
  },
  'a wrong base path, told with 404 by OpenAI': {
    kind: 'openai',
    status: 404,
    body: { error: { message: 'Invalid URL (POST /chat/completions)', type: 'invalid_request_error' } },
    sentence:
      /at http\\:\/\/127\.0\.0\.1:\d+\/chat\/completions \(404\), as a proxy or a wrong URL does; check the URL\. The server/,
    action: 'openSettings',
  },
  'a wrong base path, told with 200 by LM Studio': {
    kind: compatible,
    status: 200,
    body: { error: 'Unexpected endpoint or method. (POST /chat/completions)' },
    sentence:
      /at http\\:\/\/127\.0\.0\.1:\d+\/chat\/completions \(200\).*usually ends in \/v1\. The server says: “Unexpected/,
    action: 'openSettings',
  },
  'a wrong base path, answered with a page': {
    kind: compatible,
    status: 200,
    body: html,
    sentence: /\/chat\/completions \(200\).*usually ends in \/v1/,
    action: 'openSettings',
  },
  'a wrong base path, answered with other JSON': {
    kind: compatible,
    status: 200,
    body: { status: 'ok', version: '1.2.3' },
    sentence: /\/chat\/completions \(200\).*usually ends in \/v1/,
    action: 'openSettings',
  },
  'no credit where there is an operator': {
    kind: 'tachyon',
    status: 402,
    body: { error: 'payment_required', message: 'Insufficient credits', code: 'INSUFFICIENT_CREDITS' },
    sentence: /^The operator has no credit left at “dev” \(402\)/,
    action: 'retry',
  },
  'no credit where there is none': {
    kind: 'atoma',
    status: 402,
    body: { error: { code: 'BALANCE_ERROR', message: 'Insufficient balance' } },
    sentence: /^There is no credit left at “dev” \(402\)/,
    action: 'retry',
  },
  'no right where there is no operator': {
    kind: 'openai',
    status: 403,
    body: { error: { message: 'Country not supported' } },
    sentence: /^The key may not do this at “dev” \(403\); sign in with another key/,
    action: 'signIn',
  },
  'a used up quota': {
    kind: 'openai',
    status: 429,
    body: { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } },
    sentence: /^The quota at “dev” is used up \(429\); add credit/,
    action: 'retry',
  },
  'too many requests': {
    kind: 'openai',
    status: 429,
    body: { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } },
    sentence: /too many requests \(429\); wait a little/,
    action: 'retry',
  },
  'a slow upload': {
    kind: compatible,
    status: 408,
    body: '',
    sentence: /^“dev” waited too long for the request \(408\); ask again\.$/,
    action: 'retry',
  },
  'a conflict': {
    kind: 'openai',
    status: 409,
    body: '',
    sentence: /^“dev” cannot take the request just now \(409\); ask again in a while\.$/,
    action: 'retry',
  },
  'a locked stack': {
    kind: 'atoma',
    status: 423,
    body: { error: { code: 'LOCKED', message: 'Locked' } },
    sentence: /cannot take the request just now \(423\)/,
    action: 'retry',
  },
  'no free stack': {
    kind: 'atoma',
    status: 425,
    body: { error: { code: 'UNAVAILABLE_STACK', message: 'No stack' } },
    sentence: /cannot take the request just now \(425\)/,
    action: 'retry',
  },
};

describe('what a server refuses', () => {
  let answer: Refusal | undefined;
  let server: Loopback;

  before(async () => {
    server = await startLoopback((response) => {
      const { status = 500, body = '' } = answer ?? {};
      response.statusCode = status;
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });

  after(() => server.stop());

  for (const [what, refusal] of Object.entries(refusals)) {
    it(`is one sentence, with what to do: ${what}`, async () => {
      answer = refusal;
      const { kind, sentence, action, parameter } = refusal;
      const connection = {
        name: 'dev',
        kind,
        url: server.url,
        operatorId: 'tn_1',
        credential: 'sk_hidden',
        retry: { strategy: 'none' },
      } as const;
      const told = await createChatCompletion(connection, { model: 'x', messages: [] }).then(
        () => assert.fail('not refused'),
        (error: unknown) => describeError(error, 'dev', untranslated, kind),
      );
      assert.match(told.message, sentence);
      assert.equal(told.action, action);
      assert.equal(told.parameter, parameter);
      assert.doesNotMatch(told.message, /sk_hidden|undefined|\{\d\}/);
    });
  }

  it('says nothing of settings about an attachment that an API cannot take', () => {
    const error = invalidRequest('contentPart', 'Odd.', { subject: 'file' });
    assert.deepEqual(describeError(error, 'dev', untranslated, 'atoma'), {
      message: 'This connection takes no content of the type “file”; remove that attachment.',
    });
  });

  it('names no address where none is known', () => {
    const { message } = describeError(new ApiError('malformedReply', ''), 'dev', untranslated, compatible);
    assert.match(
      message,
      /no answer of a model, as a proxy or a wrong URL does; check the URL\. The URL of an/,
    );
  });
});
