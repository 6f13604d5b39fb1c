import { isComposingKey } from '../textBox.ts';

/** Earlier prompts, which Up brings back into the box. */
export interface PromptHistory {
  /** Whether the key went to another prompt. */
  onKey(event: KeyboardEvent): boolean;
  /** The answer of the host, the newest last. */
  receive(prompts: readonly string[]): void;
  /** What the person typed before an earlier prompt came into the box; undefined: the box has what is typed. */
  readonly typed: string | undefined;
  /** A person changed the prompt in the box, which is the newest now; what was typed before is one of the earlier ones. */
  edit(): void;
  /** Something else came into the box, which is the newest now. */
  leave(): void;
  /** A prompt was sent. */
  add(prompt: string): void;
  /** Another conversation has other prompts. */
  forget(): void;
}

/** Makes it for a box. `load` asks the host for the prompts, `put` shows one with the caret at the index. */
export function createPromptHistory(
  box: HTMLTextAreaElement,
  load: () => void,
  put: (text: string, caret: number) => void,
): PromptHistory {
  let prompts: string[] | undefined;
  /** Index of the prompt in the box; undefined: it is what the person types. */
  let at: number | undefined;
  let typed = '';
  /** Up was pressed before the prompts were there. */
  let isDue = false;

  function go(step: 1 | -1): void {
    if (prompts === undefined) {
      if (!isDue) load();
      isDue = true;
      return;
    }
    const next = (at ?? prompts.length) + step;
    if (next < 0 || next > prompts.length) return;
    if (at === undefined) typed = box.value;
    const text = prompts[next] ?? typed;
    at = next === prompts.length ? undefined : next;
    const lineEnd = text.indexOf('\n');
    put(text, step > 0 || lineEnd < 0 ? text.length : lineEnd);
  }
  function leave(): void {
    at = undefined;
    isDue = false;
  }
  /** Whether the caret is in the first line, or in the last one. */
  function isInLastLine(step: 1 | -1): boolean {
    const { value, selectionStart: caret } = box;
    if (step > 0) return !value.includes('\n', caret);
    return caret === 0 || value.lastIndexOf('\n', caret - 1) < 0;
  }

  return {
    onKey(event) {
      const hasModifier = event.shiftKey || event.ctrlKey || event.altKey || event.metaKey;
      const step = event.key === 'ArrowUp' ? -1 : 1;
      if (hasModifier || isComposingKey(event) || box.selectionStart !== box.selectionEnd) return false;
      if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || !isInLastLine(step)) return false;
      if (step > 0 && at === undefined) return false;
      if (isOneRow(box)) {
        event.preventDefault();
        go(step);
        return true;
      }
      // A long line has several rows, and only the browser knows which one the caret is in. Where it can go no further
      // some systems leave it, and some take it to the start.
      const { value, selectionStart: caret } = box;
      setTimeout(() => {
        const isAtEdge = box.selectionStart === caret || (step < 0 && box.selectionStart === 0);
        if (isAtEdge && box.selectionStart === box.selectionEnd && box.value === value) go(step);
      });
      return true;
    },
    get typed() {
      return at === undefined ? undefined : typed;
    },
    edit() {
      if (at !== undefined && typed.trim() !== '') prompts?.push(typed);
      leave();
    },
    receive(loaded) {
      prompts = [...loaded];
      if (isDue) go(-1);
      isDue = false;
    },
    leave,
    add(prompt) {
      leave();
      if (prompts?.at(-1) !== prompt) prompts?.push(prompt);
    },
    forget() {
      leave();
      prompts = undefined;
    },
  };
}

function isOneRow(box: HTMLTextAreaElement): boolean {
  const style = getComputedStyle(box);
  const lines =
    box.scrollHeight - Number.parseFloat(style.paddingTop) - Number.parseFloat(style.paddingBottom);
  return box.value === '' || lines < 1.5 * Number.parseFloat(style.lineHeight);
}
