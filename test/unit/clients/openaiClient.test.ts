import assert from 'node:assert/strict';
import { OpenAI } from 'openai';
import type { ClientOptions } from 'openai';
import type { StatusFault } from '../../server/faults.ts';
import { createServer, developmentKey, type RunningServer } from '../../server/server.ts';

type Chunk = OpenAI.ChatCompletionChunk;

const model = 'gpt-4o-demo';
const tool: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
};

function prompts(content: string): OpenAI.ChatCompletionMessageParam[] {
  return [{ role: 'user', content }];
}

async function readAll(stream: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return chunks;
}

/** The text of one choice. */
function textOf(chunks: readonly Chunk[], index = 0): string {
  return chunks
    .flatMap(({ choices }) => choices.filter((choice) => choice.index === index))
    .map(({ delta }) => delta.content ?? '')
    .join('');
}

async function failure(promise: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof OpenAI.APIError, `no APIError: ${String(error)}`);
  return error;
}

describe('the openai client and our server', () => {
  let server: RunningServer;
  let client: OpenAI;

  function connect(options: ClientOptions = {}): OpenAI {
    const baseURL = server.baseUrls.openai;
    return new OpenAI({ apiKey: developmentKey, baseURL, maxRetries: 0, logLevel: 'off', ...options });
  }

  before(async () => {
    server = await createServer();
    client = connect();
  });

  after(() => server.close());

  afterEach(() => server.clearFaults());

  it('list the models', async () => {
    const { data } = await client.models.list();
    assert.deepEqual(data.find(({ id }) => id === model)?.object, 'model');
    assert.ok(data.every(({ created, owned_by: owner }) => created > 0 && owner !== ''));
  });

  it('agree on a whole reply', async () => {
    const reply = await client.chat.completions.create({ model, messages: prompts('!echo Grüße 🌍') });
    assert.equal(reply.object, 'chat.completion');
    assert.equal(reply.choices[0]?.message.content, 'Grüße 🌍');
    assert.equal(reply.choices[0].finish_reason, 'stop');
    const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = reply.usage ?? {};
    assert.ok(prompt !== undefined && prompt > 0 && completion !== undefined && completion > 0);
    assert.equal(total, prompt + completion);
    assert.match(reply._request_id ?? '', /^req_/);
  });

  it('agree on a stream, with its usage in a chunk of its own', async () => {
    const chunks = await readAll(
      await client.chat.completions.create({
        model,
        messages: prompts('!echo Grüße 🌍 an alle'),
        stream: true,
        stream_options: { include_usage: true },
      }),
    );
    assert.equal(textOf(chunks), 'Grüße 🌍 an alle');
    assert.equal(chunks[0]?.choices[0]?.delta.role, 'assistant');
    const last = chunks.at(-1);
    assert.deepEqual(last?.choices, []);
    assert.ok(last.usage && last.usage.total_tokens > 0);
    assert.ok(chunks.slice(0, -1).every(({ usage }) => usage === null));
    assert.equal(chunks.at(-2)?.choices[0]?.finish_reason, 'stop');
  });

  it('agree on a stream without usage', async () => {
    const stream = await client.chat.completions.create({ model, messages: prompts('Hi'), stream: true });
    const chunks = await readAll(stream);
    assert.notEqual(textOf(chunks), '');
    assert.ok(chunks.every(({ usage, choices }) => usage === undefined && choices.length === 1));
  });

  it('agree on two alternatives', async () => {
    const request = { model, messages: prompts('!echo One'), n: 2 };
    const { choices } = await client.chat.completions.create(request);
    const texts = choices.map(({ message }) => message.content);
    assert.deepEqual(texts, ['One', 'Alternative 2: One']);
    const chunks = await readAll(await client.chat.completions.create({ ...request, stream: true }));
    assert.deepEqual([textOf(chunks), textOf(chunks, 1)], texts);
  });

  it('agree on a tool call and its result, collected by the client itself', async () => {
    const messages = prompts('!tool get_weather {"city":"Köln"}');
    const stream = client.chat.completions.stream({ model, messages, tools: [tool] });
    const [streamed] = (await stream.finalChatCompletion()).choices;
    const [whole] = (await client.chat.completions.create({ model, messages, tools: [tool] })).choices;
    for (const choice of [streamed, whole]) {
      assert.equal(choice?.finish_reason, 'tool_calls');
      const [call] = choice.message.tool_calls ?? [];
      assert.ok(call?.type === 'function');
      const { id, type, function: called } = call;
      assert.deepEqual([called.name, called.arguments], ['get_weather', '{"city":"Köln"}']);
      // The client's own collection carries fields that requests don't have.
      const calls = [{ id, type, function: { name: called.name, arguments: called.arguments } }];
      const next: OpenAI.ChatCompletion = await client.chat.completions.create({
        model,
        messages: [
          ...messages,
          { role: 'assistant', content: choice.message.content, tool_calls: calls },
          { role: 'tool', tool_call_id: id, content: 'rain' },
        ],
        tools: [tool],
      });
      assert.equal(next.choices[0]?.message.content, 'The tool answered: rain');
    }
  });

  for (const [prompt, finish] of [
    ['!length', 'length'],
    ['!filter', 'content_filter'],
  ] as const) {
    it(`agree on an answer that ends with ${finish}`, async () => {
      const request = { model, messages: prompts(prompt) };
      const whole = await client.chat.completions.create(request);
      const chunks = await readAll(await client.chat.completions.create({ ...request, stream: true }));
      assert.equal(whole.choices[0]?.finish_reason, finish);
      assert.equal(chunks.at(-1)?.choices[0]?.finish_reason, finish);
    });
  }

  it('agree on a refusal', async () => {
    const stream = client.chat.completions.stream({ model, messages: prompts('!refuse') });
    const { message } = (await stream.finalChatCompletion()).choices[0] ?? {};
    assert.match(message?.refusal ?? '', /refuses/);
    assert.equal(message?.content ?? '', '');
  });

  it('agree on images', async () => {
    const content: OpenAI.ChatCompletionContentPart[] = [
      { type: 'text', text: '!image' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    ];
    const reply = await client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
    assert.match(reply.choices[0]?.message.content ?? '', /Images: 2 \(image\/png, https\)/);
  });

  const faults: [name: StatusFault['name'], error: new (...parts: never[]) => Error][] = [
    ['400', OpenAI.BadRequestError],
    ['401', OpenAI.AuthenticationError],
    ['403', OpenAI.PermissionDeniedError],
    ['404', OpenAI.NotFoundError],
    ['409', OpenAI.ConflictError],
    ['422', OpenAI.UnprocessableEntityError],
    ['429', OpenAI.RateLimitError],
    ['500', OpenAI.InternalServerError],
  ];
  for (const [name, type] of faults) {
    it(`agree on a ${name}`, async () => {
      server.fault({ name });
      const error = await failure(client.chat.completions.create({ model, messages: prompts('Hi') }));
      assert.ok(error instanceof type, String(error));
      assert.equal(error.status, Number(name));
    });
  }

  it('agree on what a wrong key, a wrong model and an unknown field are', async () => {
    const messages = prompts('Hi');
    const stranger = connect({ apiKey: 'sk-of-somebody-else' });
    const odd = { model, messages, temprature: 1 };
    const errors = [
      await failure(stranger.chat.completions.create({ model, messages })),
      await failure(client.chat.completions.create({ model: 'no-such-model', messages })),
      await failure(client.chat.completions.create(odd)),
    ];
    assert.deepEqual(
      errors.map(({ status, code, param }) => ({ status, code, param })),
      [
        { status: 401, code: 'invalid_api_key', param: null },
        { status: 404, code: 'model_not_found', param: null },
        { status: 400, code: 'unknown_parameter', param: 'temprature' },
      ],
    );
    assert.ok(!errors.some(({ message }) => message.includes('sk-of-somebody-else')));
  });

  it('get over a 429 together, and not over a 500 that is final', async () => {
    const patient = connect({ maxRetries: 2 });
    const count = (): number => server.requests.length;
    const before = count();
    server.fault({ name: '429retry-after-ms' });
    const reply = await patient.chat.completions.create({ model, messages: prompts('!echo again') });
    assert.equal(reply.choices[0]?.message.content, 'again');
    assert.equal(count() - before, 2);
    assert.equal(server.requests.at(-1)?.headers['x-stainless-retry-count'], '1');
    server.fault({ name: '500final' });
    await failure(patient.chat.completions.create({ model, messages: prompts('Hi') }));
    assert.equal(count() - before, 3);
  });

  it('agree on an error in the middle of a stream', async () => {
    server.fault({ name: 'error-data', body: { code: 'overloaded', message: 'No more.' } });
    const stream = await client.chat.completions.create({
      model,
      messages: prompts('!long 300'),
      stream: true,
    });
    const error = await failure(readAll(stream));
    assert.deepEqual([error.code, error.message], ['overloaded', 'No more.']);
  });
});
