import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/apiError.ts';
import { eachPanelHost } from '../panel/support/eachPanelHost.ts';
import type { PanelHost } from '../panel/support/panelHost.ts';
import { parts } from '../vscodeParts.ts';

const { offerHelp } = await import('../../../../src/host/quickPrompts/promptHelp.ts');

describe('help with a quick prompt that failed', () => {
  let host: PanelHost;
  let told: string[];
  eachPanelHost((made) => (host = made.host));

  beforeEach(() => {
    told = [];
    Object.assign(parts.window, {
      showErrorMessage: async (...shown: string[]) => {
        told = shown;
        return 'Try Again';
      },
    });
  });

  it('says that nothing was sent where what it is about could not be read', async () => {
    assert.equal(await offerHelp(new Error('git ended'), undefined, host.panel), true);
    assert.match(told[0] ?? '', /could not be read, and nothing was sent; the log says more/);
    assert.deepEqual(told.slice(1), ['Try Again', 'Show Log']);
  });

  it('tells what a connection failed with', async () => {
    const error = new ApiError('unauthorized', 'refused', { status: 401 });
    await offerHelp(error, { connection: host.tachyon(), otherVendorPicked: false }, host.panel);
    assert.match(told[0] ?? '', /401/);
    assert.deepEqual(told.slice(1), ['Sign In', 'Try Again', 'Show Log']);
  });
});
