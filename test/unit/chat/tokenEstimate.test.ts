import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { estimateTokens } from '../../../src/chat/tokenEstimate.ts';

const samples: Record<string, string> = {
  English: './fixtures/english.txt',
  Japanese: './fixtures/japanese.txt',
  'TypeScript with objects': '../../../src/chat/samplingFields.ts',
  'TypeScript with loops': '../../../src/chat/markdownParts.ts',
  JSON: '../../../package.json',
  'JavaScript of a build': '../../../esbuild.mjs',
};

const diagram = `src
├── api
│   ├── request.ts      bytes on the wire
│   └── eventStream.ts  events to chunks
└── chat
    └── ask.ts          prompt → events
┌──────────┐     ┌────────────┐
│  editor  │────▶│  chatroom  │
└──────────┘     └────────────┘
`.repeat(4);

describe('estimateTokens', () => {
  for (const [name, path] of Object.entries(samples)) {
    it(`is within 15 % of o200k on ${name}`, () => {
      assertClose(readFileSync(new URL(path, import.meta.url), 'utf8').slice(0, 8000));
    });
  }

  it('is within 15 % on Japanese with no Latin letters and on either half of the text', () => {
    const text = readFileSync(new URL(samples['Japanese'] ?? '', import.meta.url), 'utf8');
    const [prose = '', technical = ''] = text.split('## 設定方法');
    assertClose(prose);
    assertClose(technical);
  });

  it('is within 30 % on a diagram', () => assertClose(diagram, 0.3));

  it('counts nothing for nothing', () => assert.equal(estimateTokens(''), 0));
});

function assertClose(text: string, share = 0.15): void {
  const real = countTokens(text);
  const error = estimateTokens(text) / real - 1;
  assert.ok(Math.abs(error) <= share, `${(error * 100).toFixed(1)} % off ${real} tokens`);
}
