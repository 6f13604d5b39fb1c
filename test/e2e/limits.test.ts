import assert from 'node:assert/strict';
import { completions, rooms, sharedForeign } from './support/foreign.ts';

/** VS Code shows up to 2,000 words a second after the handler has returned. */
const pacedMs = 90_000;

describe('large answers', () => {
  const withForeign = sharedForeign();

  it('of 250,000 characters are shown whole, a long code block and a table too', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      const paragraphs = Array.from({ length: 400 }, (_, i) => `Paragraph ${i} ${'word '.repeat(30)}`).join(
        '\n\n',
      );
      const code = `\`\`\`ts\n${Array.from({ length: 3000 }, (_, i) => `const value${i} = ${i}; // line ${i}`).join('\n')}\n\`\`\``;
      const table = `| a | b |\n|---|---|\n${Array.from({ length: 1500 }, (_, i) => `| row${i} | ${'x'.repeat(30)} |`).join('\n')}`;
      const answer = `${paragraphs}\n\n${code}\n\n${table}\n\nTHE VERY END`;
      assert.ok(answer.length > 225_000, String(answer.length));
      await chat.ready();
      server.reply(answer);
      await chat.send('@tachyon a long one');
      await chat.waitForText('THE VERY END', pacedMs);
      await chat.waitForAnswer(pacedMs);
      const shown = await chat.lastResponse().locator('.value').innerText();
      assert.ok(shown.includes('Paragraph 399'));
      assert.ok(!shown.includes('word …'));
      assert.equal(completions(server).length, 1);
    });
  });

  it('with an event of 5 MB are cut there, it is said, and the room goes on', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      const choices = [{ index: 0, delta: { content: 'x'.repeat(5 * 2 ** 20) } }];
      server.raw(`data: ${JSON.stringify({ choices })}\n\ndata: [DONE]\n\n`);
      await chat.send('@tachyon a big one');
      await chat.waitForAnswer(pacedMs);
      assert.match((await chat.error()) ?? '', /sent one event of more than 4 MB/);
      assert.match(await chat.ask('@tachyon hello again'), /Reply 2 to: hello again/);
      assert.equal(rooms(server).length, 1);
    });
  });
});
