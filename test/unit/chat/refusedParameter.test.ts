import assert from 'node:assert/strict';
import type { ApiErrorDetails } from '../../../src/api/apiError.ts';
import type { ConnectionKind } from '../../../src/api/connection.ts';
import { refusedParameter } from '../../../src/chat/refusedParameter.ts';

type Row = readonly [details: ApiErrorDetails, parameter: string | undefined, kind?: ConnectionKind];

/** What servers say, in their own words. */
const rows: Readonly<Record<string, Row>> = {
  'the field for it': [{ param: 'temperature' }, 'temperature', 'openai'],
  'a field inside of it': [{ param: 'stream_options.include_obfuscation' }, 'stream_options', 'openai'],
  'an entry of it': [{ param: 'logit_bias[50256]' }, 'logit_bias', 'openai'],
  'a field of the request that is no parameter': [
    { param: 'messages', providerMessage: "'stop'" },
    undefined,
  ],
  'a message in quotes': [
    { providerMessage: "Unsupported value: 'temperature' does not support 0.2 with this model." },
    'temperature',
    'openai',
  ],
  'the first of two': [
    { providerMessage: "Unsupported parameter: 'max_tokens' … Use 'max_completion_tokens' instead." },
    'max_tokens',
  ],
  'a message in backticks': [{ providerMessage: '`top_p` is deprecated for this model.' }, 'top_p'],
  'JSON inside of the message': [
    { providerMessage: '{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"]}]}' },
    'stream_options',
  ],
  'the place that FastAPI tells': [
    {
      status: 422,
      providerMessage: 'Input should be less than or equal to 1',
      body: '{"detail":[{"loc":["body","top_p"],"msg":"…","input":{"temperature":1}}]}',
    },
    'top_p',
  ],
  'no quotes': [{ providerMessage: 'property stream_options is unsupported' }, 'stream_options'],
  'one of Tachyon’s own': [
    { providerMessage: 'memory_settings: out of range' },
    'memory_settings',
    'tachyon',
  ],
  'one that another kind has': [{ providerMessage: 'memory_settings: out of range' }, undefined, 'openai'],
  'a word of a sentence': [{ providerMessage: 'Each user must stop here, or store n less.' }, undefined],
  'a role in quotes': [{ providerMessage: 'Roles must alternate "user"/"assistant"' }, undefined],
  'such a word as a parameter': [{ providerMessage: "Unknown parameter: 'user'." }, 'user'],
  'a longer word': [{ providerMessage: 'my_temperature_x and x-top_p-y' }, undefined],
  'another status': [{ status: 404, param: 'temperature' }, undefined],
  nothing: [{}, undefined],
};

describe('refusedParameter', () => {
  for (const [what, [details, parameter, kind = 'openai-compatible']] of Object.entries(rows)) {
    it(`finds ${parameter ?? 'none'}: ${what}`, () => {
      assert.equal(refusedParameter({ status: 400, ...details }, kind), parameter);
    });
  }

  it('is not held up by a long text', () => {
    const long = '"'.repeat(10_000) + '["loc":['.repeat(5000);
    assert.equal(refusedParameter({ status: 400, providerMessage: long, body: long }, 'openai'), undefined);
  });
});
