import { chunk, done, event, eventStream, hello, type Quirk, stop } from './quirk.ts';

/** The rows of wire contract F about errors inside a reply. */
export const errorQuirks: readonly Quirk[] = [
  {
    name: 'OpenRouter: an error with a numeric code in mid-stream',
    body:
      hello +
      event({
        error: { code: 502, message: 'Provider disconnected' },
        choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
      }),
    contentType: eventStream,
    told: { text: 'Grüße 🌍', error: ['provider', '502', 'Provider disconnected'] },
  },
  {
    name: 'llama.cpp: a field `error:` in old builds',
    body: `${hello}error: {"code":500,"message":"slot unavailable","type":"server_error"}\n\n${done}`,
    contentType: eventStream,
    told: { text: 'Grüße 🌍', error: ['provider', '500', 'slot unavailable'] },
  },
  {
    name: 'llama.cpp: the error as data in new builds',
    body: hello + event({ error: { code: 500, message: 'slot unavailable', type: 'server_error' } }) + done,
    contentType: eventStream,
    told: { text: 'Grüße 🌍', error: ['provider', '500', 'slot unavailable'] },
  },
  {
    name: 'vLLM: an error object in mid-stream',
    body:
      hello +
      event({ error: { object: 'error', message: 'engine died', type: 'Internal', code: 500 } }) +
      done,
    contentType: eventStream,
    told: { text: 'Grüße 🌍', error: ['provider', '500', 'engine died'] },
  },
  {
    name: 'SGLang: a whole event that is an error',
    body: hello + event({ object: 'error', message: 'too long', type: 'BadRequest', param: null, code: 400 }),
    contentType: eventStream,
    told: { text: 'Grüße 🌍', error: ['provider', '400', 'too long'] },
  },
  {
    name: 'LM Studio: a wrong path answered with 200',
    body: '{"error":"Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway"}',
    contentType: 'application/json; charset=utf-8',
    told: {
      text: '',
      error: [
        'provider',
        null,
        'Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway',
      ],
    },
  },
  {
    name: 'LM Studio: too long a context, told as an event of a 200',
    body: 'event: error\ndata: {"error":{"message":"Trying to keep the first 9000 tokens"},"message":"x"}\n\n',
    contentType: eventStream,
    told: { text: '', error: ['provider', null, 'Trying to keep the first 9000 tokens'] },
  },
  {
    name: 'LM Studio: an error chunk without a type',
    body: hello + event({ error: { message: 'Model unloaded' }, message: 'Model unloaded' }),
    contentType: eventStream,
    told: { text: 'Grüße 🌍', error: ['provider', null, 'Model unloaded'] },
  },
  {
    name: 'GLM: a chunk that breaks off where the next begins',
    body: `${hello}data: {"id":"1","choices":[{"index":0,"delta":{"role":"a${chunk({ content: '!' })}${stop}${done}`,
    contentType: eventStream,
    told: { text: 'Grüße 🌍', error: ['malformedReply', null, null] },
  },
  {
    name: 'Errors keep their code beside the message',
    body: event({
      error: { message: 'Slow down', type: 'requests', param: null, code: 'rate_limit_exceeded' },
    }),
    contentType: eventStream,
    told: { text: '', error: ['provider', 'rate_limit_exceeded', 'Slow down'] },
  },
];
