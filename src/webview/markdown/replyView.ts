import { createBlockList } from './blockList.ts';
import { createBlockReader } from './blockReader.ts';
import type { Block, BlockEvent } from './blockReader.ts';
import { createBlockViews } from './blockView.ts';
import type { BlockView } from './blockView.ts';
import { createCodeView } from './codeView.ts';
import type { CodeOptions } from './codeToolbar.ts';
import type { CodeView } from './codeView.ts';
import { createIdleQueue } from './idleQueue.ts';
import { listenToClicks } from './linkClicks.ts';
import { createMarkdownParser } from './markdownParser.ts';
import { createSlicedText } from './slicedText.ts';
import type { SlicedText } from './slicedText.ts';

/** Milliseconds that a frame spends on text; the rest waits for idle time. */
const frameBudget = 8;
/** An open block is parsed again when it has grown by this part: else the cost of a long list would grow with its square. */
const growth = 1 / 64;
/** But after so many milliseconds in any case. */
const longestWait = 100;
const plainSize = { length: 16_000, longestLine: 32_000 };

/** Text of a model as DOM: grows block by block, and is sanitised. */
export interface ReplyView {
  /** Where it shows. Set by the caller into the page. */
  readonly element: HTMLElement;
  /** More text; rendered by the next `render`. */
  push(text: string): void;
  /** Brings the DOM up to date: called once per animation frame by the page. */
  render(): void;
  /** The reply is complete: the last block is closed. */
  end(): void;
  /** The text as it is: for copying and comparing. */
  readonly text: string;
  /** All of it is in the page, colours included: a long text takes several frames. */
  readonly isSettled: boolean;
}

/** What a reply needs of the page it stands in. */
export interface ReplyViewOptions extends CodeOptions {
  readonly onLink: (href: string) => void;
  /** `picture` holds `{0}`: a description. */
  readonly texts: CodeOptions['texts'] & { readonly picture: string; readonly restIsPlain: string };
}

/** An empty reply. */
export function createReplyView(options: ReplyViewOptions): ReplyView {
  const element = document.createElement('div');
  element.className = 'markdown';
  listenToClicks(element, options.onLink);
  const reader = createBlockReader(createMarkdownParser(options.texts.picture));
  const blocks = createBlockList(element);
  const queue = createIdleQueue();
  const revisable: { block: Block; view: BlockView }[] = [];
  let open: BlockView[] = [];
  let code: CodeView | undefined;
  let plain: SlicedText | undefined;
  let text = '';
  let unread = 0;
  let readAt = 0;
  let isEnded = false;
  let isReadLater = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const viewsOf = (list: readonly Block[]): BlockView[] =>
    list.length === 0 ? [] : createBlockViews(list, options);

  function showOpen(next: readonly Block[]): void {
    const same = open.findIndex(({ html }, i) => html !== next[i]?.html);
    const kept = same < 0 ? open.length : same;
    for (const { element: old } of open.slice(kept).toReversed()) {
      if (old !== undefined) blocks.removeLast(old);
    }
    const added = viewsOf(next.slice(kept));
    for (const { element: block } of added) if (block !== undefined) blocks.append(block);
    open = [...open.slice(0, kept), ...added];
  }

  function finish(block: Block, made: BlockView | undefined): void {
    let shown = open[0];
    if (shown?.html === block.html) {
      open = open.slice(1);
    } else {
      showOpen([]);
      shown = made ?? viewsOf([block])[0];
      if (shown?.element !== undefined) blocks.append(shown.element);
    }
    if (shown === undefined) return;
    shown.close(queue, block.codes);
    if (block.revisable !== undefined) revisable.push({ block, view: shown });
  }

  function showAll(events: readonly BlockEvent[]): void {
    const finished = events.flatMap((event) => (event.type === 'finished' ? [event.block] : []));
    // The first ones may be in the page already, as open ones.
    const fresh = finished.slice(open.length);
    const made = new Map(viewsOf(fresh).map((view, i) => [fresh[i], view]));
    for (const event of events) {
      if (event.type === 'finished') finish(event.block, made.get(event.block));
      else show(event);
    }
  }

  function show(event: Exclude<BlockEvent, { type: 'finished' }>): void {
    showOpen([]);
    switch (event.type) {
      case 'codeOpened':
        code = createCodeView(event.source, options);
        blocks.append(code.element);
        break;
      case 'code':
        code?.push(event.text);
        break;
      case 'codeClosed':
        code?.close(queue, event.isClosed);
        code = undefined;
        break;
      case 'plain':
        plain ??= createPlain();
        plain.push(event.text);
        break;
    }
  }

  function createPlain(): SlicedText {
    const box = document.createElement('div');
    box.className = 'plain-text';
    const note = document.createElement('p');
    note.className = 'plain-note';
    note.textContent = options.texts.restIsPlain;
    // Where the text ends: that is what shows while it comes.
    element.append(box, note);
    return createSlicedText(box, 'plain-slice', plainSize);
  }

  function read(): void {
    isReadLater = false;
    clearTimeout(waiting);
    waiting = undefined;
    const start = performance.now();
    let hasMore = true;
    while (hasMore && performance.now() - start < frameBudget) {
      const reading = reader.read();
      showAll(reading.events);
      showOpen(reading.open);
      hasMore = reading.hasMore;
    }
    unread = 0;
    readAt = start;
    if (hasMore) {
      isReadLater = true;
      queue.add(read);
    } else if (isEnded) {
      for (const each of revisable.splice(0)) queue.add(() => revise(each));
    }
  }

  /** Definitions that came late make links of what was text. */
  function revise({ block, view: old }: { block: Block; view: BlockView }): void {
    const revised = reader.revise(block);
    if (revised === undefined || revised.html === block.html) return;
    for (const next of viewsOf([revised])) {
      if (next.element !== undefined) old.element?.replaceWith(next.element);
      next.close(queue, revised.codes);
    }
  }

  return {
    element,
    push(more) {
      text += more;
      unread += more.length;
      reader.push(more);
    },
    render() {
      if (unread === 0 || isReadLater) return;
      const isDue = unread >= reader.openLength * growth || performance.now() - readAt >= longestWait;
      if (isDue) read();
      else waiting ??= setTimeout(read, longestWait);
    },
    end() {
      if (isEnded) return;
      isEnded = true;
      reader.end();
      if (!isReadLater) read();
    },
    get text() {
      return text;
    },
    get isSettled() {
      return unread === 0 && !isReadLater && queue.isEmpty;
    },
  };
}

/** The whole text at once; a long one goes on in idle time. */
export function renderReply(text: string, options: ReplyViewOptions): ReplyView {
  const view = createReplyView(options);
  view.push(text);
  view.end();
  return view;
}
