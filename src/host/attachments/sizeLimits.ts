import * as vscode from 'vscode';
import { largestFile } from '../../shared/panelLimits.ts';

/** Of a text, in bytes of UTF-8. */
const largestText = 512 * 1024;

/** Of a text file of which a part is asked for, in bytes. */
export const largestOpened = 32 * 1024 * 1024;

/** Why a text file of this size, in bytes, does not go out; undefined: it does. */
export function textSizeProblem(size: number, label: string): string | undefined {
  return size > largestText
    ? vscode.l10n.t('{0} is larger than 512 KB and is not sent; attach a selection of it.', label)
    : undefined;
}

/** Why an image, a PDF or a sound of this size, in bytes, does not go out; undefined: it does. */
export function mediaSizeProblem(size: number, label: string): string | undefined {
  if (size === 0) return vscode.l10n.t('{0} is empty and is not sent.', label);
  return size > largestFile ? vscode.l10n.t('{0} is larger than 10 MB and is not sent.', label) : undefined;
}

/** Why a selected text is not attached; undefined: it is. */
export function selectionSizeProblem(text: string): string | undefined {
  return isLargeText(text)
    ? vscode.l10n.t('This selection is larger than 512 KB and was not attached.')
    : undefined;
}

/** Whether a text is larger than one that may be attached. */
export function isLargeText(text: string): boolean {
  return new TextEncoder().encode(text).length > largestText;
}
