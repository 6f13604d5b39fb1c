/** What servers want back unchanged with a tool call (wire contract F); VS Code keeps only its id, name and input. */
export interface CallExtras {
  keep(callId: string, extraContent: unknown): void;
  of(callId: string): unknown;
}

/** Keeps the extras of the latest `max` calls. */
export function createCallExtras(max = 1000): CallExtras {
  const extras = new Map<string, unknown>();
  return {
    keep(callId, extraContent) {
      // Set anew, it is the latest again.
      extras.delete(callId);
      extras.set(callId, extraContent);
      const [oldest] = extras.keys();
      if (extras.size > max && oldest !== undefined) extras.delete(oldest);
    },
    of: (callId) => extras.get(callId),
  };
}
