import { createNodeFetch } from '../../../src/host/node/nodeFetch.ts';

// Suites of `api` once more: whatever they ask of `fetch` is asked of the one over Node's HTTP client.
const suites = ['request', 'lifecycle', 'interruption', 'httpError', 'limits', 'retry', 'hostile'];

/** Puts each suite that `load` declares into one in which the global `fetch` is `fetch`. */
async function withFetch(fetch: typeof globalThis.fetch, load: () => Promise<unknown>): Promise<void> {
  const { describe } = globalThis;
  let isInside = false;
  globalThis.describe = new Proxy(describe, {
    apply(_target, _self, [title, body]: [string, (this: Mocha.Suite) => void]) {
      if (isInside) return describe(title, body);
      return describe("over Node's HTTP client", () => {
        const usual = globalThis.fetch;
        before(() => {
          globalThis.fetch = fetch;
        });
        after(() => {
          globalThis.fetch = usual;
        });
        isInside = true;
        describe(title, body);
        isInside = false;
      });
    },
  });
  try {
    await load();
  } finally {
    globalThis.describe = describe;
  }
}

const nodeFetch = createNodeFetch();
for (const suite of suites) {
  // With a query: else the module of the first time would come, which declares nothing any more.
  const module = new URL(`../api/${suite}.test.ts?over=node`, import.meta.url).href;
  await withFetch(nodeFetch, () => import(module));
}
