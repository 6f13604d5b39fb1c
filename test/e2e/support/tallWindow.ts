import type { Page } from 'playwright-core';

/** Makes the window so tall that VS Code's lists, which draw only the rows that fit, draw them all for `read`. */
export async function inTallWindow<Result>(page: Page, read: () => Promise<Result>): Promise<Result> {
  const size = page.viewportSize();
  if (size === null) throw new Error('The window has no fixed size.');
  await page.setViewportSize({ width: size.width, height: 12_000 });
  try {
    // The workbench lays itself out on the resize event; the lists draw in the frame after.
    await nextFrame(page);
    await nextFrame(page);
    return await read();
  } finally {
    await page.setViewportSize(size);
  }
}

/** Waits until the page has drawn once more. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(resolve);
      }),
  );
}
