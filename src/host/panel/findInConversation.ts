import { findInTurns } from '../../chat/panel/findInTurns.ts';
import type { FindResult, ToWebview } from '../../shared/panelMessages.ts';
import type { Conversation } from './conversation.ts';
import { latestTurns } from './conversationState.ts';

/** Turns that are looked through at once, and places that are told. */
const searchWidth = 200;
const mostFound = 1000;

/** Which conversation is searched, and who hears of it. */
interface SearchedPage {
  readonly conversation: Conversation;
  tell(message: ToWebview): void;
}

/** Makes the search of a page: of several, the last one in the conversation that is shown is answered. */
export function createSearch(page: SearchedPage): (query: string) => Promise<void> {
  let last = 0;
  return async (query) => {
    last += 1;
    const own = last;
    const { conversation } = page;
    const isWanted = () => own === last && conversation === page.conversation;
    const found = await findInConversation(conversation, query, isWanted);
    if (found) page.tell({ type: 'found', query, ...found });
  };
}

/** Where a text stands in the whole room, page by page: long rooms are not kept. Undefined: nobody wants it any more. */
async function findInConversation(
  conversation: Conversation,
  query: string,
  isWanted: () => boolean,
): Promise<{ readonly results: readonly FindResult[]; readonly isCut: boolean } | undefined> {
  const results: FindResult[] = [];
  for (let first = 0; first < conversation.count && results.length <= mostFound; first += searchWidth) {
    const turns = latestTurns(await conversation.turns(first, searchWidth), conversation);
    if (!isWanted()) return undefined;
    results.push(...findInTurns(turns, first, query, mostFound + 1 - results.length));
  }
  return { results: results.slice(0, mostFound), isCut: results.length > mostFound };
}
