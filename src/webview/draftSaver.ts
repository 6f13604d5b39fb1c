const restDelay = 300;

/** Decides when a text that is typed is saved. */
export interface DraftSaver {
  /** Something is not saved yet. */
  readonly isDue: boolean;
  /** The text is another one. */
  changed(): void;
  /** Saves at once what is due. */
  flush(): void;
  /** Nothing is due any more. */
  drop(): void;
}

/**
 * Makes a saver. What is typed or pasted after a rest is saved at once, since a page that a key hides has no time left;
 * the rest when typing rests.
 */
export function createDraftSaver(save: () => void): DraftSaver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;

  function drop(): void {
    clearTimeout(timer);
    timer = undefined;
    isDue = false;
  }
  function flush(): void {
    const wasDue = isDue;
    drop();
    if (wasDue) save();
  }

  return {
    get isDue() {
      return isDue;
    },
    changed() {
      const isRested = timer === undefined;
      isDue = true;
      if (isRested) flush();
      clearTimeout(timer);
      timer = setTimeout(flush, restDelay);
    },
    flush,
    drop,
  };
}
