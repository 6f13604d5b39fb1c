import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { untranslated } from '../../../../src/chat/l10n.ts';
import {
  fillTemplate,
  literalPrompt,
  parseTemplate,
  promptVariables,
} from '../../../../src/chat/quickPrompts/promptTemplate.ts';

function parsed(prompt: string) {
  const template = parseTemplate(prompt, untranslated);
  assert.ok(!('problem' in template), 'problem' in template ? template.problem : '');
  return template;
}

function problemOf(prompt: string): string {
  const template = parseTemplate(prompt, untranslated);
  assert.ok('problem' in template, prompt);
  return template.problem;
}

const nothing = { variables: {}, answers: new Map<string, string>() };

describe('the template of a prompt', () => {
  it('tells its variables and questions once each, in the order of the text', () => {
    const template = parsed('${input:How?} ${file} ${ selection } ${file} ${input: How? } ${input:Why?}');
    assert.deepEqual(template.variables, ['file', 'selection']);
    assert.deepEqual(template.questions, ['How?', 'Why?']);
    const answers = new Map([
      ['How?', '${file}'],
      ['Why?', '$&'],
    ]);
    const variables = { file: '`a.ts`', selection: '`$1`' };
    assert.equal(
      fillTemplate(template, { variables, answers }),
      '${file} `a.ts` `$1` `a.ts` ${file} $&',
      'what fills a hole has no holes',
    );
  });

  it('knows all variables, and leaves a hole without a value empty', () => {
    const template = parsed(promptVariables.map((name) => `\${${name}}`).join('|'));
    assert.deepEqual(template.variables, promptVariables);
    assert.equal(fillTemplate(template, nothing), '|'.repeat(promptVariables.length - 1));
  });

  it('knows what VS Code’s prompt files call otherwise, and the placeholders of their questions', () => {
    const { variables, questions, hints } = parsed(
      '${selectedText} ${workspaceFolderBasename} ${input:form:MyForm} ${input:form} ${input:Which: a or b?}',
    );
    assert.deepEqual(variables, ['selection', 'workspaceFolder']);
    assert.deepEqual(questions, ['form', 'Which: a or b?']);
    assert.deepEqual([...hints], [['form', 'MyForm']]);
  });

  it('takes $${ for the text ${', () => {
    assert.equal(fillTemplate(parsed('a $${file} $${x} $$ { $ } }'), nothing), 'a ${file} ${x} $$ { $ } }');
    assert.deepEqual(parsed('$${file}').variables, []);
  });

  it('names what is no variable, and lists those that are', () => {
    assert.match(problemOf('a ${slection} b'), /“\$\{slection\}”.*\$\{selection\}, .*\$\{input:…\}/);
    for (const hole of ['${}', '${input:}', '${input: \u200b}', '${toString}', '${File}']) {
      assert.ok(problemOf(hole).includes('unknown variable'), hole);
    }
    assert.ok(problemOf(`\${${'x'.repeat(1000)}}`).length < 500);
    assert.ok(!problemOf('${a\u202eb}').includes('\u202e'));
  });

  it('names a variable that does not end on its line', () => {
    for (const prompt of ['a ${file', '${file\n}', '${input:a ${file}}', '${']) {
      assert.match(problemOf(prompt), /has no “\}”/, prompt);
    }
  });

  it('asks questions that are one line of visible text, without any link', () => {
    assert.deepEqual(parsed('${input:a\u202e\tb}').questions, ['a b']);
    assert.deepEqual(parsed('${input:[Go on](command:x) $(check)?}').questions, [
      '[Go on] (command:x) $ (check)?',
    ]);
  });

  it('holds any text that a person typed as it is', () => {
    const texts = fc
      .array(fc.constantFrom('$', '{', '}', '${', '$${', 'file', 'input:', '\n', 'a'))
      .map((some) => some.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const template = parsed(literalPrompt(text));
        assert.deepEqual([template.variables, template.questions], [[], []]);
        assert.equal(fillTemplate(template, nothing), text);
      }),
      { numRuns: 500 },
    );
  });
});
