import { longestName } from '../../shared/panelLimits.ts';
import type { CodeAction } from '../../shared/panelMessages.ts';
import { addArrowKeys } from '../arrowKeys.ts';
import { element, iconButton } from '../element.ts';
import type { MenuItem } from '../menu.ts';
import { openMenu } from '../menu.ts';
import type { CodeSource } from './codeSource.ts';

/** What the host gets to use code. */
export interface CodeUse extends CodeSource {
  readonly action: CodeAction;
  readonly code: string;
}

/** What blocks of code need of the page; `code` holds `{0}`: a language. */
export interface CodeOptions {
  readonly onCopyCode: (code: string) => void;
  readonly onUseCode: (use: CodeUse) => void;
  readonly texts: {
    readonly code: string;
    readonly copyCode: string;
    readonly insertCode: string;
    readonly applyCode: string;
    readonly newFile: string;
    readonly runCode: string;
    readonly more: string;
  };
}

/** The code that a toolbar is for. */
interface ToolbarSource extends CodeSource {
  readonly language: string;
  /** As it is shown: copied, it brings nothing that is not seen. */
  readonly shown: () => string;
  /** As the model wrote it. */
  readonly written: () => string;
}

/** The buttons of a block of code: one stop of the Tab key, arrows go between them. */
export interface CodeToolbar {
  readonly element: HTMLElement;
  /** The code is whole. */
  offerUses(): void;
}

const shells: ReadonlySet<string> = new Set(
  `bash bat batch cmd console fish powershell ps ps1 pwsh sh shell shellscript shellsession terminal zsh`.split(
    ' ',
  ),
);

/** Makes the toolbar, which only copies yet. */
export function createCodeToolbar(source: ToolbarSource, options: CodeOptions): CodeToolbar {
  const { texts } = options;
  const copy = iconButton('copy', texts.copyCode, () => options.onCopyCode(source.shown()));
  const root = element('div', { class: 'code-toolbar' }, copy);
  let buttons = [copy];

  const use = (action: CodeAction): void => {
    const info = source.info.slice(0, longestName);
    options.onUseCode({ action, code: source.written(), info, before: source.before });
  };
  const menuItems = (): MenuItem[] => {
    const newFile = { label: texts.newFile, run: () => use('newFile') };
    const run = { label: texts.runCode, run: () => use('run') };
    return shells.has(source.language.toLowerCase()) ? [newFile, run] : [newFile];
  };

  const setStop = (stop: HTMLElement): void => {
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  };
  addArrowKeys(root, () => buttons, setStop);

  return {
    element: root,
    offerUses() {
      const insert = iconButton('insert', texts.insertCode, () => use('insert'));
      const apply = iconButton('git-compare', texts.applyCode, () => use('apply'));
      const more = iconButton('ellipsis', texts.more, () => openMenu(menuItems(), texts.more, more, root));
      more.setAttribute('aria-haspopup', 'menu');
      more.setAttribute('aria-expanded', 'false');
      const added = [insert, apply, more];
      for (const button of added) button.tabIndex = -1;
      buttons = [copy, ...added];
      root.setAttribute('role', 'toolbar');
      root.setAttribute(
        'aria-label',
        texts.code.replace('{0}', () => source.language || 'text'),
      );
      root.append(...added);
    },
  };
}
