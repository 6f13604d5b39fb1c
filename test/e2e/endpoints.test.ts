import assert from 'node:assert/strict';
import { field, items } from '../support/foreignRequests.ts';
import { completionBodies, signIn, sharedLocal } from './support/local.ts';

const more = {
  local: {
    retry: {
      strategy: 'backoff',
      backoff: { initialInterval: 60_000, maxInterval: 60_000, maxElapsedTime: 600_000 },
    },
    models: { 'demo:latest': { price: { input: 2, output: 8 } } },
  },
  openai: {
    models: {
      'gpt-4o-demo-mini': { parameters: { n: 2 } },
      'gpt-4o-audio-demo': {
        parameters: { modalities: ['text', 'audio'], audio: { voice: 'alloy', format: 'pcm16' } },
      },
    },
  },
};

describe('four connections in one window', () => {
  const withLocal = sharedLocal(more);

  it('answer with their own models, and a conversation moves through all of them whole', async () => {
    await withLocal(async (vscode, server) => {
      const { chat } = vscode.workbench;
      await chat.ready();
      await signIn(vscode, 'openai');
      await signIn(vscode, 'atoma');
      const models = [
        ['demo:latest', 'local'],
        ['gpt-4o-demo', 'openai'],
        ['demo-labs/Demo-3.3-70B-Instruct', 'atoma'],
        ['demo-large', 'tachyon'],
      ] as const;
      for (const [index, [model, connection]] of models.entries()) {
        await chat.selectModel(model);
        await chat.ask(`@tachyon !echo Answer number ${index + 1}`);
        await chat.waitForText(`Answer number ${index + 1}`);
        await chat.waitForText(new RegExp(`· ${connection} ·`));
      }
      const bodies = completionBodies(server);
      assert.deepEqual(
        bodies.map((body) => String(field(body, 'model')).split('/').at(-1)),
        ['demo:latest', 'gpt-4o-demo', 'Demo-3.3-70B-Instruct', 'demo-large'],
      );
      const texts = items(field(bodies[3], 'messages')).map((message) => String(field(message, 'content')));
      assert.deepEqual(texts, [
        '!echo Answer number 1',
        'Answer number 1',
        '!echo Answer number 2',
        'Answer number 2',
        '!echo Answer number 3',
        'Answer number 3',
        '!echo Answer number 4',
      ]);
    });
  });

  it('keep a local chatroom through a reload, and each later turn brings the whole of it', async () => {
    await withLocal(async ({ workbench, reloadSaved }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.selectModel('demo:latest');
      await chat.ask('@tachyon !echo one');
      await reloadSaved();
      await chat.ask('@tachyon !echo two');
      assert.deepEqual(field(completionBodies(server)[1], 'messages'), [
        { role: 'user', content: '!echo one' },
        { role: 'assistant', content: 'one' },
        { role: 'user', content: '!echo two' },
      ]);
      assert.equal(server.requests.filter(({ path }) => path.includes('chatrooms')).length, 0);
    });
  });
});

describe('an answer in the Chat view', () => {
  const withLocal = sharedLocal(more);

  it('waits where the server is busy, says so, and goes on at once by Try Now', async () => {
    await withLocal(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.selectModel('demo:latest');
      server.fault({ name: '503' });
      await chat.send('@tachyon !echo after the wait');
      await chat.waitForText(/“local” is busy or has a problem of its own \(503\); trying again in \d+ s/);
      await chat.pressButton('Try Now');
      await chat.waitForText('after the wait');
      assert.equal(completionBodies(server).length, 2);

      server.fault({ name: '503' });
      await chat.send('@tachyon !echo never');
      await chat.waitForText('trying again');
      await chat.pressButton('Cancel');
      await chat.waitForText('Stopped.');
      assert.equal(completionBodies(server).length, 3);
    });
  });

  it('tells reasoning from text, and what the answer and the conversation took', async () => {
    await withLocal(async ({ workbench }) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.selectModel('demo:latest');
      const first = await chat.ask('@tachyon !reason The answer is 42.');
      assert.match(first, /The answer is 42\.[^]*demo:latest · local · [\d,]+ → [\d,]+ tokens · \$[\d.]+/);
      const fold = chat.lastResponse().getByText(/Completed \d+ steps/);
      await fold.click();
      await chat.lastResponse().getByText('The question is short.').waitFor();
      assert.match(await chat.ask('@tachyon !think And 43.'), /conversation: [\d,]+ tokens · \$/);
      await chat.lastResponse().getByText('And 43.').waitFor();
    });
  });

  it('shows alternatives under headings, a refusal, a reached limit, and saves a spoken answer', async () => {
    await withLocal(async (vscode, server) => {
      const { chat } = vscode.workbench;
      await chat.ready();
      await signIn(vscode, 'openai');
      await chat.selectModel('gpt-4o-demo-mini');
      await chat.ask('@tachyon !echo twice');
      for (const heading of ['Alternative 1', 'Alternative 2']) {
        await chat.lastResponse().getByRole('heading', { name: heading }).waitFor();
      }
      await chat.waitForText('The conversation goes on with alternative 1.');
      await chat.selectModel('gpt-4o-demo');
      await chat.ask('@tachyon !refuse');
      await chat.waitForText('The model refused to answer this prompt.');
      const carried = items(field(completionBodies(server)[1], 'messages'));
      assert.equal(field(carried[1], 'content'), 'twice', 'only the first alternative is remembered');
      await chat.ask('@tachyon !length');
      await chat.waitForText('The answer reached the model’s length limit.');
      assert.deepEqual(await chat.followups(), ['Continue the answer']);
      await chat.selectModel('gpt-4o-audio-demo');
      await chat.ask('@tachyon !audio Hello there');
      await chat.waitForText('Hello there');
      await chat.pressButton('Save Audio…');
      await vscode.workbench.quickInput.waitForTitle('Save Audio');
    });
  });
});

describe('a parameter that the model refuses', () => {
  // Not shared with the other tests that sign in: here, too, the key must be new.
  const withLocal = sharedLocal({ openai: { parameters: { temperature: 0.2 } } });

  it('offers to leave out a parameter that the model refuses, and asks again without it', async () => {
    await withLocal(async (vscode, server) => {
      const { chat } = vscode.workbench;
      await chat.ready();
      await signIn(vscode, 'openai');
      await chat.selectModel('o3-demo');
      await chat.send('@tachyon !echo at last');
      await chat.waitForAnswer();
      assert.match((await chat.error()) ?? '', /temperature/);
      await chat.pressButton('Leave Out “temperature”');
      await chat.waitForText('at last');
      assert.equal(field(completionBodies(server).at(-1), 'temperature'), undefined);
    });
  });
});
