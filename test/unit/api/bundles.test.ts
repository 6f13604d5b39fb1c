import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { type Bundle, bundle } from './bundling.ts';

const source = new URL('../../../src/', import.meta.url);

/** The files of the library whose functions people call. */
const surface = [
  'api/chatCompletions.ts',
  'api/chatrooms.ts',
  'api/createEndpoint.ts',
  'api/models.ts',
  'api/operators.ts',
  'api/safe.ts',
  'chat/ask.ts',
  'chat/connectionSettings.ts',
  'chat/defaultModel.ts',
  'chat/describeError.ts',
  'chat/fileJournal.ts',
  'chat/findPlacement.ts',
  'chat/localChatrooms.ts',
  'chat/roomName.ts',
  'chat/tokenEstimate.ts',
];

/** What some of them are made of. */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  'api/createEndpoint.ts#createEndpoint': [
    'api/chatCompletions.ts#streamChatCompletion',
    'api/chatrooms.ts#create',
    'api/chatrooms.ts#list',
    'api/chatrooms.ts#listMessages',
    'api/chatrooms.ts#remove',
    'api/chatrooms.ts#rename',
    'api/chatrooms.ts#streamChatCompletion',
    'api/models.ts#listModels',
  ],
  // It chooses among the models that chat.
  'chat/defaultModel.ts#defaultModel': ['chat/defaultModel.ts#isChatModel'],
};

/** Files of one job, and which functions have that job. */
const jobs: readonly [files: readonly string[], has: RegExp][] = [
  [['api/completionCall.ts', 'api/buildRequest.ts', 'api/chunk.ts'], /ChatCompletion$|createEndpoint$/],
  [['api/completion.ts'], /#createChatCompletion$/],
  [['api/retry.ts', 'api/request.ts', 'api/authorization.ts', 'api/eventStream.ts'], /^api\/(?!safe)/],
];

async function functionsOf(file: string): Promise<string[]> {
  const exported: Record<string, unknown> = await import(new URL(file, source).href);
  return Object.keys(exported).filter((name) => /^(?:async )?function/.test(String(exported[name])));
}

describe('each function of the library, bundled alone', () => {
  const bundles = new Map<string, Bundle>();
  const readable = (id: string): Bundle => bundles.get(id) ?? assert.fail(id);

  before(async () => {
    for (const file of surface) {
      for (const name of await functionsOf(file)) {
        bundles.set(`${file}#${name}`, await bundle(file, [name]));
      }
    }
  });

  it('is found, all of them', () => {
    for (const id of [
      'api/chatCompletions.ts#createChatCompletion',
      'api/chatrooms.ts#listMessages',
      'api/operators.ts#getMe',
      'api/safe.ts#safe',
      'chat/ask.ts#ask',
      'chat/connectionSettings.ts#parseConnections',
      'chat/tokenEstimate.ts#estimateTokens',
    ]) {
      assert.ok(readable(id).functions.includes(id), id);
    }
  });

  it('comes without the others, also without those of its own file', () => {
    for (const [id, { functions }] of bundles) {
      const others = functions.filter((found) => found !== id && bundles.has(found));
      assert.deepEqual(others.toSorted(), partsOf[id] ?? [], id);
    }
  });

  it('comes without the files of jobs that it has not', () => {
    for (const [id, { files }] of bundles) {
      for (const [names, has] of jobs) {
        assert.deepEqual(
          names.filter((name) => files.includes(name)),
          has.test(id) ? names : [],
          id,
        );
      }
    }
  });

  it('of `chat` asks nothing of the network by itself', () => {
    for (const [id, { files }] of bundles) {
      if (id.startsWith('chat/')) {
        assert.ok(!files.includes('api/request.ts') && !files.includes('api/reply.ts'), id);
      }
    }
  });

  it('is next to nothing where it does next to nothing', () => {
    assert.deepEqual(readable('api/safe.ts#safe').files, ['api/safe.ts']);
    assert.deepEqual(readable('chat/tokenEstimate.ts#estimateTokens').files, [
      'tokenx',
      'chat/tokenEstimate.ts',
    ]);
  });
});

describe('the library', () => {
  for (const folder of ['api', 'chat']) {
    it(`imports neither VS Code nor Node in ${folder}`, async () => {
      for (const name of readdirSync(new URL(folder, source)).filter((entry) => entry.endsWith('.ts'))) {
        const file = `${folder}/${name}`;
        const names = Object.keys(await import(new URL(file, source).href));
        if (names.length > 0) {
          assert.deepEqual((await bundle(file, names)).imports, [], file);
        }
      }
    });
  }
});
