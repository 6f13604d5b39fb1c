import { createReplyView } from '../markdown/replyView.ts';
import type { ReplyView, ReplyViewOptions } from '../markdown/replyView.ts';

/** Text of a model that grows, or is replaced. */
export interface GrowingReply {
  readonly element: HTMLElement;
  /** Shows this text: what is there already stays untouched. */
  show(text: string, isComplete: boolean): void;
  push(text: string): void;
  render(): void;
}

/** Makes a place for text of a model; nothing is rendered before there is text. */
export function createGrowingReply(options: ReplyViewOptions, kind: string): GrowingReply {
  const root = document.createElement('div');
  root.className = kind;
  root.hidden = true;
  let view: ReplyView | undefined;
  let isDone = false;

  const start = (): ReplyView => {
    const made = createReplyView(options);
    root.replaceChildren(made.element);
    root.hidden = false;
    isDone = false;
    view = made;
    return made;
  };

  return {
    element: root,
    show(text, isComplete) {
      const before = view?.text ?? '';
      if (text === '') {
        root.replaceChildren();
        root.hidden = true;
        view = undefined;
        return;
      }
      if (text !== before || view === undefined) {
        const isLonger = view !== undefined && !isDone && text.startsWith(before);
        const current = isLonger && view !== undefined ? view : start();
        current.push(isLonger ? text.slice(before.length) : text);
        if (!isComplete) current.render();
      }
      if (isComplete && !isDone) {
        view?.end();
        isDone = true;
      }
    },
    push: (text) => (view ?? start()).push(text),
    render: () => view?.render(),
  };
}
