import { isLoopback } from '../api/url.ts';
import type { L10n } from './l10n.ts';
import type { ReplyEvent } from './replyEvents.ts';
import { escapeMarkdown } from './untrusted.ts';

/** Says, as inert markdown, that the model is being loaded and when the request goes out again; `delay` in milliseconds. */
export function loadingText(delay: number, connection: string, l10n: L10n): string {
  return l10n.t(
    'The model of “{0}” is still being loaded; trying again in {1} s.',
    escapeMarkdown(connection),
    Math.max(1, Math.round(delay / 1000)),
  );
}

/** After so long without anything of the answer a person should know why, in milliseconds. */
const patience = 4000;

/**
 * The same events, with a word about loading before the answer if that takes long: Ollama and LM Studio load a model
 * with its first prompt and send nothing meanwhile. Only for servers of this machine; others have other reasons.
 */
export async function* withLoadingNotice(
  events: AsyncIterable<ReplyEvent>,
  { name, url }: { readonly name: string; readonly url: string },
  l10n: L10n,
  delay: number = patience,
): AsyncGenerator<ReplyEvent, void, undefined> {
  const iterator = events[Symbol.asyncIterator]();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), delay);
  });
  let isSilent = URL.canParse(url) && isLoopback(new URL(url));
  try {
    for (let next = iterator.next(); ;) {
      const result = await (isSilent ? Promise.race([next, late]) : next);
      if (result === 'late') {
        isSilent = false;
        const text = l10n.t(
          '“{0}” has not answered yet. A local model is loaded with its first prompt, which takes a while.',
          escapeMarkdown(name),
        );
        yield { type: 'progress', text };
        continue;
      }
      if (result.done) return;
      isSilent &&= result.value.type === 'progress' || result.value.type === 'notice';
      yield result.value;
      next = iterator.next();
    }
  } finally {
    clearTimeout(timer);
    await iterator.return?.();
  }
}
