import type { ClientRequest } from 'node:http';
import https from 'node:https';
import { connect, type Socket } from 'node:net';

/** What VS Code does where its agent finds no proxy that answers. */
export class WithoutProxy extends https.Agent {
  addRequest(request: ClientRequest): void {
    setImmediate(() => {
      const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
      request.emit('proxy', { proxy: 'PROXY proxy.test:8080', error });
      const failure = new Error('Failed to establish a socket connection to proxies');
      Reflect.apply(Reflect.get(request, 'onSocket'), request, [undefined, failure]);
    });
  }
}

/** Hands on what a port of this machine says without TLS, as VS Code does with what a proxy says to CONNECT. */
export class PlainAgent extends https.Agent {
  readonly #port: number;

  constructor(port: number) {
    super();
    this.#port = port;
  }

  override createConnection(): Socket {
    return connect(this.#port, '127.0.0.1');
  }
}
