import assert from 'node:assert/strict';
import { untranslated } from '../../../../src/chat/l10n.ts';
import { fillTemplate, parseTemplate } from '../../../../src/chat/quickPrompts/promptTemplate.ts';
import { typedQuestion } from '../../../../src/host/quickPrompts/typedQuestion.ts';

describe('a question that was typed', () => {
  it('has no variables of its own, whatever it looks like', () => {
    for (const text of [
      'What is ${HOME}?',
      'Say ${clipboard}',
      '$${x}',
      '${input:Name}',
      'costs $$ and $&',
    ]) {
      const template = parseTemplate(typedQuestion(text, 'editor', false).prompt, untranslated);
      assert.ok('parts' in template, text);
      assert.deepEqual([template.variables, template.questions], [[], []]);
      assert.equal(fillTemplate(template, { variables: {}, answers: new Map() }), text);
    }
  });

  it('has a name that leads nowhere', () => {
    assert.equal(typedQuestion('[Go](command:x)', 'editor', false).name, '[Go] (command:x)');
  });

  it('is about the selection if there is one', () => {
    const template = parseTemplate(typedQuestion('Why ${x}?', 'insert', true).prompt, untranslated);
    assert.ok('parts' in template);
    assert.deepEqual(template.variables, ['selection']);
    assert.match(
      fillTemplate(template, { variables: { selection: '`a.ts:1`' }, answers: new Map() }),
      /^Why \$\{x\}\?\n\nThis is about `a\.ts:1`\.\n\n.*one fenced code block/,
    );
  });
});
