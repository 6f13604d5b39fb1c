import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { describe, it } from 'mocha';
import type { FromWebview, PanelTurn, ToWebview } from '../../../src/shared/panelMessages.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aTurn, manyTurns } from './support/turns.ts';

/** Two frames: what was ordered for the next one is done. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

function hostWith(turns: readonly PanelTurn[]): (message: FromWebview) => ToWebview[] {
  return (message) =>
    message.type === 'loadTurns'
      ? [
          {
            type: 'turns',
            first: message.first,
            turns: turns.slice(message.first, message.first + message.count),
          },
        ]
      : [];
}

/** Distance from the end, in pixels. */
async function distanceFromEnd(page: Page): Promise<number> {
  return page.locator('.transcript').evaluate((at) => at.scrollHeight - at.clientHeight - at.scrollTop);
}

describe('transcript', () => {
  const pages = startPanelPages();

  it('opens 5,000 turns at their end and keeps few of them in the page up to the first', async function () {
    this.timeout(120_000);
    const turns = manyTurns(5000);
    const panel = await pages.open({ conversation: aConversation(turns), answer: hostWith(turns) });
    const { page } = panel;
    await page.getByText('Reply of turn 4999').waitFor();
    assert.ok((await distanceFromEnd(page)) <= 1);
    assert.equal(panel.sent.filter(({ type }) => type === 'loadTurns').length, 0);

    const most = await page.locator('.transcript').evaluate(async (window) => {
      let rows = 0;
      const look = async (top: number): Promise<void> => {
        window.scrollTop = top;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        rows = Math.max(rows, window.querySelectorAll('.turn').length);
      };
      for (let step = 0; step < 40; step++) await look(window.scrollTop - 500);
      for (let part = 40; part >= 0; part--) await look((window.scrollHeight * part) / 41);
      return rows;
    });
    assert.ok(most < 60, `${most} turns in the page`);
    await page.getByText('Reply of turn 0', { exact: true }).waitFor();
    assert.equal(await page.locator('.turn').first().getAttribute('aria-posinset'), '1');
    assert.equal(await page.locator('.turn').first().getAttribute('aria-setsize'), '5000');
    const asked = panel.sent.filter((message) => message.type === 'loadTurns');
    assert.ok(asked.every(({ count }) => count <= 40));
    await panel.close();
  });

  it('moves by what is scrolled and no more, while the turns above are measured for the first time', async () => {
    const turns = manyTurns(300);
    const panel = await pages.open({
      conversation: aConversation(turns, { first: 0, turns }),
      height: 500,
    });
    await panel.page.getByText('Reply of turn 299').waitFor();
    const jumps = await panel.page.locator('.transcript').evaluate(async (scrolled) => {
      const found: number[] = [];
      for (let step = 0; step < 60; step++) {
        const { top: edge } = scrolled.getBoundingClientRect();
        const row = [...scrolled.querySelectorAll('.turn')].find(
          (at) => at.getBoundingClientRect().bottom > edge,
        );
        const before = row?.getBoundingClientRect().top ?? 0;
        scrolled.scrollTop -= 170;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        found.push(Math.abs((row?.getBoundingClientRect().top ?? 0) - before - 170));
      }
      return found;
    });
    assert.ok(Math.max(...jumps) <= 1.5, `jumps of ${jumps.filter((jump) => jump > 1.5).join(', ')} pixels`);
    await panel.close();
  });

  it('sticks to the end of an answer only for a person who is there', async () => {
    const turns = [...manyTurns(12), aTurn({ id: 'new', prompt: 'Tell me', reply: '', state: 'sending' })];
    const panel = await pages.open({ conversation: aConversation(turns) });
    const { page } = panel;
    const say = async (text: string): Promise<void> => {
      await panel.post({ type: 'textDelta', turn: 'new', text: `${`${text} `.repeat(120)}\n\n` });
      await page.getByText(text).last().waitFor();
      await settle(page);
    };
    await say('alpha');
    assert.ok((await distanceFromEnd(page)) <= 1);

    await page.locator('.transcript').hover();
    await page.mouse.wheel(0, -120);
    const toEnd = page.getByRole('button', { name: 'Scroll to End' });
    await toEnd.waitFor();
    const before = await page.locator('.transcript').evaluate((at) => at.scrollTop);
    await say('beta');
    assert.ok((await distanceFromEnd(page)) > 100);
    assert.equal(await page.locator('.transcript').evaluate((at) => at.scrollTop), before);

    await toEnd.click();
    await settle(page);
    assert.ok((await distanceFromEnd(page)) <= 1);
    await say('gamma');
    assert.ok((await distanceFromEnd(page)) <= 1);
    await panel.close();
  });

  it('stays at its end while the box below grows and shrinks, in a narrow panel too', async () => {
    const panel = await pages.open({ conversation: aConversation(manyTurns(12)), width: 280 });
    const { page } = panel;
    const box = page.locator('.composer textarea');
    for (const text of ['#x', '', 'one\ntwo\nthree\nfour\nfive\nsix', 'one', '']) {
      await box.fill(text);
      await settle(page);
      assert.ok((await distanceFromEnd(page)) <= 1, JSON.stringify(text));
    }
    await panel.close();
  });

  it('shows pieces of an answer in their order, and another text in their place if the host says so', async () => {
    const turn = aTurn({ id: 'new', reply: '', state: 'sending' });
    const panel = await pages.open({ conversation: aConversation([turn]) });
    const pieces = 'The **quick** brown fox.'.split('');
    await panel.post(...pieces.map((text) => ({ type: 'textDelta', turn: 'new', text }) as const));
    await panel.page.locator('.reply strong', { hasText: 'quick' }).waitFor();
    assert.equal((await panel.page.locator('.reply').textContent())?.trim(), 'The quick brown fox.');
    const patch = { reply: 'The whole answer.', state: 'answered' } as const;
    await panel.post({ type: 'turnChanged', turn: 'new', patch });
    await panel.page.getByText('The whole answer.').waitFor();
    assert.equal((await panel.page.locator('.reply').textContent())?.trim(), 'The whole answer.');
    await panel.close();
  });

  it('keeps the focus on a turn that is scrolled out of sight', async () => {
    const turns = manyTurns(400);
    const panel = await pages.open({ conversation: aConversation(turns, { first: 0, turns }) });
    const { page } = panel;
    await page.getByText('Reply of turn 399').waitFor();
    await page.getByRole('article').last().focus();
    await page.keyboard.press('ArrowUp');
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-posinset') ?? null);
    assert.equal(await focused(), '399');
    await page.locator('.transcript').evaluate((at) => at.scrollTo(0, 0));
    await page.getByText('Reply of turn 0', { exact: true }).waitFor();
    await settle(page);
    assert.equal(await focused(), '399');
    await page.keyboard.press('Home');
    assert.equal(await focused(), '1');
    await page.keyboard.press('End');
    assert.equal(await focused(), '400');
    assert.ok((await distanceFromEnd(page)) <= 1);
    await panel.close();
  });

  it('leaves the focus at the turn when the button that had it goes away', async () => {
    const turn = aTurn({ id: 'w', reply: '', state: 'waiting', problem: 'Busy.', actions: ['tryNow'] });
    const panel = await pages.open({ conversation: aConversation([turn]) });
    await panel.page.getByRole('button', { name: 'Try Now' }).press('Enter');
    assert.deepEqual(await panel.take('runAction'), { type: 'runAction', turn: 'w', action: 'tryNow' });
    await panel.post({
      type: 'turnChanged',
      turn: 'w',
      patch: { state: 'sending', problem: '', actions: [] },
    });
    await panel.page.getByRole('button', { name: 'Try Now' }).waitFor({ state: 'detached' });
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.role ?? document.activeElement?.tagName),
      'ARTICLE',
    );
    await panel.close();
  });

  it('is where it was after it was hidden and shown', async () => {
    const turns = manyTurns(200);
    const panel = await pages.open({ conversation: aConversation(turns), answer: hostWith(turns) });
    const { page } = panel;
    await page.getByText('Reply of turn 199').waitFor();
    await page.locator('.transcript').evaluate((at) => at.scrollBy(0, -9000));
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"turn":'));
    await settle(page);
    const top = (): Promise<string | null | undefined> =>
      page.locator('.transcript').evaluate((at) => {
        const { top: edge } = at.getBoundingClientRect();
        const row = [...at.querySelectorAll('.turn')].find(
          (each) => each.getBoundingClientRect().bottom > edge,
        );
        return row?.getAttribute('aria-posinset');
      });
    const before = await top();
    await page.reload();
    await page.locator('.turn').first().waitFor();
    await settle(page);
    assert.notEqual(before, '200');
    assert.equal(await top(), before);
    await panel.close();
  });

  it('folds a long prompt and keeps the line breaks of all', async () => {
    const prompt = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');
    const panel = await pages.open({ conversation: aConversation([aTurn({ id: 'a', prompt })]) });
    const text = panel.page.locator('.prompt-text');
    assert.equal((await text.textContent())?.includes('line 30'), false);
    await panel.page.getByRole('button', { name: 'Show more' }).click();
    assert.equal(await text.textContent(), prompt);
    await panel.page.getByRole('button', { name: 'Show less' }).click();
    assert.equal((await text.textContent())?.includes('line 30'), false);
    await panel.close();
  });

  it('asks again for turns that did not come, once a person comes back to them', async () => {
    const turns = manyTurns(300);
    let isDown = true;
    const answer = (message: FromWebview): ToWebview[] =>
      message.type === 'loadTurns' && isDown
        ? [{ type: 'turns', first: message.first, turns: [] }]
        : hostWith(turns)(message);
    const panel = await pages.open({ conversation: aConversation(turns), answer });
    const { page } = panel;
    const scrollTo = (top: number): Promise<void> =>
      page.locator('.transcript').evaluate((at, to) => at.scrollTo(0, to), top);
    await scrollTo(0);
    assert.equal((await panel.take('loadTurns')).first, 0);
    await settle(page);
    isDown = false;
    await scrollTo(9_000_000);
    await page.getByText('Reply of turn 299').waitFor();
    await settle(page);
    await scrollTo(0);
    await page.getByText('Reply of turn 0', { exact: true }).waitFor();
    await panel.close();
  });

  it('acts on the turn that shows, also where it looks like the one before', async () => {
    const failed = { reply: '', state: 'failed', problem: 'No key.', actions: ['signIn'] } as const;
    const panel = await pages.open({ conversation: aConversation([aTurn({ id: 'old', ...failed })]) });
    const conversation = aConversation([aTurn({ id: 'new', ...failed })]);
    await panel.post({ type: 'conversation', conversation });
    await panel.page.getByRole('button', { name: 'Sign In' }).click();
    assert.equal((await panel.take('runAction')).turn, 'new');
    await panel.close();
  });
});
