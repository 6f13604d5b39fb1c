/**
 * Starts each server of the process at the port that the first one got, where that is free: the settings of a VS Code
 * that several tests share name it.
 */
export function atOnePort<Server extends { readonly port: number }>(
  start: (options: { port?: number }) => Promise<Server>,
): () => Promise<Server> {
  let port = 0;
  return async () => {
    const server = await start({ port }).catch(() => start({})); // somebody has it
    ({ port } = server);
    return server;
  };
}
