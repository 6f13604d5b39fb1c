import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { projectFiles } from './projects.ts';
import type { VSCodeOptions } from './vscode.ts';
import type { Workbench } from './workbench.ts';

/** A window on the three projects; the tests of quick prompts share it. */
export const onProjects: Omit<VSCodeOptions, 'settings'> = {
  // In a browser VS Code saves by itself.
  files: { ...projectFiles, '.vscode/settings.json': '{"files.autoSave": "off"}' },
  isRepository: true,
};

/** A button in the line above an answer. */
export function lens({ page }: Workbench, title: string): Locator {
  return page.locator('.codelens-decoration a').filter({ hasText: title }).first();
}

/** The name of a file. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A line of an editor that holds the text. */
export function lineWith({ page }: Workbench, text: string): Locator {
  // Monaco draws blanks as no-break spaces.
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s'));
  return page.locator('.part.editor .view-line').filter({ hasText: pattern }).first();
}

/** Selects all of the file in front. */
export async function selectAll({ page }: Workbench): Promise<void> {
  await page.locator('.part.editor .editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+A');
  await page.locator('.part.editor .selected-text').first().waitFor();
}

/** Saves what is in front, and waits until the disk has it. */
export async function saved({ page }: Workbench, file: string, expected: string): Promise<void> {
  await page.locator('.part.editor .tab.active.dirty').waitFor();
  await page.locator('.part.editor .editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+S');
  await page.locator('.part.editor .tab.active:not(.dirty)').waitFor();
  assert.equal(await readFile(file, 'utf8'), expected);
}
