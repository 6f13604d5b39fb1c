import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecording } from '../server/replay.ts';
import { createServer, developmentKey, developmentOperator } from '../server/server.ts';
import { startLoopback } from '../support/loopback.ts';
import { sharedLocal } from './support/local.ts';
import { withVSCode } from './support/vscode.ts';
import type { Workbench } from './support/workbench.ts';

/** Text of the editor that is read now, once it shows `text`. */
async function editorText({ page }: Workbench, text: string | RegExp): Promise<string> {
  const lines = page.locator('.editor-group-container.active .monaco-editor .view-lines');
  // Monaco draws blanks as non-breaking ones.
  await lines.filter({ hasText: text }).waitFor();
  return (await lines.innerText()).replaceAll('\u00A0', ' ');
}

describe('what goes over a connection', () => {
  const withLocal = sharedLocal();

  describe('diagnosing a connection', () => {
    it('opens a report without secrets, and saves a capture that the server plays', async () => {
      await withLocal(async ({ workbench, folder }, server) => {
        const { chat, quickInput, notifications } = workbench;
        await chat.ready();
        await workbench.runCommand('Tachyon: Diagnose Connection');
        await quickInput.waitForTitle('Diagnose a connection');
        await quickInput.pick('tachyon');
        const report = await editorText(workbench, 'Keys,');
        assert.match(report, /^# Tachyon Chat: diagnosis of a connection/);
        assert.match(report, /Extension: `tachyon\.tachyon-chat \d/);
        assert.match(report, /Operator: yes/);
        assert.equal(report.match(/: ok\.\*\*/g)?.length, 9, report);
        for (const secret of [developmentKey, developmentOperator]) {
          assert.ok(!report.replaceAll('\\', '').includes(secret), report);
        }
        const result = 'Diagnosis of tachyon: no problem found.';
        assert.deepEqual(await notifications.buttons(result), ['Copy Report', 'Save Capture…']);
        await notifications.press(result, 'Save Capture…');
        await quickInput.waitForTitle('Save Capture');
        const file = join(folder, 'tachyon-capture.json');
        // The box is shown before its proposal is in it.
        await workbench.page.waitForFunction(
          (proposed) =>
            document.querySelector<HTMLInputElement>('.quick-input-widget input[type=text]')?.value ===
            proposed,
          file,
        );
        await quickInput.accept();
        await quickInput.waitUntilClosed();
        // The message comes back when the file is written, with what is left to do.
        assert.deepEqual(await notifications.buttons(result), ['Copy Report']);
        const saved = await readFile(file, 'utf8');
        assert.ok(!saved.includes(developmentKey) && !saved.includes(developmentOperator));
        const player = await createServer({ replay: await readRecording(file), models: [] });
        try {
          const headers = { authorization: `Bearer ${developmentKey}`, 'x-operator-id': developmentOperator };
          const [played, original] = await Promise.all(
            [player, server].map(async ({ url }) =>
              (await fetch(`${url}/v1/llms/models?require_agent_product=false`, { headers })).text(),
            ),
          );
          assert.equal(played, original);
        } finally {
          await player.close();
        }
      });
    });

    it('recognises a proxy that holds the stream back, and offers whole answers', async () => {
      const pieces = Array.from({ length: 30 }, (_, index) =>
        JSON.stringify({ choices: [{ index: 0, delta: { content: `${index} ` }, finish_reason: null }] }),
      );
      const held = await startLoopback((response, { method, body }) => {
        if (method === 'GET') response.end('{"data":[{"id":"some-model"}]}');
        else if (!body.includes('"stream":true')) {
          response.end('{"choices":[{"index":0,"message":{"content":"ready"},"finish_reason":"stop"}]}');
        } else {
          // As a proxy does that waits for the end of the answer.
          const all = [...pieces, '[DONE]'].map((piece) => `data: ${piece}\n\n`).join('');
          setTimeout(() => response.end(all), 1200);
        }
      });
      try {
        const connections = { tachyon: null, held: { kind: 'openai-compatible', url: held.url } };
        await withVSCode({ settings: { 'tachyon.connections': connections } }, async ({ workbench }) => {
          const { notifications } = workbench;
          await workbench.chat.ready();
          await workbench.runCommand('Tachyon: Diagnose Connection');
          const result = 'Diagnosis of held: one problem found.';
          await notifications.press(result, 'Ask for Whole Replies');
          assert.match(
            await editorText(workbench, 'Keys,'),
            /Streamed answer: PROBLEM[^]*came all\s+at\s+once/,
          );
          await notifications.press(result, 'Copy Report');
          await workbench.runCommand('Tachyon: Diagnose Connection');
          await notifications.waitFor('Diagnosis of held: no problem found.');
          assert.match(await editorText(workbench, '"stream": false'), /Streamed answer: skipped/);
        });
      } finally {
        await held.stop();
      }
    });
  });

  describe('what was sent', () => {
    it('is one click away from each answer, also after a reload, and listed in the palette', async () => {
      await withLocal(async ({ workbench, reloadSaved }, server) => {
        const { chat, page, quickInput } = workbench;
        await chat.ready();
        await chat.ask('@tachyon !echo First prompt');
        await chat.ask('@tachyon !echo Second prompt');
        const link = chat.lastResponse().locator('a').filter({ hasText: 'sent-request.json' });
        await link.click();
        const shown = await editorText(workbench, 'Second prompt');
        const sent = server.requests.findLast(({ path }) => path.endsWith('/chat/completions'));
        const { body, headers, method, url }: Record<string, unknown> = JSON.parse(shown);
        assert.deepEqual(body, sent?.body);
        assert.deepEqual([method, url], ['POST', server.url + (sent?.path ?? '')]);
        assert.match(JSON.stringify(headers), /"authorization":"Bearer \*\*\*"/);
        assert.ok(!shown.includes(developmentKey));
        await reloadSaved();
        await page.keyboard.press('Escape');
        await workbench.runCommand('Tachyon: Show What Was Sent…');
        await quickInput.waitForTitle('Show What Was Sent');
        const items = await quickInput.items();
        assert.equal(items.length, 2);
        assert.match(items[0] ?? '', /!echo Second prompt[^]*tachyon · /);
        await quickInput.pick('!echo First prompt');
        await editorText(workbench, 'First prompt');
        await link.click();
        await editorText(workbench, 'Second prompt');
      });
    });
  });
});
