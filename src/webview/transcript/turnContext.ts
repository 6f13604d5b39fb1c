import type { FromWebview, PromptEdit } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import type { ReplyViewOptions } from '../markdown/replyView.ts';

/** What the turns of a page have in common. */
export interface TurnContext {
  readonly texts: PanelTexts;
  readonly locale: string;
  readonly reply: ReplyViewOptions;
  readonly send: (message: FromWebview) => void;
  /** Says something and shows it for some seconds. */
  readonly notify: (text: string) => void;
  /** Copies, and says so. */
  readonly copy: (text: string) => void;
  /** Ids of turns whose reasoning or prompt a person unfolded: they stay so while scrolled away. */
  readonly openReasoning: Set<string>;
  readonly openPrompts: Set<string>;
  /** Opens and closes the box in which a prompt is edited. */
  readonly edit: (turn: string | undefined) => void;
  /** The text in that box is another one. */
  readonly changeEdit: (text: string) => void;
  /** Keeps what is typed in that box; an empty text when it closes. */
  readonly saveEdit: (edit: PromptEdit) => void;
}
