import type { FromWebview } from '../../shared/panelMessages.ts';
import { isOfType } from './isOfType.ts';

const requests = [
  'openRoom',
  'newChat',
  'stopReply',
  'copyText',
  'openLink',
  'askAgain',
  'forkFrom',
  'editPrompt',
  'showSent',
  'runAction',
  'pickModel',
  'setParameters',
  'continueInChat',
  'openInEditor',
] as const;

/** What a page asks for that changes more than the page. */
export type PanelRequest = Extract<FromWebview, { readonly type: (typeof requests)[number] }>;

/** Whether it is for `PanelActions.run`. */
export function isPanelRequest(message: FromWebview): message is PanelRequest {
  return isOfType(message, requests);
}
