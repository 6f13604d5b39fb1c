import type { ApiError, InvalidRequestProblem } from '../api/apiError.ts';
import type { L10n } from './l10n.ts';
import { cleanName } from './untrusted.ts';

/**
 * An `invalidRequest` in the person's language, as plain text: what is wrong and what to do. Without a known problem,
 * the error's own message.
 */
export function invalidRequestText({ details, message }: ApiError, l10n: L10n): string {
  const { problem, subject = '' } = details;
  return problem === undefined ? message : texts[problem](l10n, cleanName(subject, 40));
}

const texts: Readonly<Record<InvalidRequestProblem, (l10n: L10n, subject: string) => string>> = {
  urlUnreadable: (l10n) =>
    l10n.t('The URL cannot be read; type it whole, for example {0}.', 'https://api.example.com'),
  urlHasUserInfo: (l10n) =>
    l10n.t('The URL has a user name or a password in it; remove them and sign in with a key instead.'),
  urlHasQuery: (l10n) => l10n.t('The URL has a query; remove everything from the question mark on.'),
  urlHasFragment: (l10n) => l10n.t('The URL has a fragment; remove everything from the # on.'),
  keyIsEmpty: (l10n) => l10n.t('The key is empty; paste the whole key.'),
  keyHasLineBreak: (l10n) => l10n.t('The key has a line break in it; paste the key alone, on one line.'),
  keyHasBlank: (l10n) => l10n.t('The key has a blank in it; paste the key alone.'),
  keyHasOddCharacters: (l10n) =>
    l10n.t('The key has characters that no key has; copy it again from where it was made.'),
  headerName: (l10n) =>
    l10n.t('A header of this connection has a name that HTTP does not allow; correct it in the settings.'),
  headerValue: (l10n, subject) =>
    l10n.t(
      'The value of the header “{0}” has a line break or a character that HTTP does not allow; correct it in the settings.',
      subject,
    ),
  contentPart: (l10n, subject) =>
    l10n.t('This connection takes no content of the type “{0}”; remove that attachment.', subject),
  noChatrooms: (l10n) => l10n.t('This connection keeps no chatrooms on its server.'),
  chatroomId: (l10n) =>
    l10n.t('The id of the chatroom is empty or not valid; begin a new chatroom with {0}.', '/new'),
  connectionKind: (l10n) =>
    l10n.t('The kind of this connection is unknown; correct “kind” in tachyon.connections.'),
};
