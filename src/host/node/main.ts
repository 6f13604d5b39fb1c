import { chmod, realpath } from 'node:fs/promises';
import { createEntry } from '../entry.ts';
import type { Platform } from '../platform.ts';
import { nodeProbes } from './networkProbes.ts';
import { createNodeFetch } from './nodeFetch.ts';

const nodePlatform: Platform = {
  environmentVariable: (name) => process.env[name],
  restrictToOwner: async (folder) => {
    if (folder.scheme === 'file') await chmod(folder.fsPath, 0o700);
  },
  realPath: async ({ fsPath }) => (await realpath(fsPath)).replaceAll('\\', '/'),
  fetch: createNodeFetch(),
  probes: nodeProbes,
};

/** Entry of the Node extension host. */
export const { activate, deactivate } = createEntry(nodePlatform);
