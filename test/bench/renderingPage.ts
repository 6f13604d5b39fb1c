// The script of the page that the bench of rendering runs in.
import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';
import { createReplyView } from '../../src/webview/markdown/replyView.ts';
import { nextTask } from '../support/page/nextTask.ts';
import { replyTexts } from '../support/page/replyTexts.ts';

/** Something that shows text which grows. */
interface Renderer {
  push(text: string): void;
  render(): void;
  end(): void;
  isSettled(): boolean;
  remove(): void;
}

/** What a run of a renderer took, in milliseconds. */
export interface RenderingRun {
  readonly frames: readonly number[];
  /** Work that was left to idle time. */
  readonly idle: number;
  /** Tasks of more than 50 ms, as the browser counts them. */
  readonly longTasks: number;
}

const makers: Readonly<Record<string, (place: HTMLElement) => Renderer>> = {
  /** A text node for each paragraph: the least that can be done. */
  plain(place) {
    let rest = '';
    let last: Text | undefined;
    const add = (text: string): void => {
      if (last === undefined) {
        const block = document.createElement('p');
        last = document.createTextNode('');
        block.append(last);
        place.append(block);
      }
      last.appendData(text);
    };
    return {
      push: (text) => void (rest += text),
      render() {
        const [first = '', ...others] = rest.split('\n\n');
        rest = '';
        if (first !== '') add(first);
        for (const other of others) {
          last = undefined;
          if (other !== '') add(other);
        }
      },
      end: () => undefined,
      isSettled: () => true,
      remove: () => place.replaceChildren(),
    };
  },

  ours(place) {
    const view = createReplyView({
      texts: replyTexts,
      onLink: () => undefined,
      onCopyCode: () => undefined,
      onUseCode: () => undefined,
    });
    place.append(view.element);
    return {
      push: (text) => view.push(text),
      render: () => view.render(),
      end: () => view.end(),
      isSettled: () => view.isSettled,
      remove: () => place.replaceChildren(),
    };
  },

  streamdown(place) {
    const root = createRoot(place);
    let all = '';
    const render = (): void => flushSync(() => root.render(createElement(Streamdown, null, all)));
    return {
      push: (text) => void (all += text),
      render,
      end: render,
      isSettled: () => true,
      remove: () => root.unmount(),
    };
  },

  naive(place) {
    const markdown = new MarkdownIt({ linkify: true });
    let all = '';
    const render = (): void => {
      // oxlint-disable-next-line no-unsanitized/property -- what everyone writes first
      place.innerHTML = DOMPurify.sanitize(markdown.render(all));
    };
    return {
      push: (text) => void (all += text),
      render,
      end: render,
      isSettled: () => true,
      remove: () => place.replaceChildren(),
    };
  },
};

const delta = 4;
const deltasPerFrame = 16;

/**
 * Lets a text grow by frames, each a task of its own: pieces, rendering, and a scroll to the end, which makes the browser lay
 * the page out. With `samples`, only so many frames are rendered, evenly spread: for what is too slow for all of them.
 */
async function run(name: string, text: string, samples?: number): Promise<RenderingRun> {
  const maker = makers[name];
  if (maker === undefined) throw new Error(`There is no renderer ${name}.`);
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => (longTasks += list.getEntries().length));
  observer.observe({ type: 'longtask' });
  const idleBefore = idle;
  const renderer = maker(place);
  const frames: number[] = [];
  const step = delta * deltasPerFrame;
  const count = Math.ceil(text.length / step);
  for (let frame = 0; frame < count; frame += 1) {
    const at = frame * step;
    const isSampled =
      samples === undefined || frame % Math.ceil(count / samples) === Math.ceil(count / samples / 2);
    if (samples !== undefined && !isSampled) {
      renderer.push(text.slice(at, at + step));
      continue;
    }
    await nextTask();
    const start = performance.now();
    for (let i = 0; i < deltasPerFrame; i += 1)
      renderer.push(text.slice(at + i * delta, at + (i + 1) * delta));
    renderer.render();
    window.scrollTo(0, document.documentElement.scrollHeight);
    frames.push(performance.now() - start);
  }
  await nextTask();
  renderer.end();
  while (!renderer.isSettled()) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 100)); // the browser tells of long tasks a little later
  observer.disconnect();
  renderer.remove();
  return { frames, idle: idle - idleBefore, longTasks };
}

let idle = 0;
const idleCallback = globalThis.requestIdleCallback.bind(globalThis);
globalThis.requestIdleCallback = (callback, options) =>
  idleCallback((deadline) => {
    const start = performance.now();
    callback(deadline);
    idle += performance.now() - start;
  }, options);

declare global {
  /** What the bench calls in the page. */
  var rendering: { run: typeof run };
}
globalThis.rendering = { run };
