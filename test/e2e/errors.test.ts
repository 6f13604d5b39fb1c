import assert from 'node:assert/strict';
import { completions, messagesOf, rooms, sharedForeign } from './support/foreign.ts';

const hostile = 'no [link](command:workbench.action.quit) <b>bold</b> https://evil.example $(zap)';

describe('errors in the Chat view', () => {
  const withForeign = sharedForeign();

  it('are one sentence each, with the provider’s own words and nothing alive in them', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.ask('@tachyon one');
      const cases: readonly (readonly [number, RegExp, string])[] = [
        [401, /“tachyon” refused the key \(401\); sign in again\./, 'Sign In'],
        [402, /no credit left at “tachyon” \(402\)/, 'Ask Again'],
        [403, /may not do this at “tachyon” \(403\)/, 'Select Operator…'],
        [404, /does not know this address, chatroom or model \(404\)/, 'Open Settings'],
        [429, /gets too many requests \(429\)/, 'Ask Again'],
      ];
      for (const [status, sentence, button] of cases) {
        server.fail(status, { code: `CODE_${status}`, message: hostile });
        await chat.send(`@tachyon status ${status}`);
        await chat.waitForAnswer();
        const error = (await chat.error()) ?? '';
        assert.match(error, sentence);
        assert.ok(error.includes(`CODE_${status}: ${hostile}`), error);
        const shown = chat.lastResponse().locator('.chat-notification-widget');
        assert.equal(await shown.locator('a, b, img, .codicon-zap').count(), 0);
        assert.ok(await chat.lastResponse().getByRole('button', { name: button }).isVisible());
      }
      server.failHtml502();
      await chat.send('@tachyon status 502');
      await chat.waitForAnswer();
      assert.match((await chat.error()) ?? '', /has a problem of its own \(502\)/);

      // Nothing was lost: the same room goes on, and a refused prompt can be asked again.
      assert.match(await chat.ask('@tachyon two'), /Reply \d to: two/);
      assert.equal(rooms(server).length, 1);
    });
  });

  it('below what had arrived when the connection is lost in mid-answer', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      server.raw(
        'data: {"choices":[{"index":0,"delta":{"content":"So far so good"}}]}\n\ndata: {"error":{"code":"overloaded","message":"try later"}}\n\n',
      );
      await chat.send('@tachyon one');
      await chat.waitForText('So far so good');
      await chat.waitForAnswer();
      assert.match((await chat.error()) ?? '', /overloaded: try later/);
      await chat.pressButton('Ask Again');
      await chat.waitForText(/Reply \d to: one/);
      assert.deepEqual(completions(server).map(messagesOf), [['user: one'], ['user: one']]);
    });
  });
});
