// The script of the page that the renderer is tested in.
import { createReplyView, renderReply } from '../../../src/webview/markdown/replyView.ts';
import type { ReplyView } from '../../../src/webview/markdown/replyView.ts';
import { createMarkdownParser } from '../../../src/webview/markdown/markdownParser.ts';
import { createBlockViews } from '../../../src/webview/markdown/blockView.ts';
import { wholeCodes } from '../../../src/webview/markdown/codeSource.ts';
import type { CodeUse } from '../../../src/webview/markdown/codeToolbar.ts';
import { createIdleQueue } from '../../../src/webview/markdown/idleQueue.ts';
import { topLevelBlocks } from '../../../src/webview/markdown/topLevel.ts';
import { visibleText } from '../../../src/webview/markdown/visibleText.ts';
import * as fc from 'fast-check';
import { nextTask } from '../../support/page/nextTask.ts';
import { replyTexts } from '../../support/page/replyTexts.ts';
import { differences } from './differences.ts';
import { cutAt, cutMarkdown } from './markdownTexts.ts';
import { violations } from './violations.ts';

/** What happened to links and copy buttons. */
interface Record {
  readonly links: string[];
  readonly copied: string[];
  readonly used: CodeUse[];
}

// Thousands of texts are rendered: none of them is to wait until the browser has nothing to do.
globalThis.requestIdleCallback = (run) => {
  void (async () => {
    await nextTask();
    run({ didTimeout: false, timeRemaining: () => 50 });
  })();
  return 0;
};

/** A text in pieces, single characters if it is short, some 200 if it is long. The same for each run. */
function randomPieces(text: string): string[] {
  const longest = Math.ceil(text.length / (text.length > 10_000 ? 100 : 1000));
  let seed = text.length;
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieces.at(-1)?.length ?? 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    pieces.push(text.slice(at, at + 1 + (seed % longest)));
  }
  return pieces;
}

const page = {
  record: { links: [], copied: [], used: [] } as Record,
  scripts: [] as string[],
  violations,
  differences,

  options() {
    return {
      texts: replyTexts,
      onLink: (href: string) => void page.record.links.push(href),
      onCopyCode: (code: string) => void page.record.copied.push(code),
      onUseCode: (use: CodeUse) => void page.record.used.push(use),
    };
  },

  /** An empty reply in the page. */
  create(): ReplyView {
    const view = createReplyView(page.options());
    document.body.replaceChildren(view.element);
    return view;
  },

  /** Renders a text whole and in pieces of some lengths; what differs. */
  async compare(text: string, lengths: readonly number[]): Promise<string | undefined> {
    const whole = (await page.whole(text)).element;
    for (const length of lengths) {
      const count = Math.ceil(text.length / length);
      const pieces = Array.from({ length: count }, (_, i) => text.slice(i * length, (i + 1) * length));
      const cut = (await page.pieces(pieces)).element;
      if (cut.innerHTML !== whole.innerHTML) return differences(whole, cut) ?? 'boxes differ';
    }
    return undefined;
  },

  /** After this, work that waited for idle time is done. */
  async nextTasks(): Promise<void> {
    for (let i = 0; i < 20; i += 1) await nextTask();
  },

  /** Renders a text whole into the page. */
  async whole(text: string): Promise<ReplyView> {
    return page.show(renderReply(text, page.options()));
  },

  /** Renders pieces, with a frame after each. */
  async pieces(pieces: readonly string[]): Promise<ReplyView> {
    const view = page.create();
    for (const piece of pieces) {
      view.push(piece);
      view.render();
    }
    view.end();
    return page.show(view);
  },

  async show(view: ReplyView): Promise<ReplyView> {
    document.body.replaceChildren(view.element);
    await page.settled(view);
    return view;
  },

  /** Renders generated markdown whole and in pieces; the report of the first one that differs. */
  async checkCuts(runs: number, seed: number): Promise<string | undefined> {
    const property = fc.asyncProperty(cutMarkdown, async ({ text, cuts }) => {
      const whole = (await page.whole(text)).element.innerHTML;
      const pieces = (await page.pieces(cutAt(text, cuts))).element.innerHTML;
      if (whole !== pieces) throw new Error(`whole:  ${whole}\npieces: ${pieces}`);
      const element = (await page.whole(text)).element;
      const different = differences(element, await page.reference(text));
      if (different !== undefined) throw new Error(`not as the parser alone: ${different}`);
    });
    const result = await fc.check(property, { numRuns: runs, seed });
    return result.failed ? `${fc.defaultReportMessage(result)}\n${String(result.errorInstance)}` : undefined;
  },

  /** Renders a text and does to it what a person might. What went wrong, in words. */
  async provoke(text: string, way: 'whole' | 'pieces' | 'raw'): Promise<string[]> {
    page.record.links.length = 0;
    page.scripts.length = 0;
    if (way === 'raw') {
      const box = document.createElement('div');
      document.body.replaceChildren(box);
      box.innerHTML = text;
    } else if (way === 'whole') {
      await page.whole(text);
    } else {
      await page.pieces(randomPieces(text));
    }
    const found = violations(document.body);
    if (way !== 'raw') {
      for (const link of [...document.body.querySelectorAll('a')].slice(0, 50)) {
        for (const [type, button] of [
          ['click', 0],
          ['auxclick', 1],
          ['auxclick', 2],
        ] as const) {
          const event = new MouseEvent(type, { bubbles: true, cancelable: true, button });
          if (link.dispatchEvent(event)) found.push(`${type} on ${link.href} was left to the browser`);
        }
      }
      const wrong = page.record.links.filter((href) => !/^(?:https?:\/\/[^/]|mailto:)/.test(href));
      found.push(...wrong.map((href) => `opened ${href}`));
    }
    // Pictures and scripts that are about to load.
    await new Promise((resolve) => setTimeout(resolve, way === 'raw' ? 50 : 0));
    if (!document.body.isConnected || globalThis.testing !== page) found.push('the page is another one');
    return [...found, ...page.scripts];
  },

  async settled(view: ReplyView): Promise<void> {
    while (!view.isSettled) await nextTask();
  },

  /** The text rendered by the parser alone, without any of our cutting into blocks. */
  async reference(text: string): Promise<HTMLElement> {
    const parser = createMarkdownParser(replyTexts.picture);
    const source = text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
    const element = document.createElement('div');
    const queue = createIdleQueue();
    for (const block of topLevelBlocks(parser.parse(source, {}), source)) {
      const html = visibleText(parser.render(block.tokens)).trim();
      const codes = wholeCodes(block.tokens, source, '');
      for (const view of createBlockViews([{ html, codes }], page.options())) {
        if (view.element !== undefined) element.append(view.element);
        view.close(queue, codes);
      }
    }
    while (!queue.isEmpty) await nextTask();
    return element;
  },
};

type Testing = typeof page;

declare global {
  /** What tests call in the page. */
  var testing: Testing;
  /** What hostile scripts call. */
  var trap: (name?: string) => void;
}
globalThis.testing = page;
globalThis.trap = (name = 'script') => void page.scripts.push(name);
