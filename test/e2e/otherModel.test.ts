import assert from 'node:assert/strict';
import { join } from 'node:path';
import { root } from '../../scripts/paths.ts';
import { field } from '../support/foreignRequests.ts';
import { completions, withForeign } from './support/foreign.ts';

describe('a model of another extension in the picker', () => {
  it('gets nothing: @tachyon answers from Tachyon and says so', async () => {
    await withForeign(
      async ({ workbench }, server) => {
        const { chat } = workbench;
        await chat.ready();
        await chat.selectModel('Other Model');
        await chat.ask('@tachyon hi');
        const shown = await chat.responseText();
        assert.match(shown, /the model in the picker \(Other Model\) gets nothing/);
        assert.match(shown, /Reply 1 to: hi/);
        assert.doesNotMatch(shown, /The other model\./);
        const [request] = completions(server);
        assert.equal(field(request?.body, 'model'), 'anthropic/claude-sonnet-4-5-20250929');
      },
      { extensions: [join(root, 'test', 'integration', 'fixtures', 'otherModel')] },
    );
  });
});
