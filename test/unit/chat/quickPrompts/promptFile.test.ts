import assert from 'node:assert/strict';
import { untranslated } from '../../../../src/chat/l10n.ts';
import { readFrontMatter } from '../../../../src/chat/quickPrompts/frontMatter.ts';
import { consentNeeds, parsePromptFile } from '../../../../src/chat/quickPrompts/promptFile.ts';
import type { QuickPrompt } from '../../../../src/chat/quickPrompts/quickPrompt.ts';

const path = '.github/prompts/shorten.prompt.md';
const uri = `file:///project/${path}`;
const parse = (text: string, at = path) =>
  parsePromptFile({ uri, path: at, text }, readFrontMatter, untranslated);

function prompt(text: string, at = path): QuickPrompt {
  const found = parse(text, at);
  assert.ok(!('problem' in found), 'problem' in found ? found.problem : '');
  return found;
}

function problem(text: string) {
  const found = parse(text);
  assert.ok('problem' in found, text);
  assert.ok(found.problem.startsWith(`${path}, line ${found.line}: `), found.problem);
  return found;
}

const needs = (text: string) => consentNeeds(prompt(text), untranslated);

describe('a prompt file', () => {
  it('is read with its front matter', () => {
    const text = [
      '---',
      '# How it is asked.',
      'name: Shorten it',
      'description: "Fewer words: always"',
      'agent: ask',
      'mode: agent',
      'tools: [search, { a: b }]',
      'model: tachyon/openai/gpt-4.1',
      "target: 'replace'",
      'room: own',
      '---',
      '',
      'Shorten ${selection}.',
      '',
    ];
    for (const end of ['\n', '\r\n', '\r']) {
      assert.deepEqual(prompt(text.join(end)), {
        id: `file:${uri}`,
        file: path,
        name: 'Shorten it',
        description: 'Fewer words: always',
        prompt: 'Shorten ${selection}.',
        model: 'tachyon/openai/gpt-4.1',
        target: 'replace',
        room: 'own',
        origin: 'workspace',
      });
    }
  });

  it('needs none, and is called as its file then', () => {
    const plain = {
      id: `file:${uri}`,
      file: path,
      name: 'shorten',
      prompt: 'p',
      target: 'editor',
      origin: 'workspace',
    };
    for (const text of [
      'p',
      '\uFEFFp\n',
      `---\n  # A remark.\n${'\n'.repeat(19_000)}---\np`,
      '---\n---\np',
      '\uFEFF---\n# nothing\n\n---\np',
      '---\nname:\ndescription: ""\n...\np',
    ])
      assert.deepEqual(prompt(text), plain, text);
    assert.equal(prompt('p', 'a/b.PROMPT.md').name, 'b');
    for (const unseen of ['', '\u200b'])
      assert.equal(prompt('p', `a/${unseen}.prompt.md`).name, 'a/.prompt.md');
    assert.equal(prompt('a\n---\nb').prompt, 'a\n---\nb');
  });

  it('has a name that leads nowhere', () => {
    assert.equal(prompt('---\nname: "[Go](command:x)"\n---\np').name, '[Go] (command:x)');
    assert.equal(prompt('p', 'a/[b](c).prompt.md').name, '[b] (c)');
    const { name } = prompt(`---\nname: "${'a]('.repeat(30)}"\n---\np`);
    assert.match(name, /^(?:a\] \()+.{0,3}…$/);
    assert.ok(name.length <= 60);
  });

  it('may have what is meant for other products', () => {
    for (const front of [
      'model: GPT-4o',
      'model: [a, b]',
      'tools:\n  - x',
      'argument-hint: y',
      'target: [a]',
    ])
      assert.equal(prompt(`---\n${front}\n---\np`).model, undefined, front);
    assert.equal(prompt('---\nname: 2024\n---\np').name, '2024');
    assert.equal(prompt('---\nname: true\n---\np').name, 'true');
  });

  const broken: [what: string, text: string, line: number, problem: RegExp][] = [
    ['does not end', '---\nname: a\np', 1, /no end/],
    ['is no YAML', '---\nname: a\ndescription: b: c\n---\np', 3, /no YAML \(bad indentation/],
    ['names a field twice', '---\nname: a\nname: b\n---\np', 3, /duplicated/],
    ['has an open bracket', '---\ntools: [a\n---\np', 2, /no YAML/],
    ['is a list', '---\n- a\n---\np', 2, /“name: value”/],
    ['is a text', '---\nname\n---\np', 2, /“name: value”/],
    ['has a tag', '---\nname: !!js/function x\n---\np', 2, /no YAML/],
    ['holds two documents', '---\na: b\n--- # next\nc: d\n---\np', 2, /no YAML/],
    ['is nested too deep', `---\na: ${'['.repeat(15_000)}\n---\np`, 2, /no YAML/],
    ['is too long', `---\na: ${'b'.repeat(20_000)}\n---\np`, 1, /longer than 20000/],
    ['has an unknown target', '---\nname: a\ntarget: shell\n---\np', 3, /“target” must be one of/],
    ['has an unknown room', '---\n"room": any\n---\np', 2, /“room” must be one of/],
  ];
  for (const [what, text, line, reason] of broken) {
    it(`is none, with the line, where its front matter ${what}`, () => {
      const found = problem(text);
      assert.equal(found.line, line, found.problem);
      assert.match(found.problem, reason);
    });
  }

  it('is none where its prompt is empty or has an unknown variable', () => {
    assert.deepEqual(problem('---\nname: a\n---\n \n').line, 4);
    assert.match(problem('').problem, /line 1: The prompt is empty/);
    assert.match(problem('---\nname: a\n---\n${lineNumber}').problem, /line 4: .*“\$\{lineNumber\}”/);
    assert.match(problem('x'.repeat(100_001)).problem, /longer than 100000/);
  });

  it('says nothing that comes alive in a message', () => {
    const hostile = 'a\u202e[x](command:y)/$(z).prompt.md';
    const found = parse('---\n!<[x](command:y)> a: b\n---\np ${[x](command:y)}', hostile);
    assert.ok('problem' in found);
    assert.doesNotMatch(found.problem, /\]\(|\$\(|\u202e/);
    const variable = parse('${[x](command:y)}', hostile);
    assert.ok('problem' in variable);
    assert.doesNotMatch(variable.problem, /\]\(|\$\(|\u202e/);
  });

  it('takes no values from what the front matter only inherits', () => {
    const found = prompt('---\n__proto__:\n  model: tachyon/x\n  name: evil\n---\np');
    assert.deepEqual([found.name, found.model], ['shorten', undefined]);
    assert.equal(Object.hasOwn(Object.prototype, 'model'), false);
  });

  it('needs consent for the clipboard and for a model', () => {
    assert.equal(needs('a ${selection} $${clipboard}'), undefined);
    assert.deepEqual(needs('a ${ clipboard }'), { readsClipboard: true });
    assert.deepEqual(needs('---\nmodel: a/b\n---\np'), { readsClipboard: false, model: 'a/b' });
    assert.equal(needs('---\nmodel: GPT-4o\n---\np'), undefined);
  });
});
