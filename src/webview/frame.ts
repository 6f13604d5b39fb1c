import { drawingTime } from './renderPace.ts';

/** Makes a function that runs `task` once in the next animation frame, however often it is called before. */
export function oncePerFrame(task: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      task();
    });
  };
}

/** The same for work that typing shall not wait for: while keys come, it is done between them. */
export function oncePerFrameBetweenKeys(task: () => void): () => void {
  let key = -Infinity;
  let shown = -Infinity;
  let drawn = -Infinity;
  let asked: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const draw = oncePerFrame(() => {
    asked = undefined;
    drawn = performance.now();
    task();
  });
  function drawWhenDue(): void {
    clearTimeout(timer);
    const now = performance.now();
    const due = drawingTime({ now, key, shown, drawn, asked: asked ?? now });
    if (due <= now) draw();
    else timer = setTimeout(drawWhenDue, due - now);
  }
  const showKey = oncePerFrame(() => {
    shown = performance.now();
    if (asked !== undefined) drawWhenDue();
  });
  const hear = ({ timeStamp }: Event): void => {
    key = timeStamp;
    showKey();
  };
  window.addEventListener('keydown', hear, { capture: true });

  return () => {
    if (asked !== undefined) return;
    asked = performance.now();
    drawWhenDue();
  };
}
