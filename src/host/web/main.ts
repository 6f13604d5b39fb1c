import { createEntry } from '../entry.ts';
import type { Platform } from '../platform.ts';

const webPlatform: Platform = {
  environmentVariable: () => undefined,
  restrictToOwner: () => Promise.resolve(),
};

/** Entry of the web worker extension host. */
export const { activate, deactivate } = createEntry(webPlatform);
