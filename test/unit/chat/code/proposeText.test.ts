import assert from 'node:assert/strict';
import { proposeText, wholeText } from '../../../../src/chat/code/proposeText.ts';

const file = `import { a } from './a.ts';

const limit = 10;

/** Adds. */
export function add(x: number, y: number): number {
  return x + y;
}

export class Counter {
  #count = 0;

  increment(): void {
    this.#count += 1;
  }

  get value(): number {
    return this.#count;
  }
}

export function last(): string {
  const text = 'last';
  log(text);
  return text;
}
`;

function placed(code: string, original = file, path = 'src/a.ts'): string {
  const proposed = proposeText(original, code, path);
  assert.ok('text' in proposed, proposed.how);
  return proposed.text;
}

function how(code: string, original = file): string {
  return proposeText(original, code, 'src/a.ts').how;
}

function functions(count: number, result: string): string {
  return Array.from({ length: count }, (_, i) => `function f${i}() {\n  return ${result};\n}\n`).join('\n');
}

describe('the text that code of a model makes of a file', () => {
  it('is that of a unified diff, whatever its counts and numbers of lines', () => {
    const expected = file.replace('x + y', 'x + y + limit');
    const hunk =
      ' export function add(x: number, y: number): number {\n-  return x + y;\n+  return x + y + limit;\n }';
    for (const code of [
      `--- a/src/a.ts\n+++ b/src/a.ts\n@@ -6,3 +6,3 @@\n${hunk}\n`,
      `diff --git a/src/a.ts b/src/a.ts\nindex 12..34 100644\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -60,30 +1,2 @@ add\n${hunk}`,
      `@@ ... @@\n${hunk}`,
      `@@\n${hunk}`,
    ]) {
      assert.equal(placed(code), expected);
      assert.equal(how(code), 'diff');
    }
  });

  it('has the new lines of a diff without lines around them below the line that it tells', () => {
    const original = 'a\nb\nc\n';
    assert.equal(placed('@@ -2,0 +3 @@\n+x\n', original), 'a\nb\nx\nc\n');
    assert.equal(placed('@@ -0,0 +1 @@\n+x\n', original), 'x\na\nb\nc\n');
    assert.equal(placed('@@ -1,0 +2 @@\n+x\n@@ -3 +4,0 @@\n-c\n', original), 'a\nx\nb\n');
    assert.equal(placed('--- /dev/null\n+++ b/src/a.ts\n@@ -0,0 +1,2 @@\n+x\n+y\n', ''), 'x\ny\n');
  });

  it('is said to be of a diff that does not fit exactly', () => {
    const code =
      '@@ -11,4 +11,4 @@\n   #counter = 0;\n \n   increment(): void {\n-    this.#count += 1;\n+    this.#count += 2;\n   }\n';
    assert.equal(how(code), 'fuzzyDiff');
    assert.equal(placed(code), file.replace('+= 1', '+= 2'));
  });

  it('takes that part of a diff that is for the file', () => {
    const code =
      '--- a/src/b.ts\n+++ b/src/b.ts\n@@ -1 +1 @@\n-x\n+y\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -3 +3 @@\n-const limit = 10;\n+const limit = 20;\n';
    assert.equal(placed(code), file.replace('10', '20'));
    assert.equal(proposeText(file, code, 'src/c.ts').how, 'unplaced');
  });

  it('is not guessed for a diff whose lines are elsewhere, or in several places', () => {
    assert.equal(how('@@ -1 +1 @@\n-nothing like it\n+x\n'), 'unplaced');
    assert.equal(how('@@ -9 +9 @@\n-a\n+b\n', 'a\nc\na\n'), 'unplaced');
    assert.equal(how('@@ -3 +3 @@\n-a\n+b\n', 'a\nc\na\n'), 'diff');
  });

  it('is the code where that is the whole file', () => {
    const whole = file.replace('limit = 10', 'limit = 20').replace('log(text);\n  ', '');
    assert.equal(how(whole), 'whole');
    assert.equal(placed(whole), whole);
    assert.equal(placed('one\ntwo\n', ''), 'one\ntwo\n');
    assert.equal(placed('one', ' \n'), 'one\n');
  });

  it('keeps the beginning and the end of the file where the code has most of it, but not these', () => {
    const rest = file.slice(file.indexOf('const limit')).replace('10', '20');
    assert.equal(placed(rest), file.replace('10', '20'));
    const start = file.slice(0, file.indexOf('export function last')).replace('10', '20');
    assert.equal(placed(start), file.replace('10', '20'));
  });

  it('leaves out a first line that only names the file, unless the file has it', () => {
    assert.equal(placed('// src/a.ts\n\nlet a = 1;\n', ''), 'let a = 1;\n');
    const named = `// src/a.ts\n${file}`;
    assert.equal(placed(named.replace('10', '20'), named), named.replace('10', '20'));
    assert.equal(placed(named.replace('10', '20')), file.replace('10', '20'));
    assert.equal(wholeText('x\n', '// a/b.ts\ny'), 'y\n');
  });

  it('has a function in place of that of the same name, at its depth', () => {
    const add = 'export function add(x: number, y: number, z = 0): number {\n  return x + y + z;\n}';
    const expected = file.replace(
      'add(x: number, y: number): number {\n  return x + y;',
      'add(x: number, y: number, z = 0): number {\n  return x + y + z;',
    );
    assert.equal(how(add), 'parts');
    assert.equal(placed(add), expected);
    assert.equal(placed(`/** Adds three. */\n${add}`), expected.replace('Adds.', 'Adds three.'));
    assert.equal(
      placed('increment(): void {\n  this.#count += 2;\n  this.tell();\n}'),
      file.replace('this.#count += 1;', 'this.#count += 2;\n    this.tell();'),
    );
  });

  it('has several of them, and keeps what is between', () => {
    const code =
      "const limit = 20;\n\nexport function last(): string {\n  return 'last';\n}\n\nexport function later(): void {\n  last();\n}\n";
    const expected = `${file.slice(0, file.indexOf('export function last')).replace('10', '20')}export function last(): string {
  return 'last';
}

export function later(): void {
  last();
}
`;
    assert.equal(placed(code), expected);
  });

  it('has new imports below the others', () => {
    const code = "import { b } from './b.ts';\n\nconst limit = b;\n";
    assert.equal(
      placed(code),
      file.replace("'./a.ts';\n", "'./a.ts';\nimport { b } from './b.ts';\n").replace('= 10', '= b'),
    );
  });

  it('keeps what the code says it leaves out', () => {
    const method = '  reset(): void {\n    this.#count = 0;\n  }';
    const expected = file.replace(/(return this.#count;\n  }\n)/, `$1\n${method}\n`);
    for (const mark of ['// ... existing code ...', '// …', '// rest of the class', '/* ... */', '...']) {
      assert.equal(
        placed(`export class Counter {\n  ${mark}\n\n${method}\n}`).replace(/\n\n+/g, '\n'),
        expected.replace(/\n\n+/g, '\n'),
      );
      assert.equal(
        placed(`export function last(): string {\n  ${mark}\n  return text + 1;\n}`),
        file.replace('return text;', 'return text + 1;'),
      );
      assert.equal(
        placed(`export function last(): string {\n  const text = 'first';\n  ${mark}\n}`),
        file.replace("= 'last'", "= 'first'"),
      );
    }
    assert.equal(
      placed("import { b } from './b.ts';\n\n// ... existing code ...\n\nexport function later(): void {}\n"),
      `${file.replace("'./a.ts';\n", "'./a.ts';\nimport { b } from './b.ts';\n")}\nexport function later(): void {}\n`,
    );
  });

  it('keeps it in methods of classes too', () => {
    const code =
      'export class Counter {\n  // ... existing code ...\n  increment(): void {\n    // ... existing code ...\n    this.tell();\n  }\n  // ... existing code ...\n}\n';
    assert.equal(placed(code), file.replace('this.#count += 1;', 'this.#count += 1;\n    this.tell();'));
  });

  it('has the tabs of the file', () => {
    const tabs = file.replaceAll('  ', '\t');
    const code = 'increment(): void {\n  if (a) {\n    this.#count += 2;\n  }\n}';
    assert.equal(
      placed(code, tabs),
      tabs.replace('this.#count += 1;', 'if (a) {\n\t\t\tthis.#count += 2;\n\t\t}'),
    );
  });

  it('works by indentation where nothing closes a block', () => {
    const python =
      'import os\n\n\ndef one():\n    return 1\n\n\n@cached\ndef two(a):\n    if a:\n        return 2\n    return 3\n\n\nprint(one())\n';
    assert.equal(
      placed('def two(a, b):\n    return a + b\n', python, 'a.py'),
      python.replace('two(a):\n    if a:\n        return 2\n    return 3', 'two(a, b):\n    return a + b'),
    );
    assert.equal(
      placed('def one():\n    # ... existing code ...\n    return 5\n', python, 'a.py'),
      python.replace('return 1', 'return 5'),
    );
  });

  for (const [name, code, original] of [
    ['names nothing of the file', 'somethingElse(1);\nand(2);\n', file],
    ['is a statement without a name between others', 'const limit = 10;\nstart(limit);\n', file],
    ['leaves methods of a class out without a word', 'export class Counter {\n  reset(): void {}\n}\n', file],
    [
      'has the name of several',
      'function a() {\n  return 2;\n}\n',
      'class A {\n  function a() {\n  }\n}\nclass B {\n  function a() {\n  }\n}\n',
    ],
    [
      'is in another order',
      'function b() {}\n\nfunction a() {\n  return 1;\n}\n\nfunction b() {\n}\n',
      'function a() {}\nfunction b() {}\n',
    ],
    [
      'would cut a text that looks like an end',
      'function a() {\n  return 2;\n}\n',
      'function a() {\n  return `\n}\n{`;\n}\n',
    ],
    ['stands between two gaps and is new', '// ...\nfunction fresh() {}\n// ...\n', file],
    ['is empty', ' \n', file],
  ] as const) {
    it(`is not guessed where the code ${name}`, () => {
      assert.equal(how(code, original), 'unplaced');
    });
  }

  it('is found in large files, and for much code', () => {
    const large = functions(5000, 'a');
    assert.equal(placed('function f7() {\n  return b;\n}\n', large), large.replace(/(f7\(.*\n.*)a/, '$1b'));
    assert.equal(how(functions(4000, 'b'), large), 'unplaced');
    assert.equal(how(`class A {\n${'  x = 1;\n'.repeat(150_000)}}\n`), 'unplaced');
    assert.equal(how(`function f7() {\n${'  // ...\n'.repeat(9000)}}\n`, functions(9, 'a')), 'same');
    assert.equal(how(`a${'\n'.repeat(100_000)}b`), 'unplaced');
  });

  it('is no change where the file has the code already', () => {
    assert.equal(how(file), 'same');
    assert.equal(how('const limit = 10;\n'), 'same');
  });

  it('keeps the file’s last line end or that there is none, and has no carriage returns', () => {
    const bare = file.trimEnd();
    assert.equal(placed('const limit = 20;\n', bare), bare.replace('10', '20'));
    assert.equal(placed(file.replace('10', '20').trimEnd()), file.replace('10', '20'));
    assert.equal(placed('const limit = 20;\r\n', file.replaceAll('\n', '\r\n')), file.replace('10', '20'));
  });
});
