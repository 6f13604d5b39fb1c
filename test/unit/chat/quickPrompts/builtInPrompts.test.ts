import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../scripts/paths.ts';
import { untranslated } from '../../../../src/chat/l10n.ts';
import { builtInPrompts } from '../../../../src/chat/quickPrompts/builtInPrompts.ts';
import { parseTemplate } from '../../../../src/chat/quickPrompts/promptTemplate.ts';

const japanese: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'l10n', 'bundle.l10n.ja.json'), 'utf8'),
);

/** Variables and questions of a prompt, and where its answer goes. */
const expected: Readonly<Record<string, readonly [slash: string, target: string, ...holes: string[]]>> = {
  explain: ['explain', 'editor', 'selection', 'language', 'displayLanguage'],
  fix: ['fix', 'replace', 'selection', 'language', 'diagnostics'],
  writeTests: ['tests', 'newFile', 'selection', 'language', 'file', 'tests'],
  document: ['doc', 'replace', 'selection', 'language', 'docStyle'],
  refactor: ['refactor', 'replace', 'selection', 'language'],
  review: ['review', 'editor', 'diff', 'displayLanguage'],
  commitMessage: ['commit', 'scm', 'diff', 'commits'],
  askTerminal: ['terminal', 'editor', 'terminal', 'displayLanguage', '?'],
};

describe('the prompts that are built in', () => {
  for (const [language, l10n] of [
    ['English', untranslated],
    ['Japanese', { t: (message: string) => japanese[message] ?? message }],
  ] as const) {
    it(`ask about what they are for, in ${language}`, () => {
      const found = builtInPrompts(l10n).map(({ id, slash, target, prompt }) => {
        const template = parseTemplate(prompt, untranslated);
        assert.ok(!('problem' in template), id);
        return [id, [slash, target, ...template.variables, ...template.questions.map(() => '?')]];
      });
      assert.deepEqual(Object.fromEntries(found), expected);
    });
  }

  it('have names and descriptions in the language of the person', () => {
    const texts = builtInPrompts({ t: (message) => `<${message}>` });
    for (const { name, description = '' } of texts) {
      for (const text of [name, description]) assert.match(text, /^<.+>$/);
    }
  });

  it('ask for one block of code where the answer is code', () => {
    for (const { target, prompt } of builtInPrompts(untranslated)) {
      const isCode = target === 'replace' || target === 'newFile';
      assert.equal(prompt.includes('one fenced code block and nothing else'), isCode);
    }
  });
});
