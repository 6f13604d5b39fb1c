import type { FromWebview, PanelTexts } from '../../shared/panelMessages.ts';
import type { ReplyViewOptions } from '../markdown/replyView.ts';

/** What the turns of a page have in common. */
export interface TurnContext {
  readonly texts: PanelTexts;
  readonly locale: string;
  readonly reply: ReplyViewOptions;
  readonly send: (message: FromWebview) => void;
  /** Copies, and says so. */
  readonly copy: (text: string) => void;
  /** Ids of turns whose reasoning or prompt a person unfolded: they stay so while scrolled away. */
  readonly openReasoning: Set<string>;
  readonly openPrompts: Set<string>;
  /** Opens and closes the box in which a prompt is edited. */
  readonly edit: (turn: string | undefined) => void;
}
