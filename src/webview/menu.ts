import { arrowTarget } from './arrowKeys.ts';
import { element } from './element.ts';

/** A row of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
}

/** Where a menu opens: below an element, or at a point of the window. */
export type MenuPlace = HTMLElement | { readonly x: number; readonly y: number };

/** Opens a menu with the focus on its first row; a popover gives the focus back when it closes. */
export function openMenu(
  items: readonly MenuItem[],
  label: string,
  place: MenuPlace,
  owner: HTMLElement,
): void {
  const menu = element('div', { class: 'menu', role: 'menu', 'aria-label': label, popover: 'auto' });
  const rows = items.map((item) => {
    const row = element('div', { class: 'menu-item', role: 'menuitem', tabindex: '-1' }, item.label);
    row.addEventListener('click', () => {
      menu.hidePopover();
      item.run();
    });
    row.addEventListener('pointermove', () => row.focus({ preventScroll: true }));
    return row;
  });
  menu.append(...rows);
  menu.addEventListener('keydown', (event) => onKey(event, menu, rows));
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    menu.remove();
    if (place instanceof HTMLElement) place.setAttribute('aria-expanded', 'false');
  });
  // In the landmark of its button, and so never outside all landmarks.
  (owner.closest('header, nav, main') ?? document.body).append(menu);
  if (place instanceof HTMLElement) place.setAttribute('aria-expanded', 'true');
  menu.showPopover();
  moveInto(menu, place);
  rows[0]?.focus({ preventScroll: true });
}

function onKey(event: KeyboardEvent, menu: HTMLElement, rows: readonly HTMLElement[]): void {
  const target = arrowTarget(rows, event.key, true);
  event.stopPropagation();
  if (target !== undefined) target.focus({ preventScroll: true });
  else if (event.key === 'Enter' || event.key === ' ')
    rows.find((row) => row === document.activeElement)?.click();
  else if (event.key === 'Escape' || event.key === 'Tab') menu.hidePopover();
  else return;
  event.preventDefault();
}

function moveInto(menu: HTMLElement, place: MenuPlace): void {
  const size = menu.getBoundingClientRect();
  const around = place instanceof HTMLElement ? place.getBoundingClientRect() : undefined;
  const x = place instanceof HTMLElement ? place.getBoundingClientRect().right - size.width : place.x;
  const y = place instanceof HTMLElement ? place.getBoundingClientRect().bottom : place.y;
  const top = y + size.height <= window.innerHeight ? y : (around?.top ?? y) - size.height;
  menu.style.left = `${Math.max(4, Math.min(x, window.innerWidth - size.width - 4))}px`;
  menu.style.top = `${Math.max(4, top)}px`;
}
