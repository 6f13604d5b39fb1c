import { chunk, done, event, eventStream, greeted, hello, type Quirk, stop } from './quirk.ts';

const whole = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'ganz 全部' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
};
const toldWhole = { text: 'ganz 全部', finish: 'stop', tokens: 3 };

/** The rows of wire contract F about texts, usage and framing. */
export const quirks: readonly Quirk[] = [
  {
    name: 'OpenRouter: comment lines',
    body: `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${hello}: OPENROUTER PROCESSING\n\n${stop}${done}`,
    contentType: eventStream,
    told: greeted,
  },
  {
    name: 'OpenRouter: comments that a gateway wrapped as data',
    body: `data: : OPENROUTER PROCESSING\n\n${hello}data: : OPENROUTER PROCESSING\n\n${stop}${done}`,
    contentType: eventStream,
    told: greeted,
  },
  {
    name: 'Azure: a first chunk of filter results, and a late choice without delta',
    body:
      event({
        id: '',
        choices: [],
        created: 0,
        model: '',
        object: '',
        prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
      }) +
      hello +
      stop +
      event({ id: '', choices: [{ index: 0, finish_reason: null, content_filter_offsets: { end: 9 } }] }) +
      done,
    contentType: eventStream,
    told: greeted,
  },
  {
    name: 'Azure: CRLF frames',
    body: `${hello}${stop}${done}`.replaceAll('\n', '\r\n'),
    contentType: eventStream,
    told: greeted,
  },
  {
    name: 'DeepSeek: keep-alive comments',
    body: `: keep-alive\n\n: keep-alive\n\n${hello}: keep-alive\n\n${stop}${done}`,
    contentType: eventStream,
    told: greeted,
  },
  {
    name: 'DeepSeek: blank lines before the JSON of a whole reply',
    body: `${'\n'.repeat(40)}\r\n  ${JSON.stringify(whole)}`,
    contentType: 'application/json',
    told: toldWhole,
  },
  {
    name: 'DeepSeek: closed after ten minutes of comments',
    body: ': keep-alive\n\n'.repeat(5),
    contentType: eventStream,
    told: { text: '' },
  },
  {
    name: 'DeepSeek: `reasoning_content`',
    body: `${chunk({ content: null, reasoning_content: 'Hm' })}${chunk({ content: null, reasoning_content: ' 🤔' })}${chunk({ content: 'Ja', reasoning_content: null })}${stop}${done}`,
    contentType: eventStream,
    told: { text: 'Ja', reasoning: 'Hm 🤔', finish: 'stop' },
  },
  {
    name: 'OpenRouter and hosts of gpt-oss: `reasoning`',
    body: `${chunk({ content: '', reasoning: 'Hm' })}${chunk({ content: 'Ja', reasoning: null })}${stop}${done}`,
    contentType: eventStream,
    told: { text: 'Ja', reasoning: 'Hm', finish: 'stop' },
  },
  {
    name: 'Groq: usage in `x_groq` of the last chunk',
    body: `${chunk({ content: '' }, null, { x_groq: { id: 'req_1' } })}${hello}${chunk({}, 'stop', { x_groq: { id: 'req_1', usage: { queue_time: 0.1, prompt_tokens: 4, completion_tokens: 7, total_tokens: 11 } } })}${done}`,
    contentType: eventStream,
    told: { ...greeted, tokens: 11 },
  },
  {
    name: 'llama.cpp: `[DONE]` without a blank line, a first content of null, and pings',
    body: `: ping\n\n${chunk({ role: 'assistant', content: null })}${hello}: ping\n\n${stop}data: [DONE]`,
    contentType: eventStream,
    told: greeted,
  },
  {
    name: 'LM Studio: too long a context, and a stream of nothing',
    body: '',
    contentType: eventStream,
    told: { text: '' },
  },
  {
    name: 'Perplexity: the text so far beside each delta, and no end',
    body: ['Gr', 'üße', ' 🌍']
      .map((content, index, all) =>
        event({
          choices: [
            {
              index: 0,
              finish_reason: index === 2 ? 'stop' : null,
              message: { role: 'assistant', content: all.slice(0, index + 1).join('') },
              delta: { role: 'assistant', content },
            },
          ],
          usage: { prompt_tokens: 1, completion_tokens: index + 1, total_tokens: index + 2 },
        }),
      )
      .join(''),
    contentType: eventStream,
    told: { ...greeted, tokens: 4 },
  },
  {
    name: 'Gateways: no `[DONE]`',
    body: hello + stop,
    contentType: eventStream,
    told: greeted,
  },
  {
    name: 'Gateways: no finish reason',
    body: hello + done,
    contentType: eventStream,
    told: { text: 'Grüße 🌍' },
  },
  {
    name: 'Atoma: neither',
    body: `: keep-alive\n\n${hello}: keep-alive\n\n`,
    contentType: eventStream,
    told: { text: 'Grüße 🌍' },
  },
  {
    name: 'Gateways: whole JSON although a stream was asked for',
    body: JSON.stringify(whole, undefined, 2),
    contentType: 'application/json',
    told: toldWhole,
  },
  {
    name: 'Gateways: whole JSON as an event stream, closed by `[DONE]`',
    body: `${JSON.stringify(whole)}\n\ndata: [DONE]\n\n`,
    contentType: eventStream,
    told: toldWhole,
  },
  { name: "Proxies of vLLM's: no content type", body: hello + stop + done, told: greeted },
  {
    name: 'A wrong content type',
    body: hello + stop + done,
    contentType: 'text/readystream',
    told: greeted,
  },
  {
    name: 'sse-starlette: CRLF, with pings and named events',
    body: `: ping - 2025-01-01\n\n${hello}${stop}${done}`
      .replaceAll('data:', 'event: message\ndata:')
      .replaceAll('\n', '\r\n'),
    contentType: `${eventStream}; charset=utf-8`,
    told: greeted,
  },
  {
    name: 'A byte order mark before the first event',
    body: `\uFEFF${hello}${stop}${done}`,
    contentType: eventStream,
    told: greeted,
  },
  {
    name: 'GLM: two chunks in one line, both whole',
    body: `${hello.replace('\n\ndata: ', 'data: ')}${stop}${done}`,
    contentType: eventStream,
    told: greeted,
  },
  {
    name: 'GLM: two chunks and the end as lines of one event',
    body: `${hello}${stop}${done}`.replaceAll('\n\n', '\n'),
    contentType: eventStream,
    told: greeted,
  },
];
