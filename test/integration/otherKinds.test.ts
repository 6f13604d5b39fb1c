import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/shared/contributions.ts';
import { createServer, developmentKey, type RunningServer } from '../server/server.ts';
import { askModel, modelOnce, modelsOnce } from './support/models.ts';
import { bodyOf, completions } from './support/requests.ts';
import { resetSettings, setConnections } from './support/settings.ts';
import { signIn, signOut } from './support/signIn.ts';

describe('connections of other kinds', () => {
  let server: RunningServer;

  beforeEach(async () => {
    server = await createServer();
  });

  afterEach(async () => {
    await resetSettings();
    await server.close();
  });

  it('lists and asks a compatible server without a key', async () => {
    const url = server.baseUrls['openai-compatible'];
    await setConnections({ tachyon: null, local: { kind: 'openai-compatible', url } });
    const models = await modelsOnce((ids) => ids.includes('local/demo:latest'));
    assert.deepEqual(models.map(({ id }) => id).toSorted(), [
      'local/default',
      'local/demo-think:8b',
      'local/demo:latest',
    ]);
    assert.equal(await askModel(await modelOnce('local/demo:latest'), '!echo ok'), 'ok');
    const [request] = completions(server);
    assert.equal(request?.path, '/compatible/v1/chat/completions');
    assert.equal(request?.headers.authorization, undefined);
  });

  it('sends the result of a tool call with the id of the call', async () => {
    const url = server.baseUrls['openai-compatible'];
    await setConnections({ tachyon: null, local: { kind: 'openai-compatible', url } });
    const model = await modelOnce('local/demo:latest');
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
    const called = { name: 'weather', arguments: '{"city":"Oslo"}' };
    assert.deepEqual(bodyOf(completions(server)[0])['messages'], [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: '', tool_calls: [{ id: 'call_1', type: 'function', function: called }] },
      { role: 'tool', tool_call_id: 'call_1', content: 'Rain' },
    ]);
  });

  it('signs in with a key alone, and leaves out a parameter that a model refuses', async () => {
    const url = server.baseUrls.openai;
    await setConnections({ tachyon: null, work: { kind: 'openai', url, parameters: { temperature: 0.2 } } });
    await signIn('work', developmentKey);
    try {
      const model = await modelOnce('work/o3-demo');
      await assert.rejects(askModel(model, '!echo ok'), /does not take “temperature” as it is set/);
      await vscode.commands.executeCommand(commands.dropParameter, {
        connection: 'work',
        model: 'o3-demo',
        parameter: 'temperature',
      });
      const written: unknown = vscode.workspace.getConfiguration().get(settings.connections);
      assert.deepEqual(JSON.parse(JSON.stringify(written)), {
        tachyon: null,
        work: {
          kind: 'openai',
          url,
          parameters: { temperature: 0.2 },
          models: { 'o3-demo': { parameters: { temperature: null } } },
        },
      });
      assert.equal(await askModel(await modelOnce('work/o3-demo'), '!echo ok'), 'ok');
      assert.equal(await askModel(await modelOnce('work/gpt-4o-demo'), '!echo ok'), 'ok');
      const sent = completions(server).map((request) => bodyOf(request)['temperature']);
      assert.deepEqual(sent, [0.2, undefined, 0.2]);
    } finally {
      await signOut('work');
    }
  });
});
