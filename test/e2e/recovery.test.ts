import assert from 'node:assert/strict';
import type { ForeignServer } from '../support/foreignServer.ts';
import { killExtensionHost } from './support/extensionHost.ts';
import { completions, messagesOf, rooms, sharedForeign } from './support/foreign.ts';
import type { Workbench } from './support/workbench.ts';

const paragraphs = Array.from({ length: 12 }, (_, i) => `Paragraph ${i} of the **answer** that is read.`);
const text = paragraphs.join('\n\n');
const shown = paragraphs.map((paragraph) => paragraph.replaceAll('**', ''));

/** The first paragraphs. */
function begin(count: number): string {
  return paragraphs.slice(0, count).join('\n\n');
}

/** Prompts that the server stored, in all rooms. */
function prompts(server: ForeignServer): string[] {
  return rooms(server).flatMap(({ messages }) =>
    messages.flatMap((message) => (message.role === 'user' ? message.text : [])),
  );
}

function looks({ requests }: ForeignServer): number {
  return requests.filter(({ path }) => path.endsWith('/messages')).length;
}

describe('an answer that is cut', () => {
  const withForeign = sharedForeign();

  it('is whole in the end, and its prompt stored once, where the server has it or gets it later', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      for (const sent of [0, 5]) {
        const prompt = `cut after ${sent}`;
        server.hold(begin(sent));
        await chat.send(`@tachyon ${prompt}`);
        await server.waitForRequest((request) => messagesOf(request).includes(`user: ${prompt}`));
        if (sent > 0) await chat.waitForText(shown[sent - 1] ?? '');
        const before = looks(server);
        server.drop();
        await server.waitForRequest(() => looks(server) > before);
        // Beside text it stands in the status bar.
        const told = sent === 0 ? chat.lastResponse() : workbench.page.locator('.part.statusbar');
        await told.getByText('Looking for the answer in the chatroom').first().waitFor();
        rooms(server)
          .at(-1)
          ?.messages.push({ id: `msg_${sent}`, role: 'assistant', text });
        const answer = await chat.waitForAnswer();
        const at = shown.map((paragraph) => answer.split(paragraph).length - 1);
        assert.deepEqual(at, Array(12).fill(1), `${sent}: ${answer}`);
        assert.match(answer, /was read from the chatroom/);
        assert.equal(await chat.error(), undefined);
        await chat.newChat();
      }
      assert.deepEqual(prompts(server), ['cut after 0', 'cut after 5']);
      assert.equal(completions(server).length, 2);
    });
  });

  it('is shown again, whole and below a rule, where the room has another text; that one is carried on', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      server.hold(begin(2));
      await chat.send('@tachyon edited');
      await chat.waitForText(shown[1] ?? '');
      const edited = `Another beginning.\n\n${text}`;
      rooms(server).at(-1)?.messages.push({ id: 'msg_e', role: 'assistant', text: edited });
      server.drop();
      const answer = await chat.waitForAnswer();
      assert.match(answer, /This is the answer as the chatroom has it:\s+Another beginning\./);
      const at = shown.map((paragraph) => answer.split(paragraph).length - 1);
      assert.deepEqual(at, [2, 2, ...Array(10).fill(1)]);
      server.chatrooms.clear();
      await chat.ask('@tachyon next');
      assert.deepEqual(messagesOf(completions(server).at(-1)), [
        'user: edited',
        `assistant: ${edited}`,
        'user: next',
      ]);
    });
  });

  it('stays as it is and is called interrupted where the server never stored it; Ask Again asks it once', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      server.hold(begin(5));
      await chat.send('@tachyon never stored');
      await chat.waitForText(shown[4] ?? '');
      rooms(server).at(-1)?.messages.pop();
      server.drop();
      const partial = await chat.waitForAnswer();
      assert.ok(
        shown.slice(0, 5).every((paragraph) => partial.includes(paragraph)),
        partial,
      );
      assert.match(partial, /The answer was interrupted here/);
      assert.match((await chat.error()) ?? '', /was lost in mid-answer/);
      server.reply(text);
      await chat.pressButton('Ask Again');
      await chat.waitForText(shown[11] ?? '');
      assert.deepEqual(prompts(server), ['never stored']);
      assert.equal(rooms(server).length, 1);
    });
  });

  it('is told of above the next answer when the host was killed under it', async () => {
    await withForeign(async ({ workbench, session, openWindow }, server) => {
      const killed = async ({ chat }: Workbench, sent: number, isStored: boolean): Promise<void> => {
        const prompt = `killed after ${sent}, ${isStored ? 'stored' : 'lost'}`;
        server.hold(begin(sent));
        await chat.send(`@tachyon ${prompt}`);
        await server.waitForRequest((request) => messagesOf(request).includes(`user: ${prompt}`));
        if (sent > 0) await chat.waitForText(shown[sent - 1] ?? '');
        killExtensionHost(session);
        await chat.waitForAnswer();
        const room = rooms(server).at(-1);
        if (isStored) room?.messages.push({ id: `msg_${sent}`, role: 'assistant', text });
        await chat.ask(`@tachyon next to ${prompt}`);
        const answer = await chat.responseText();
        assert.match(answer, sent === 0 && !isStored ? /A prompt above was/ : /An answer above was/, prompt);
        const at = shown.map((paragraph) => answer.includes(paragraph));
        assert.deepEqual(
          at.slice(sent),
          shown.slice(sent).map(() => isStored),
          `${prompt}: ${answer}`,
        );
        assert.equal(rooms(server).at(-1), room, prompt);
        assert.deepEqual(prompts(server).slice(-2), [prompt, `next to ${prompt}`]);
        await chat.newChat();
      };
      await workbench.chat.ready();
      await killed(workbench, 0, true);
      await killed(workbench, 1, false);
      // VS Code starts a host that died for the third time in a window only if it is asked to.
      await workbench.page.close();
      const other = await openWindow('.');
      await other.chat.ready();
      await killed(other, 6, true);
      await killed(other, 0, false);
    });
  });
});
