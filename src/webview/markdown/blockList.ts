/** How many blocks a box holds: the cost of a layout grows with the number of siblings. */
const blocksInBox = 32;

/** The blocks of a reply in their boxes. */
export interface BlockList {
  /** Puts a block after the others. */
  append(element: HTMLElement): void;
  /** Takes a block out that was put in last. */
  removeLast(element: HTMLElement): void;
}

/** A list in the element, which is empty. */
export function createBlockList(element: HTMLElement): BlockList {
  return {
    append(block) {
      let box = element.lastElementChild;
      if (box === null || box.childElementCount >= blocksInBox) {
        box = document.createElement('div');
        box.className = 'block-box';
        element.append(box);
      }
      box.append(block);
    },
    removeLast(block) {
      const box = block.parentElement;
      block.remove();
      if (box?.childElementCount === 0) box.remove();
    },
  };
}
