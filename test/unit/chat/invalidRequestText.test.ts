import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/paths.ts';
import { ApiError, invalidRequest, type InvalidRequestProblem } from '../../../src/api/apiError.ts';
import { invalidRequestText } from '../../../src/chat/invalidRequestText.ts';
import { type L10n, untranslated } from '../../../src/chat/l10n.ts';

const bundle: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'l10n', 'bundle.l10n.ja.json'), 'utf8'),
);
const japanese: L10n = {
  t: (message, ...args) => untranslated.t(bundle[message] ?? message, ...args),
};

const problems: [InvalidRequestProblem, RegExp][] = [
  ['urlUnreadable', /^The URL cannot be read;.* https:\/\/api\.example\.com\.$/],
  ['urlHasUserInfo', /user name or a password.*sign in with a key/],
  ['urlHasQuery', /query; remove everything from the question mark/],
  ['urlHasFragment', /fragment; remove everything from the #/],
  ['keyIsEmpty', /key is empty; paste/],
  ['keyHasLineBreak', /key has a line break.*paste/],
  ['keyHasBlank', /key has a blank.*paste/],
  ['keyHasOddCharacters', /characters that no key has; copy it again/],
  ['headerName', /header of this connection has a name.*correct it/],
  ['headerValue', /value of the header “x-a” has a line break.*correct it/],
  ['contentPart', /no content of the type “x-a”; remove that attachment/],
  ['noChatrooms', /keeps no chatrooms on its server/],
  ['chatroomId', /id of the chatroom.*\/new/],
  ['connectionKind', /kind of this connection is unknown; correct “kind”/],
];

describe('invalidRequestText', () => {
  for (const [problem, english] of problems) {
    it(`says what is wrong and what to do, in English and Japanese: ${problem}`, () => {
      const details = /“x-a”/.test(english.source) ? { subject: 'x-a' } : {};
      const error = invalidRequest(problem, 'For users of the library.', details);
      assert.match(invalidRequestText(error, untranslated), english);
      const translated = invalidRequestText(error, japanese);
      assert.match(translated, /\p{Script=Hiragana}.*。$/u);
      assert.doesNotMatch(translated, /\{\d\}|undefined/);
    });
  }

  it('keeps the name of a header on one visible line of at most 40 characters', () => {
    const error = invalidRequest('headerValue', 'Odd.', { subject: `x\n\u202e${'a'.repeat(99)}` });
    assert.match(invalidRequestText(error, untranslated), /“x a{37}…”/);
  });

  it('falls back to the message of an error that names no problem', () => {
    assert.equal(
      invalidRequestText(new ApiError('invalidRequest', 'Our own sentence.'), japanese),
      'Our own sentence.',
    );
  });
});
