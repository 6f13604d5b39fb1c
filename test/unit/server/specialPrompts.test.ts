import assert from 'node:assert/strict';
import type { RunningServer } from '../../server/server.ts';
import type { Chunk } from './httpCalls.ts';
import { createServer } from '../../server/server.ts';
import { ask, askStream, openaiKinds } from './dialectCalls.ts';
import { call, newRoom, storedMessages, textOf } from './httpCalls.ts';

type Field = 'content' | 'reasoning_content' | 'refusal';

function fieldOf({ delta }: Chunk['choices'][number], field: Field): string {
  const value = delta[field];
  return typeof value === 'string' ? value : '';
}

function joined(chunks: readonly Chunk[], field: Field): string {
  return chunks.flatMap(({ choices }) => choices.map((choice) => fieldOf(choice, field))).join('');
}

function image(url: string): object {
  return { type: 'image_url', image_url: { url } };
}

describe('test server: special prompts', () => {
  let server: RunningServer;
  before(async () => {
    server = await createServer();
  });
  after(() => server.close());

  const refusal = 'The demo model refuses to answer this.';
  const reasoning = /^The question is short\. /;
  /** What the whole reply's message and finish reason are. */
  const rows: [kind: (typeof openaiKinds)[number], prompt: string, message: object, finish: string][] = [
    ['openai', '!refuse', { content: null, refusal }, 'stop'],
    ['atoma', '!refuse', { content: refusal }, 'stop'],
    ['openai-compatible', '!refuse', { content: refusal }, 'stop'],
    ['openai', '!reason my answer', { content: 'my answer', refusal: null }, 'stop'],
    ['atoma', '!reason my answer', { content: 'my answer' }, 'stop'],
    ['openai', '!length', { content: 'This answer ends in the middle of a' }, 'length'],
    ['atoma', '!length', { content: 'This answer ends in the middle of a' }, 'length'],
    ['openai-compatible', '!filter', { content: 'This answer ends at a' }, 'content_filter'],
    ['openai', '!filter', { content: 'This answer ends at a' }, 'content_filter'],
    ['atoma', '!audio my words', { content: 'my words' }, 'stop'],
    ['openai-compatible', '!nothing', {}, 'stop'],
    ['openai', '!toString', {}, 'stop'],
  ];
  for (const [kind, prompt, message, finish] of rows) {
    it(`${kind}: answers ${prompt}, whole and streamed alike`, async () => {
      const whole = await ask(server, kind, prompt);
      const expected = { choices: [{ message, finish_reason: finish }] };
      assert.partialDeepStrictEqual(whole.body, expected);
      const { chunks, text } = await askStream(server, kind, prompt);
      const body: { choices: { message: { content: string | null } }[] } = JSON.parse(whole.text);
      assert.equal(textOf(text), body.choices[0]?.message.content ?? '');
      assert.equal(chunks.at(-1)?.choices[0]?.finish_reason, finish);
      const told: { refusal?: string | null } = message;
      assert.equal(joined(chunks, 'refusal'), told.refusal ?? '');
      assert.doesNotMatch(whole.text + text, /reasoning_content|"audio"/);
    });
  }

  it('reasons in a field of its own where there is one, and counts it where it is hidden', async () => {
    const { chunks, text } = await askStream(server, 'openai-compatible', '!reason my answer');
    assert.match(joined(chunks, 'reasoning_content'), reasoning);
    assert.equal(textOf(text), 'my answer');
    assert.match((await ask(server, 'openai-compatible', '!reason x')).text, /"reasoning_content":"The/);
    assert.partialDeepStrictEqual((await ask(server, 'openai', '!reason x')).body, {
      usage: { completion_tokens: 16, completion_tokens_details: { reasoning_tokens: 15 } },
    });
  });

  for (const kind of openaiKinds) {
    it(`${kind}: thinks in the content, with tags cut in pieces`, async () => {
      const { chunks, text } = await askStream(server, kind, '!think my answer');
      assert.match(textOf(text), /^<think>\nThe question [^<]+\n<\/think>\n\nmy answer$/);
      assert.ok(chunks.every((chunk) => !/<\/?think>/.test(joined([chunk], 'content'))));
    });
  }

  it('answers with audio: id, transcript, PCM and expiry, in pieces or whole', async () => {
    const { chunks } = await askStream(server, 'openai', '!audio my words');
    const audio = chunks.flatMap(({ choices }) => choices[0]?.delta.audio ?? []);
    assert.equal(audio.map(({ transcript }) => transcript ?? '').join(''), 'my words');
    assert.ok(audio.filter(({ data }) => data !== undefined).length > 1);
    const pcm = Buffer.concat(audio.map(({ data }) => Buffer.from(data ?? '', 'base64')));
    assert.equal(pcm.length, 12_000);
    const reply = (await ask(server, 'openai', '!audio my words')).body;
    assert.partialDeepStrictEqual(reply, {
      choices: [
        { message: { content: null, audio: { transcript: 'my words', data: pcm.toString('base64') } } },
      ],
    });
    const { text } = await ask(server, 'openai', '!audio x', { audio: { voice: 'alloy', format: 'wav' } });
    assert.match(text, /"audio":\{"id":"audio_\w+","transcript":"x","data":"UklGR\S+","expires_at":\d+/);
  });

  it('tells what was attached', async () => {
    const content = [
      { type: 'text', text: '!image' },
      image('data:image/png;base64,AAAA'),
      image('https://example.com/a.jpg'),
    ];
    const more = [
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
      { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA', filename: 'a.pdf' } },
    ];
    const told = 'Images: 2 (image/png, https). Audio: ';
    const messages = [{ role: 'user', content: [...content, ...more] }];
    assert.partialDeepStrictEqual((await ask(server, 'openai', '', { messages })).body, {
      choices: [{ message: { content: `${told}1 (wav). Files: 1 (application/pdf).` } }],
    });
    assert.partialDeepStrictEqual(
      (await ask(server, 'atoma', '', { messages: [{ role: 'user', content }] })).body,
      { choices: [{ message: { content: `${told}0. Files: 0.` } }] },
    );
  });

  it('interleaves alternatives whose texts differ', async () => {
    const { chunks } = await askStream(server, 'openai', '!echo a b', { n: 3 });
    const choices = chunks.flatMap((chunk) => chunk.choices);
    assert.deepEqual(
      choices.slice(0, 7).map(({ index }) => index),
      [0, 1, 2, 0, 1, 2, 0],
    );
    const textAt = (at: number): string =>
      choices.map((choice) => (choice.index === at ? fieldOf(choice, 'content') : '')).join('');
    assert.deepEqual([0, 1, 2].map(textAt), ['a b', 'Alternative 2: a b', 'Alternative 3: a b']);
    assert.deepEqual(
      choices.slice(-3).map(({ index, finish_reason: reason }) => [index, reason]),
      [0, 1, 2].map((index) => [index, 'stop']),
    );
    assert.partialDeepStrictEqual((await ask(server, 'atoma', '!echo a b', { n: 2 })).body, {
      choices: [
        { index: 0, message: { content: 'a b' } },
        { index: 1, message: { content: 'Alternative 2: a b' } },
      ],
    });
  });

  it('gives log probabilities when asked, streamed and whole', async () => {
    const fields = { logprobs: true, top_logprobs: 2 };
    const { chunks } = await askStream(server, 'openai', '!echo 仙台 x', fields);
    const tokens = chunks.flatMap(({ choices }) => choices[0]?.logprobs?.content ?? []);
    assert.deepEqual(
      tokens.map(({ token }) => token),
      ['仙台', ' x'],
    );
    assert.partialDeepStrictEqual((await ask(server, 'openai', '!echo a', fields)).body, {
      choices: [
        {
          logprobs: {
            content: [{ token: 'a', logprob: -0.125, bytes: [97], top_logprobs: [{ token: 'a' }, {}] }],
            refusal: null,
          },
        },
      ],
    });
    assert.match((await ask(server, 'openai', '!echo a')).text, /"logprobs":null/);
  });

  it('calls a tool, and shows what it answered', async () => {
    const tools = [{ type: 'function', function: { name: 'look' } }];
    const user = { role: 'user', content: '!tool look {"at":"x"}' };
    const call0 = {
      id: 'call_demo_1',
      type: 'function',
      function: { name: 'look', arguments: '{"at":"x"}' },
    };
    for (const kind of openaiKinds) {
      assert.partialDeepStrictEqual((await ask(server, kind, user.content, { tools })).body, {
        choices: [{ message: { content: null, tool_calls: [call0] }, finish_reason: 'tool_calls' }],
      });
      const messages = [
        user,
        { role: 'assistant', content: '', tool_calls: [call0] },
        { role: 'tool', tool_call_id: call0.id, content: 'a tree' },
      ];
      assert.partialDeepStrictEqual((await ask(server, kind, '', { messages, tools })).body, {
        choices: [{ message: { content: 'The tool answered: a tree' }, finish_reason: 'stop' }],
      });
    }
  });

  it('stops at max_tokens too', async () => {
    const { body } = await ask(server, 'atoma', '!echo one two three', { max_tokens: 2 });
    assert.partialDeepStrictEqual(body, {
      choices: [{ message: { content: 'one two' }, finish_reason: 'length' }],
    });
  });

  it('answers in chatrooms of Tachyon, which have only text', async () => {
    const room = await newRoom(server);
    for (const prompt of ['!reason my answer', '!refuse', '!length', '!audio my words']) {
      await call(server, 'POST', `${room}/chat/completions`, {
        messages: [{ role: 'user', content: prompt }],
      });
    }
    const answers = (await storedMessages(server, room)).flatMap(([role, text]) =>
      role === 'assistant' ? text : [],
    );
    const cut = 'This answer ends in the middle of a';
    assert.deepEqual(answers, ['my answer', refusal, cut, 'my words']);
  });

  it('stores only the first alternative in a chatroom', async () => {
    const room = await newRoom(server);
    const messages = [{ role: 'user', content: '!echo a b' }];
    const { body } = await call(server, 'POST', `${room}/chat/completions`, { messages, n: 2 });
    assert.partialDeepStrictEqual(body, {
      choices: [{ message: { content: 'a b' } }, { message: { content: 'Alternative 2: a b' } }],
    });
    assert.deepEqual((await storedMessages(server, room)).at(-1), ['assistant', 'a b']);
  });
});
