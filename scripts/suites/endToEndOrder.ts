/** The files of `test/e2e`, longest first as measured: a long one that starts last runs on alone. */
export const endToEndOrder: readonly string[] = [
  'connections.test.ts',
  'workspaces.test.ts',
  'endpoints.test.ts',
  'limits.test.ts',
  'signIn.test.ts',
  'history.test.ts',
  'recovery.test.ts',
  'rooms.test.ts',
  'diagnose.test.ts',
  'conversation.test.ts',
  'errors.test.ts',
  'webHost.test.ts',
  'proxy.test.ts',
  'otherModel.test.ts',
];
