import assert from 'node:assert/strict';
import { isObject } from '../../../../src/api/json.ts';
import type { FromWebview } from '../../../../src/shared/panelMessages.ts';
import type { RunningServer } from '../../../server/server.ts';
import { eachPanelHost } from './support/eachPanelHost.ts';
import type { PanelHost } from './support/panelHost.ts';

const { keepParameters, roomParameters, setRoomParameters } =
  await import('../../../../src/host/panel/roomParameters.ts');

const { keepPick } = await import('../../../../src/host/panel/modelPicks.ts');

describe('the parameters of a chatroom', () => {
  let server: RunningServer;
  let host: PanelHost;
  eachPanelHost((made) => ({ server, host } = made), { parameters: { top_p: 0.5 } });

  /** Sampling fields of the requests, as they went out. */
  function sent() {
    return server.requests
      .filter(({ path }) => path.endsWith('/completions'))
      .map(({ body }) =>
        isObject(body) ? { temperature: body['temperature'], top_p: body['top_p'] } : body,
      );
  }

  async function open() {
    const played = host.open();
    played.say({ type: 'ready' });
    await played.next('conversation');
    const done = async (message: FromWebview) => {
      const end = host.ended();
      played.say(message);
      await end;
    };
    return { ...played, done };
  }

  it('win over the connection’s, and are shown', async () => {
    const { page, next, done } = await open();
    await done({ type: 'submitPrompt', text: '!echo One' });
    await setRoomParameters(page.conversation, { temperature: 0.2, top_p: null }, host.panel.globalState);
    await next('header', ({ header }) => header.parameters === 'temperature 0.2 · without top_p');
    await done({ type: 'submitPrompt', text: '!echo Two' });
    assert.deepEqual(sent(), [
      { temperature: undefined, top_p: 0.5 },
      { temperature: 0.2, top_p: undefined },
    ]);
  });

  it('of a new chat go into its room, its forks and what goes on from it elsewhere', async () => {
    const { globalState } = host.panel;
    const { page, say, next, done } = await open();
    await setRoomParameters(page.conversation, { temperature: 0.3 }, globalState);
    await done({ type: 'submitPrompt', text: '!echo One' });
    const key = page.conversation.key ?? '';
    assert.deepEqual(roomParameters({ key, parameters: {} }, globalState), { temperature: 0.3 });
    const [turn] = await page.conversation.turns(0, 1);
    await done({ type: 'editPrompt', turn: turn?.id ?? '', text: '!echo Edited' });
    const edited = page.conversation.key;
    assert.notEqual(edited, key);
    say({ type: 'openRoom', room: key });
    await next('conversation', ({ conversation: { room, isLoading } }) => room === key && !isLoading);
    say({ type: 'forkFrom', turn: turn?.id ?? '' });
    const isFork = (room: string | undefined) => room !== undefined && room !== key && room !== edited;
    await next('conversation', ({ conversation }) => isFork(conversation.room) && !conversation.isLoading);
    assert.ok(isFork(page.conversation.key));
    assert.deepEqual(roomParameters(page.conversation, globalState), { temperature: 0.3 });
    // The room is gone, and another one takes its place.
    const gone = page.conversation.view?.place;
    await gone?.chatrooms.remove(gone.room);
    await done({ type: 'submitPrompt', text: '!echo After' });
    assert.notEqual(page.conversation.key, `tachyon/${gone?.room}`);
    assert.deepEqual(roomParameters(page.conversation, globalState), { temperature: 0.3 });
    const temperatures = sent().map((fields) => (isObject(fields) ? fields['temperature'] : undefined));
    assert.deepEqual(new Set(temperatures), new Set([0.3]));
  });

  it('of a new chat go into its room also when they are set while its first prompt is sent', async () => {
    const { globalState, journal } = host.panel;
    const { page, done } = await open();
    const begin = journal.begin.bind(journal);
    journal.begin = async (record) => {
      await setRoomParameters(page.conversation, { temperature: 0.6 }, globalState);
      return begin(record);
    };
    await done({ type: 'submitPrompt', text: '!echo One' });
    assert.deepEqual(roomParameters(page.conversation, globalState), { temperature: 0.6 });
  });

  it('give way to the server that refuses one, before the connection’s do', async () => {
    const { page, say, next, done } = await open();
    await setRoomParameters(page.conversation, { top_p: 0.9, temperature: 0.4 }, host.panel.globalState);
    const body = { error: { message: 'Unsupported parameter: "top_p"', param: 'top_p' } };
    server.fault({ name: '400', path: '/completions', body });
    await done({ type: 'submitPrompt', text: '!echo One' });
    const failed = await next('turnChanged', ({ patch }) => patch.state === 'failed');
    assert.ok(failed.patch.actions?.includes('dropParameter'), JSON.stringify(failed.patch));
    await done({ type: 'runAction', turn: failed.turn, action: 'dropParameter' });
    assert.deepEqual(sent().at(-1), { temperature: 0.4, top_p: 0.5 });
    say({ type: 'ready' });
    await next('conversation', ({ conversation }) => conversation.parameters === 'temperature 0.4');
  });

  it('are forgotten with the room, as is the model that was picked for it', async () => {
    const { globalState } = host.panel;
    const { page, done } = await open();
    await done({ type: 'submitPrompt', text: '!echo One' });
    const key = page.conversation.key ?? '';
    await keepParameters(key, { temperature: 0.3 }, globalState);
    await keepPick(key, 'tachyon/demo', globalState);
    assert.equal(globalState.keys().filter((name) => name.endsWith(key)).length, 2);
    host.deletes.add(key);
    await host.deletes.flush();
    assert.deepEqual(
      globalState.keys().filter((name) => name.endsWith(key)),
      [],
    );
  });

  it('of any shape in the storage do no harm, and are forgotten of rooms that are many', async () => {
    const { globalState } = host.panel;
    await globalState.update('panelParameters:tachyon/ch_1', { parameters: 'x' });
    assert.deepEqual(roomParameters({ key: 'tachyon/ch_1', parameters: {} }, globalState), {});
    await globalState.update('panelParameters:tachyon/ch_1', 7);
    assert.deepEqual(roomParameters({ key: 'tachyon/ch_1', parameters: {} }, globalState), {});
    for (let i = 0; i < 210; i += 1) await keepParameters(`tachyon/ch_${i}`, { n: i }, globalState);
    const kept = globalState.keys().filter((name) => name.startsWith('panelParameters:'));
    assert.equal(kept.length, 200);
    await keepParameters('tachyon/ch_209', {}, globalState);
    assert.deepEqual(roomParameters({ key: 'tachyon/ch_209', parameters: {} }, globalState), {});
  });
});
