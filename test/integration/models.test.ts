import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createServer, developmentKey, developmentOperator, type RunningServer } from '../server/server.ts';
import { otherModel } from './support/extensions.ts';
import { askModel, modelOnce, modelsOnce } from './support/models.ts';
import { bodyOf, completions, isCompletion, routes } from './support/requests.ts';
import { connectionTo, resetSettings, setConnections } from './support/settings.ts';
import { signIn, signOut } from './support/signIn.ts';

/** One red pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

describe('the language model provider', () => {
  let server: RunningServer;
  let model: vscode.LanguageModelChat;

  beforeEach(async () => {
    server = await createServer();
    await setConnections({ tachyon: connectionTo(server) });
    model = await modelOnce('tachyon/tachyon/demo');
    await server.waitForRequest(({ path }) => path === '/v1/llms/models');
  });

  afterEach(async () => {
    await resetSettings();
    await server.close();
  });

  it('lists the chat models under their connection, with their real limits', async () => {
    const models = await vscode.lm.selectChatModels({ vendor: 'tachyon' });
    assert.deepEqual(Object.fromEntries(models.map(({ id, maxInputTokens }) => [id, maxInputTokens])), {
      'tachyon/tachyon/demo': 131_072 - 8192,
      'tachyon/tachyon/demo-large': 1_048_576 - 65_536,
      // Its window and its output have the same limit: half of it is left for a prompt.
      'tachyon/acme/zoo/nested-name:free': 2048,
      // The server gives no limits: assumed.
      'tachyon/acme/bare': 28_672,
      // Stands for whatever is the connection's default.
      'tachyon/default': 28_672,
    });
    assert.equal(model.name, 'demo');
  });

  it('streams an answer from the stateless endpoint and makes no chatroom', async () => {
    assert.equal(await askModel(model, '!echo 日本語 and **markdown**'), '日本語 and **markdown**');
    const [completion, ...more] = completions(server);
    assert.deepEqual(more, []);
    assert.equal(completion?.path, '/v1/llms/chat/completions');
    assert.deepEqual(bodyOf(completion), {
      model: 'tachyon/demo',
      messages: [{ role: 'user', content: '!echo 日本語 and **markdown**' }],
      stream: true,
    });
    assert.equal(completion?.headers.authorization, `Bearer ${developmentKey}`);
    assert.equal(completion?.headers['x-operator-id'], developmentOperator);
    assert.deepEqual(
      routes(server).filter((route) => route.includes('chatrooms')),
      [],
    );
  });

  it('delivers tool calls', async () => {
    const response = await model.sendRequest(
      [vscode.LanguageModelChatMessage.User('!tool weather {"city":"京都"}')],
      {
        tools: [
          {
            name: 'weather',
            description: 'Tells the weather.',
            inputSchema: { type: 'object', properties: { city: { type: 'string' } } },
          },
        ],
      },
    );
    const parts: unknown[] = [];
    for await (const part of response.stream) parts.push(part);
    const [call, ...more] = parts.filter((part) => part instanceof vscode.LanguageModelToolCallPart);
    assert.deepEqual(more, []);
    assert.equal(call?.name, 'weather');
    assert.deepEqual(call?.input, { city: '京都' });
    assert.equal(bodyOf(completions(server)[0])['tool_choice'], 'auto');
  });

  it('sends the result of a tool call', async () => {
    const call = new vscode.LanguageModelToolCallPart('call_1', 'weather', { city: 'Oslo' });
    const result = new vscode.LanguageModelToolResultPart('call_1', [
      new vscode.LanguageModelTextPart('Rain'),
    ]);
    const response = await model.sendRequest([
      vscode.LanguageModelChatMessage.User('Weather?'),
      vscode.LanguageModelChatMessage.Assistant([call]),
      vscode.LanguageModelChatMessage.User([result]),
    ]);
    for await (const piece of response.text) assert.equal(typeof piece, 'string');
    assert.deepEqual(bodyOf(completions(server)[0])['messages'], [
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
        ],
      },
      { role: 'tool', content: '[call_1]\nRain' },
    ]);
  });

  it('sends an image as data URL', async () => {
    const response = await model.sendRequest([
      vscode.LanguageModelChatMessage.User([
        new vscode.LanguageModelTextPart('What is this?'),
        vscode.LanguageModelDataPart.image(png, 'image/png'),
      ]),
    ]);
    for await (const piece of response.text) assert.equal(typeof piece, 'string');
    assert.deepEqual(bodyOf(completions(server)[0])['messages'], [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${png.toString('base64')}` } },
        ],
      },
    ]);
  });

  for (const [status, code] of [
    ['401', 'NoPermissions'],
    ['403', 'NoPermissions'],
    ['404', 'NotFound'],
    ['429', 'Blocked'],
    ['402', 'Blocked'],
  ] as const) {
    it(`tells a ${status} as LanguageModelError ${code}`, async () => {
      server.fault({ name: status, path: '/chat/completions' });
      await assert.rejects(askModel(model, 'Hi'), (error) => {
        assert.ok(error instanceof vscode.LanguageModelError, String(error));
        assert.equal(error.code, code);
        assert.ok(error.message.includes(status), error.message);
        return true;
      });
    });
  }

  it('rejects when the answer breaks off', async () => {
    server.fault({ name: 'cut' });
    await assert.rejects(askModel(model, '!long 500'), /was lost in mid-answer/);
  });

  it('closes the socket when it is cancelled', async () => {
    server.fault({ name: 'stall' });
    const source = new vscode.CancellationTokenSource();
    const answer = askModel(model, '!long 500', source.token);
    const stalled = await server.waitForRequest(isCompletion);
    source.cancel();
    assert.equal((await stalled.requestClosed).early, true);
    await assert.rejects(answer);
  });

  it('counts tokens', async () => {
    const text = 'The quick brown fox jumps over the lazy dog.';
    const count = await model.countTokens(text);
    assert.ok(count >= 8 && count <= 12, String(count));
    assert.equal(await model.countTokens(vscode.LanguageModelChatMessage.User(text)), count);
    assert.equal(await model.countTokens(''), 0);
    const result = new vscode.LanguageModelToolResultPart('call', [new vscode.LanguageModelTextPart(text)]);
    assert.equal(await model.countTokens(vscode.LanguageModelChatMessage.User([result])), count);
    const image = vscode.LanguageModelDataPart.image(new Uint8Array(8), 'image/png');
    assert.equal(await model.countTokens(vscode.LanguageModelChatMessage.User([image])), 1000);
  });

  it('serves other extensions', async () => {
    const other = await otherModel();
    assert.equal(await other.askTachyon('tachyon/tachyon/demo', '!echo for you'), 'for you');
    assert.equal(completions(server)[0]?.path, '/v1/llms/chat/completions');
  });

  describe('with a second connection', () => {
    let second: RunningServer;

    beforeEach(async () => {
      second = await createServer({ keys: { second_key: 'us_second' } });
      await setConnections({ tachyon: connectionTo(server), second: connectionTo(second) });
    });

    afterEach(() => second.close());

    it('never contacts it without a credential', async () => {
      await askModel(await modelOnce('tachyon/tachyon/demo'), 'Hi');
      assert.deepEqual(second.requests, []);
    });

    it('lists and asks both, each with its own key', async () => {
      await signIn('second', 'second_key');
      try {
        const models = await modelsOnce((ids) => ids.includes('second/tachyon/demo'));
        assert.ok(models.some(({ id }) => id === 'tachyon/tachyon/demo'));
        assert.equal(await askModel(await modelOnce('second/tachyon/demo'), '!echo second'), 'second');
        assert.equal(await askModel(await modelOnce('tachyon/tachyon/demo'), '!echo first'), 'first');
        assert.deepEqual(keys(second), ['Bearer second_key']);
        assert.deepEqual(keys(server), [`Bearer ${developmentKey}`]);
      } finally {
        await signOut('second');
      }
    });

    it('sends a stored key to no other origin', async () => {
      await signIn('second', 'second_key');
      await modelOnce('second/tachyon/demo');
      const elsewhere = await createServer({ keys: { second_key: 'us_second' } });
      try {
        await setConnections({ tachyon: connectionTo(server), second: connectionTo(elsewhere) });
        const stale = await modelOnce('second/tachyon/demo');
        await assert.rejects(askModel(stale, 'hi'), { code: 'NoPermissions' });
        assert.deepEqual(elsewhere.requests, []);
        await setConnections({ tachyon: connectionTo(server), second: connectionTo(second) });
        await modelOnce('second/tachyon/demo');
      } finally {
        await signOut('second');
        await elsewhere.close();
      }
    });

    it('keeps no key that the server refuses', async () => {
      await signIn('second', 'wrong');
      assert.deepEqual(keys(second), ['Bearer wrong']);
      const before = second.requests.length;
      await modelsOnce((ids) => ids.includes('tachyon/tachyon/demo'));
      assert.equal(second.requests.length, before);
    });
  });
});

function keys({ requests }: RunningServer): (string | undefined)[] {
  return [...new Set(requests.map(({ headers }) => headers.authorization))];
}
