import type { FromWebview, PanelAttachment } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { addArrowKeys } from '../arrowKeys.ts';
import { element } from '../element.ts';
import { fillText } from '../fillText.ts';
import { createAttachmentChip } from './attachmentChip.ts';
import type { AttachmentChip } from './attachmentChip.ts';

/** The attachments above the box: one stop of the Tab key, arrows go between them. */
export interface AttachmentTray {
  readonly element: HTMLElement;
  show(attachments: readonly PanelAttachment[]): void;
  /** Another conversation: the chips of the one before go, and what comes next is no news. */
  open(): void;
}

/** Makes the tray, hidden until something is attached. `focusBox`: where the focus goes when the last chip goes away. */
export function createAttachmentTray(
  texts: PanelTexts,
  send: (message: FromWebview) => void,
  say: (text: string) => void,
  focusBox: () => void,
): AttachmentTray {
  const root = element('div', { class: 'chips', role: 'toolbar', 'aria-label': texts.attachments });
  root.hidden = true;
  const chips = new Map<string, AttachmentChip>();
  let shown: readonly PanelAttachment[] = [];
  let isNews = false;
  /** Ids that a person removed here. */
  const removed = new Set<string>();
  let stop: Element | null = null;

  const stops = (): HTMLElement[] => shown.flatMap(({ id }) => chips.get(id)?.stops() ?? []);
  function setStop(): void {
    const all = stops();
    if (!all.some((button) => button === stop)) stop = all[0] ?? null;
    for (const button of all) button.tabIndex = button === stop ? 0 : -1;
  }
  function remove({ id }: PanelAttachment): void {
    removed.add(id);
    send({ type: 'detach', attachment: id });
  }
  function chipOf(id: string): AttachmentChip {
    const known = chips.get(id);
    if (known !== undefined) return known;
    const made = createAttachmentChip(texts, send, remove);
    chips.set(id, made);
    return made;
  }
  function tell(before: readonly PanelAttachment[]): void {
    const old = new Map(before.map((attachment) => [attachment.id, attachment]));
    const news = shown.flatMap(({ id, name, problem = '' }) => {
      const known = old.get(id);
      old.delete(id);
      const attached = known === undefined ? [fillText(texts.attached, name)] : [];
      if (problem === '' || known?.problem === problem) return attached;
      // It is why the prompt does not go out.
      chips.get(id)?.element.scrollIntoView({ block: 'nearest' });
      return [...attached, `${name}: ${problem}`];
    });
    // What went out with a prompt is gone too, and nobody removed it.
    const gone = [...old.values()].filter(({ id }) => removed.delete(id));
    const all = [...gone.map(({ name }) => fillText(texts.detached, name)), ...news];
    if (isNews && all.length > 0) say(all.join('. '));
  }
  /** Takes chips away, and gives the focus of one to the next. */
  function prune(): void {
    const ids = new Set(shown.map(({ id }) => id));
    let focusAt: number | undefined;
    let at = 0;
    for (const [id, { element: chip }] of chips) {
      if (ids.has(id)) at++;
      else {
        if (chip.contains(document.activeElement)) focusAt = at;
        chip.remove();
        chips.delete(id);
      }
    }
    if (focusAt === undefined) return;
    const next = shown[Math.min(focusAt, shown.length - 1)];
    const button = next === undefined ? undefined : chips.get(next.id)?.stops()[0];
    if (button === undefined) focusBox();
    else {
      stop = button;
      button.focus();
    }
  }

  addArrowKeys(root, stops, (button) => {
    stop = button;
    setStop();
  });

  function show(attachments: readonly PanelAttachment[]): void {
    const before = shown;
    shown = attachments;
    for (const [index, attachment] of attachments.entries()) {
      const chip = chipOf(attachment.id);
      chip.show(attachment);
      const there = root.children[index] ?? null;
      // A chip that stays where it is keeps the focus.
      if (there !== chip.element) root.insertBefore(chip.element, there);
    }
    prune();
    root.hidden = shown.length === 0;
    setStop();
    tell(before);
  }

  return {
    element: root,
    show(attachments) {
      show(attachments);
      isNews = true;
    },
    open() {
      isNews = false;
      removed.clear();
      show([]);
    },
  };
}
