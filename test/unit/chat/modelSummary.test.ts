import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { modelSummary, stateNote } from '../../../src/chat/modelSummary.ts';

const connection: Connection = { name: 'a', kind: 'openai-compatible', url: 'https://api.example.com/v1' };

describe('modelSummary', () => {
  const told = { context_window: 131_072, max_output_tokens: 8192 };
  for (const [id, more, state, expected] of [
    ['m', told, undefined, '128K tokens · tools'],
    ['m', { ...told, context_window: 1_050_000 }, 'loaded', '1.05M tokens · tools'],
    ['m', { ...told, context_window: 512, max_output_tokens: 64 }, undefined, '512 tokens · tools'],
    ['llava', {}, 'loading', 'loading… · about 32K tokens (estimate) · tools · images'],
    ['m', told, 'notLoaded', 'not loaded · 128K tokens · tools'],
    ['whisper-1', told, undefined, '128K tokens · tools · not among the shown models'],
  ] as const) {
    it(`says ${expected}`, () => {
      const model = { id, name: id, supported_features: [], ...more };
      assert.equal(modelSummary(connection, model, state, untranslated), expected);
    });
  }

  it('has a word for the first prompt only where it is slow', () => {
    assert.equal(stateNote('loaded', untranslated), '');
    assert.equal(stateNote(undefined, untranslated), '');
    assert.match(stateNote('loading', untranslated), /being loaded/);
    assert.match(stateNote('notLoaded', untranslated), /first prompt loads it/);
  });
});
