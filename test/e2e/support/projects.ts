/** A small project, and what quick prompts do to one of its files. */
interface Project {
  readonly language: string;
  readonly file: string;
  readonly text: string;
  /** What the request about the whole file begins with. */
  readonly context: string;
  /** What the model answers in place of the file. */
  readonly code: string;
  /** What becomes of the file then. */
  readonly changed: string;
  /** How the prompt names the style of documentation. */
  readonly documentation: RegExp;
  readonly tests: {
    /** What the request tells of the project's tests. */
    readonly context: readonly string[];
    readonly code: string;
    /** A line of it as the editor shows it. */
    readonly seen: string;
    /** Title of the editor that it stands in. */
    readonly tab: string;
  };
}

const typescript = 'export function add(a: number, b: number): number {\r\n  return a - b;\r\n}\r\n';
const python = 'def add(a, b):\n    return a - b\n';
const rust =
  'pub fn add(a: i32, b: i32) -> i32 {\n    a - b\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn zero() {\n        assert_eq!(add(0, 0), 0);\n    }\n}\n';

/** One in each of three languages, side by side in one folder. */
export const projects: readonly Project[] = [
  {
    language: 'TypeScript',
    file: 'shop/src/add.ts',
    text: typescript,
    context: 'shop/src/add.ts, lines 1-3:\n```typescript attachment 1 of',
    code: 'export function add(a: number, b: number): number {\n  return a + b;\n}\n',
    changed: typescript.replace('a - b', 'a + b'),
    documentation: /TSDoc/,
    tests: {
      context: ['vitest', 'shop/test/zero.test.ts'],
      code: "import { expect, it } from 'vitest';\n\nit('adds', () => expect(add(1, 2)).toBe(3));\n",
      seen: "it('adds'",
      tab: 'add.test.ts',
    },
  },
  {
    language: 'Python',
    file: 'tool/add.py',
    text: python,
    context: 'tool/add.py, lines 1-2:\n```python attachment 1 of',
    code: 'def add(a, b):\n    return a + b\n',
    changed: python.replace('a - b', 'a + b'),
    documentation: /PEP 257/,
    tests: {
      context: ['pytest', 'tool/tests/test_add.py'],
      code: 'def test_add():\n    assert add(1, 2) == 3\n',
      seen: 'def test_add():',
      tab: 'test_add.py',
    },
  },
  {
    language: 'Rust',
    file: 'crate/src/lib.rs',
    text: rust,
    context: 'crate/src/lib.rs, lines 1-13:\n```rust attachment 1 of',
    code: rust.replace('a - b', 'a + b'),
    changed: rust.replace('a - b', 'a + b'),
    documentation: /rustdoc/,
    tests: {
      context: ['cargo test', 'crate/src/lib.rs'],
      code: '#[cfg(test)]\nmod more_tests {\n    use super::*;\n\n    #[test]\n    fn adds() {\n        assert_eq!(add(1, 2), 3);\n    }\n}\n',
      seen: 'mod more_tests {',
      tab: 'lib.rs',
    },
  },
];

/** All files of the projects, and prompt files of the workspace. */
export const projectFiles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(projects.map(({ file, text }) => [file, text])),
  'shop/package.json': '{"name": "shop", "type": "module", "devDependencies": {"vitest": "4.0.0"}}\n',
  'shop/test/zero.test.ts':
    "import { expect, it } from 'vitest';\n\nit('is zero', () => expect(0).toBe(0));\n",
  'tool/pyproject.toml': '[project]\nname = "tool"\n\n[tool.pytest.ini_options]\ntestpaths = ["tests"]\n',
  'tool/tests/test_add.py': 'from add import add\n\n\ndef test_zero():\n    assert add(0, 0) == 0\n',
  'crate/Cargo.toml': '[package]\nname = "crate-of-tests"\nversion = "0.1.0"\nedition = "2024"\n',
  '.github/prompts/broken.prompt.md': '---\ntarget: [\n---\nSay hello.\n',
  '.github/prompts/chatty.prompt.md': '---\nname: Chatty\nroom: own\n---\nTalk about ${fileBasename}.\n',
  '.github/prompts/command.prompt.md':
    '---\nname: Command\ntarget: terminal\n---\nSay ${fileBasename} in a shell.\n',
  '.github/prompts/panel.prompt.md': '---\nname: Aside\ntarget: panel\n---\nTalk of ${fileBasename}.\n',
  '.github/prompts/put.prompt.md': '---\nname: Put Here\ntarget: insert\n---\nWrite for ${fileBasename}.\n',
  '.github/prompts/greet.prompt.md': '---\nname: Greet\ntarget: clipboard\n---\nGreet ${fileBasename}.\n',
};
