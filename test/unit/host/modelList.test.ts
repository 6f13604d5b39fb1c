import assert from 'node:assert/strict';
import { eachPanelHost } from './panel/support/eachPanelHost.ts';
import type { PanelHost } from './panel/support/panelHost.ts';

describe('the list of models', () => {
  let host: PanelHost;
  eachPanelHost((made) => ({ host } = made));

  it('is what the server told this window, whatever another one writes, until it is forgotten', async () => {
    const { models, globalState } = host.panel;
    const connection = host.tachyon();
    const listed = await models.load(connection);
    assert.ok(listed.length > 0);
    const other = { key: 'of another operator', models: [{ id: 'other' }] };
    for (const written of [{ tachyon: other }, {}, undefined]) {
      await globalState.update('models', written);
      assert.deepEqual(models.known(connection), listed);
      assert.deepEqual(models.shown(connection), listed);
    }
    await models.forget(connection);
    assert.equal(models.known(connection), undefined);
    assert.equal(models.shown(connection), undefined);
  });
});
