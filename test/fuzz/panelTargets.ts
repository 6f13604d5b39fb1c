import assert from 'node:assert/strict';
import { findSecrets } from '../../src/chat/attachments/findSecrets.ts';
import { maskSecrets } from '../../src/chat/attachments/maskSecrets.ts';
import { splitAttachments } from '../../src/chat/attachments/splitAttachments.ts';
import { proposeText } from '../../src/chat/code/proposeText.ts';
import { terminalText } from '../../src/chat/code/terminalText.ts';
import { createInertMarkdown } from '../../src/chat/inertMarkdown.ts';
import { createMarkdownSplitter } from '../../src/chat/markdownParts.ts';
import { linkTarget } from '../../src/chat/panel/linkTarget.ts';
import { codeAnswer } from '../../src/chat/quickPrompts/answerText.ts';
import { linkedPlaces } from '../../src/chat/quickPrompts/linkedPlaces.ts';
import { createThinkBlocks } from '../../src/chat/thinkBlocks.ts';
import { escapeMarkdown } from '../../src/chat/untrusted.ts';
import type { FromWebview } from '../../src/shared/panelMessages.ts';
import { parseFromWebview } from '../../src/shared/parseFromWebview.ts';
import type { Random } from '../unit/clients/random.ts';
import { mutateJson, mutateText } from './mutate.ts';
import type { FuzzTarget } from './target.ts';

const messages: readonly [FromWebview, ...FromWebview[]] = [
  { type: 'ready' },
  { type: 'openRoom', room: 'tachyon/ch_1' },
  { type: 'submitPrompt', text: 'p' },
  { type: 'loadTurns', first: 0, count: 40 },
  { type: 'renameRoom', room: 'tachyon/ch_1', name: 'n' },
  { type: 'pinRoom', room: 'tachyon/ch_1', isPinned: false },
  { type: 'openLink', href: 'https://example.com' },
  { type: 'editPrompt', turn: 't', text: 'p' },
  { type: 'runAction', turn: 't', action: 'signIn' },
  { type: 'changeDraft', room: 'tachyon/ch_1', text: 'd' },
  { type: 'complete', query: '#' },
  { type: 'attachUris', uris: ['file:///w/a.ts'] },
  { type: 'attachData', name: 'a.png', mimeType: 'image/png', data: 'AAAA' },
  { type: 'sendSecrets', attachment: 'a', isSent: true },
  { type: 'useCode', action: 'apply', code: 'c', info: 'ts a.ts', before: '' },
];

const answers = [
  '# A\n\nText with `code`, **bold** and [a link](https://example.com).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
  '<think>\nhm\n</think>\n\nYes.\n\n```ts src/a.ts\nexport function a(): void {\n  // …\n}\n```\n',
  '```diff\n--- a/x.ts\n+++ b/x.ts\n@@ -1,3 +1,3 @@\n a\n-b\n+c\n d\n```\n',
  'src/a.ts, lines 1-2:\n```ts attachment 1 of 1\na\nb\n```\n\nprompt',
  'AWS_SECRET_ACCESS_KEY="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n',
  '> - ![x](https://e/x.png) <img src=x onerror=alert(1)> $$x$$ [a]: b\n',
] as const;

function piecesOf(random: Random, text: string): string[] {
  const size = 1 + random.int(200);
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

/** Readers of what the page says and what models write. */
export const panelTargets: readonly FuzzTarget[] = [
  {
    name: 'messages of the page',
    run(random) {
      const value = mutateJson(random, messages);
      const parsed = parseFromWebview(value);
      if (parsed === undefined) return;
      assert.deepEqual(parseFromWebview(parsed), parsed);
      assert.ok(Object.keys(parsed).every((name) => Object.keys(Object(value)).includes(name)));
    },
  },
  {
    name: 'texts of models',
    run(random) {
      const text = mutateText(random, answers);
      const pieces = piecesOf(random, text);
      const thinking = createThinkBlocks();
      const read = [...pieces.flatMap((piece) => thinking.push(piece)), ...thinking.end()];
      assert.ok(read.map((piece) => piece.text).join('').length <= text.length);
      const inert = createInertMarkdown();
      const document = pieces.map((piece) => inert.push(piece)).join('') + inert.end();
      assert.ok(document.length <= text.length * 8);
      const splitter = createMarkdownSplitter();
      for (const piece of pieces) splitter.push(piece);
      splitter.end();
      const code = codeAnswer('  a', 'b');
      for (const piece of pieces) code.push(piece);
      code.end(random.chance(0.5));
      for (const { start, end } of linkedPlaces(text)) assert.ok(start <= end && end <= text.length);
      linkTarget(text);
      assert.doesNotMatch(escapeMarkdown(text), /\]\(command:/);
    },
  },
  {
    name: 'code of models',
    run(random) {
      const [original, code] = [mutateText(random, answers), mutateText(random, answers)];
      proposeText(original.slice(0, 20_000), code.slice(0, 20_000), 'src/a.ts');
      for (const line of terminalText(code) ?? []) assert.doesNotMatch(line, /(?!\t)\p{Cc}|\u202E/u);
    },
  },
  {
    name: 'attachments and secrets',
    run(random) {
      const text = mutateText(random, answers);
      const { attachments, prompt } = splitAttachments(text);
      assert.ok(text.startsWith(attachments) && text.endsWith(prompt));
      const found = findSecrets(text);
      for (const { start, end } of found) assert.ok(start < end && end <= text.length);
      maskSecrets(text, found);
    },
  },
];
