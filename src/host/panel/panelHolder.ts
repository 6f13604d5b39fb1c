import type { ToWebview } from '../../shared/panelMessages.ts';
import type { PanelLook } from './quickLook.ts';

/** What the page is part of. */
export interface PanelHolder {
  readonly isEditor: boolean;
  post(message: ToWebview): void;
  /** Its name, state or usage is another one. */
  onLook(look: PanelLook): void;
  /** The page can be told things from now on. */
  onReady(): void;
  onFocus(hasFocus: boolean): void;
  /** Another room shows; undefined: none yet. */
  onRoom(key: string | undefined): void;
}
