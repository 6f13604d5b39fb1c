import type { ToWebview } from '../shared/panelMessages.ts';
import { connectHost } from './hostConnection.ts';
import { createPage } from './page.ts';

/** Waits for the texts of the person's language, then shows the page. */
function startPage(): void {
  const host = connectHost();
  let receive: ((message: ToWebview) => void) | undefined;
  host.onMessage((message) => {
    if (message.type === 'start' && receive === undefined) receive = createPage(host, message);
    receive?.(message);
  });
  host.send({ type: 'ready' });
}

startPage();
