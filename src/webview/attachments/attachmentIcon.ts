import type { Completion } from '../../shared/panelMessages.ts';
import type { IconName } from '../element.ts';

const icons: Readonly<Record<Completion['kind'], IconName>> = {
  file: 'file',
  selection: 'list-selection',
  symbol: 'symbol-method',
  problems: 'bug',
  changes: 'git-compare',
  terminal: 'terminal',
  image: 'file-media',
  audio: 'unmute',
  document: 'file-pdf',
  editors: 'files',
  command: 'chevron-right',
};

/** The icon of what can be attached, and of a command. */
export function attachmentIcon(kind: Completion['kind']): IconName {
  return icons[kind];
}
