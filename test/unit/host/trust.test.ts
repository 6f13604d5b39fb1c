import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/paths.ts';

describe('the host', () => {
  it('marks no markdown as trusted, as HTML or as having icons', () => {
    const found = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /(?<!workspace\.)\b(?:isTrusted|supportHtml|supportThemeIcons)\b|new (?:vscode\.)?MarkdownString\([^()]*,\s*true/.test(
          readFileSync(join(root, 'src', file), 'utf8'),
        ),
      );
    assert.deepEqual(found, []);
  });
});
