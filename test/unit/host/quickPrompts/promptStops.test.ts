import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { AskedPrompt } from '../../../../src/host/quickPrompts/preparePrompt.ts';
import { contexts } from '../../../../src/shared/contributions.ts';
import { createServer } from '../../../server/server.ts';
import { createManualClock } from '../../chat/support/quickClock.ts';
import { uriOf } from '../vscodeFiles.ts';
import { executed, parts, workspace } from '../vscodeParts.ts';
import { PlayedRuns, promptOf } from './support/playedRuns.ts';

type AskFor = NonNullable<Parameters<PlayedRuns['make']>[1]>;

/** A quick prompt that waits, before anything of it goes out. */
interface Held {
  readonly asked: AskedPrompt;
  readonly reached: Promise<unknown>;
  readonly askFor?: AskFor;
  /** It need not wait any more. */
  readonly goOn?: () => void;
}

describe('a quick prompt that has not gone out', () => {
  let played: PlayedRuns;
  let folder: string;
  const { openTextDocument } = parts.workspace;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stops-'));
    played = new PlayedRuns(await createServer());
    executed.length = 0;
  });
  afterEach(async () => {
    Object.assign(parts.workspace, { openTextDocument });
    workspace.folder = undefined;
    await played.close();
    await rm(folder, { recursive: true });
  });

  const states: Readonly<Record<string, () => Promise<Held> | Held>> = {
    'what it is about is read': () => {
      const { reached, wait, release } = held<string>();
      Object.assign(parts.env, { clipboard: { readText: wait } });
      const asked = { prompt: promptOf('Explain ${clipboard} ${input:How?}') };
      return { asked, reached, goOn: () => release('copied') };
    },
    'the models are asked for': () => {
      played.server.fault({ name: 'hang', path: '/models' });
      const reached = played.server.waitForRequest(({ path }) => path.endsWith('/models'));
      return { asked: { prompt: promptOf('!echo Hello') }, reached };
    },
    'its files are read': async () => {
      await played.host.panel.models.load(played.host.tachyon());
      const path = join(folder, 'a.txt');
      await writeFile(path, 'text');
      workspace.folder = folder;
      const { reached, wait } = held<never>();
      let opened = 0;
      Object.assign(parts.workspace, {
        openTextDocument: (uri: vscode.Uri) => ((opened += 1) % 2 === 1 ? openTextDocument(uri) : wait()),
      });
      const document = { uri: uriOf(path), isDirty: false, languageId: 'plaintext', getText: () => 'text' };
      const editor = Object({ document, selections: [] });
      return { asked: Object.assign({ prompt: promptOf('Explain ${file}') }, { editor }), reached };
    },
    'its room is read': async () => {
      await played.host.panel.models.load(played.host.tachyon());
      const { reached, wait } = held<never>();
      return { asked: { prompt: { ...promptOf('Hello'), room: 'own' } }, reached, askFor: wait };
    },
    'the panel reads its room': async () => {
      await played.host.panel.models.load(played.host.tachyon());
      const { reached, wait } = held<never>();
      return { asked: { prompt: { ...promptOf('Hello'), target: 'panel' } }, reached, askFor: wait };
    },
  };

  for (const [state, hold] of Object.entries(states)) {
    it(`shows that it runs, and is stopped without a word, while ${state}`, async () => {
      const { asked, reached, askFor, goOn } = await hold();
      const { runs, controls } = played.make(undefined, askFor);
      let questions = 0;
      Object.assign(parts.window, { showInputBox: async () => void (questions += 1) });
      for (const stop of [
        () => controls.stop(),
        () => played.cancel(),
        () => played.host.panel.running.stop(),
      ]) {
        const over = runs.run(asked);
        await Promise.race([reached, over]);
        assert.equal(played.titles.length, 1, 'no notification');
        assert.deepEqual(runningStates().at(-1), true);
        stop();
        await over;
        assert.equal(played.isShown, false, 'the notification stays');
        assert.deepEqual(runningStates().at(-1), false);
        assert.equal(played.host.panel.running.stop(), false);
        played.titles.length = 0;
      }
      goOn?.();
      await turnOfLoop();
      assert.deepEqual([played.told, questions, played.completions().length], [[], 0, 0]);
    });
  }

  it('is not shown as running while the person is asked something, and afterwards again', async () => {
    const asked: unknown[] = [];
    Object.assign(parts.window, {
      showInputBox: async () => {
        asked.push(runningStates().at(-1));
        return 'two';
      },
    });
    const { runs } = played.make();
    played.onTold = () => asked.push(runningStates().at(-1));
    played.onText = () => asked.push(runningStates().at(-1));
    played.server.fault({ name: '401', path: '/models' });
    played.pressed = ['Try Again'];
    await runs.run({ prompt: promptOf('!echo ${input:What?}') });
    assert.deepEqual(asked, [false, false, true]);
    assert.equal(played.sinks[0]?.text, 'two');
    assert.equal(runningStates().at(-1), false);
  });

  it('gets a notification only if it takes longer than a moment, with what was said until then', async () => {
    const clock = createManualClock();
    played.clock = clock;
    await played.host.panel.models.load(played.host.tachyon());
    const { runs, controls } = played.make();
    await runs.run({ prompt: promptOf('!echo Hello') });
    clock.advance(1000);
    assert.deepEqual([played.sinks[0]?.text, played.titles], ['Hello', []]);
    played.server.fault({ name: 'stall', path: '/completions', afterDeltas: 1 });
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    played.onText = () => resolve();
    const over = runs.run({ prompt: promptOf('!echo one two') });
    await begun;
    clock.advance(1000);
    assert.deepEqual([played.titles, played.said], [['A'], 'The answer is coming…']);
    controls.stop();
    await over;
  });

  it('leaves the stop to the panel as soon as that shows it', async () => {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    let stops = 0;
    await played.host.panel.models.load(played.host.tachyon());
    const { runs } = played.make(undefined, async (door) => {
      played.host.panel.running.add(door.turn, () => (stops += 1));
      void ended.then(() => door.end());
      return { key: 'tachyon/ch_1' };
    });
    const over = runs.run({ prompt: { ...promptOf('Hello'), target: 'panel' } });
    await turnOfLoop();
    assert.equal(played.isShown, false);
    played.host.panel.running.stop();
    assert.equal(stops, 1);
    end();
    await over;
  });
});

/** What is waited for, and when that began. */
function held<T>() {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const { promise, resolve: release } = Promise.withResolvers<T>();
  const wait = () => {
    resolve();
    return promise;
  };
  return { reached, wait, release };
}

function runningStates(): unknown[] {
  return executed.flatMap(([command, key, is]) =>
    command === 'setContext' && key === contexts.quickPromptRuns ? [is] : [],
  );
}
