/** Work that may wait until the page has nothing better to do. */
export interface IdleQueue {
  /** Each task is to take some milliseconds at most. */
  add(task: () => void): void;
  readonly isEmpty: boolean;
}

/** A queue that keeps the order of its tasks. */
export function createIdleQueue(): IdleQueue {
  const tasks: (() => void)[] = [];
  let isScheduled = false;
  const schedule = (): void => {
    if (isScheduled || tasks.length === 0) return;
    isScheduled = true;
    // Safari, where VS Code may run too, has no idle callbacks.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 500 });
    else setTimeout(run, 16);
  };
  const run = (deadline?: IdleDeadline): void => {
    isScheduled = false;
    const hasTime = (): boolean => deadline !== undefined && deadline.timeRemaining() > 4;
    do tasks.shift()?.();
    while (tasks.length > 0 && hasTime());
    schedule();
  };
  return {
    add(task) {
      tasks.push(task);
      schedule();
    },
    get isEmpty() {
      return tasks.length === 0;
    },
  };
}
