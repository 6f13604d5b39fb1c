import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { isLoading } from '../../../src/api/retry.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { loadingText, withLoadingNotice } from '../../../src/chat/loadingModel.ts';
import type { ReplyEvent } from '../../../src/chat/replyEvents.ts';

const local = { name: 'ollama', url: 'http://127.0.0.1:11434/v1' };

/** Yields `first`, then waits for `go`, then a text. */
async function* slow(go: Promise<unknown>, first: readonly ReplyEvent[] = []): AsyncGenerator<ReplyEvent> {
  yield* first;
  await go;
  yield { type: 'textDelta', text: 'Hi' };
}

describe('isLoading', () => {
  for (const [status, providerMessage, expected] of [
    [503, 'Loading model', true],
    [503, 'Service unavailable', false],
    [503, undefined, false],
    [500, 'Loading model', false],
  ] as const) {
    it(`is ${expected} for ${status} ${providerMessage}`, () => {
      const details = { status, ...(providerMessage && { providerMessage }) };
      assert.equal(isLoading(new ApiError('server', 'x', details)), expected);
    });
  }

  it('is said with the seconds and without markup', () => {
    assert.equal(
      loadingText(2600, 'a*b', untranslated),
      String.raw`The model of “a\*b” is still being loaded; trying again in 3 s.`,
    );
  });
});

describe('withLoadingNotice', () => {
  it('says why a local server takes so long, once, before the answer', async () => {
    const go = Promise.withResolvers<void>();
    const seen: string[] = [];
    const created: ReplyEvent = { type: 'progress', text: 'Creating' };
    for await (const event of withLoadingNotice(slow(go.promise, [created]), local, untranslated, 1)) {
      seen.push(event.type === 'progress' || event.type === 'textDelta' ? event.text : event.type);
      // Goes on only when the notice is there: without one this test would not end.
      if (seen.length === 2) go.resolve();
    }
    assert.deepEqual(
      seen.map((text) => text.slice(0, 20)),
      ['Creating', '“ollama” has not ans', 'Hi'],
    );
  });

  it('says nothing of servers elsewhere, nor once the answer has begun', async () => {
    const go = Promise.withResolvers<void>();
    setTimeout(go.resolve, 30);
    const elsewhere = { name: 'b', url: 'https://api.example.com/v1' };
    for await (const { type } of withLoadingNotice(slow(go.promise), elsewhere, untranslated, 1)) {
      assert.equal(type, 'textDelta');
    }
    const again = Promise.withResolvers<void>();
    setTimeout(again.resolve, 30);
    const begun = slow(again.promise, [{ type: 'reasoningDelta', text: 'Hm' }]);
    for await (const { type } of withLoadingNotice(begun, local, untranslated, 10)) {
      assert.notEqual(type, 'progress');
    }
  });

  it('passes a failure on, and closes what it reads when its reader leaves', async () => {
    let isClosed = false;
    async function* failing(): AsyncGenerator<ReplyEvent> {
      try {
        yield { type: 'textDelta', text: 'a' };
        throw new ApiError('cut', 'x');
      } finally {
        isClosed = true;
      }
    }
    await assert.rejects(
      async () => {
        for await (const event of withLoadingNotice(failing(), local, untranslated)) assert.ok(event);
      },
      { kind: 'cut' },
    );
    isClosed = false;
    for await (const event of withLoadingNotice(failing(), local, untranslated)) {
      assert.ok(event);
      break;
    }
    assert.ok(isClosed);
  });
});
