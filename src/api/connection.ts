/** The dialects this build speaks. */
export const connectionKinds = ['tachyon'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** A bearer token, or a function that fetches it for each request. `undefined`: there is none. */
export type Credential = string | (() => Promise<string | undefined>);

/** Time limits in milliseconds; 0 switches one off. */
interface Timeouts {
  /** From sending the request to the response headers. */
  headers?: number;
  /** Without any real event (comments alone count only for a while) in the body. */
  silence?: number;
}

/** Sampling fields and the like; sent only if the user set them. Names are the wire's (wire contract A6). */
export type Parameters = Readonly<Record<string, unknown>>;

/** A named endpoint. Plain data, so that `api` and `chat` work without VS Code. */
export interface Connection {
  readonly name: string;
  readonly kind: ConnectionKind;
  /** Base URL without trailing slash; for Tachyon without `/v1`. */
  readonly url: string;
  readonly operatorId?: string;
  readonly credential?: Credential;
  readonly headers?: Readonly<Record<string, string>>;
  /** `false`: ask for whole replies. Default true. */
  readonly stream?: boolean;
  readonly timeouts?: Timeouts;
  readonly parameters?: Parameters;
  /** Allows a credential over plain `http:` to a host that is not loopback. */
  readonly allowHttp?: boolean;
}

/** Options of one call; they win over the connection's. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
  /** Handed to `fetch`, without method and body. */
  readonly fetchOptions?: Omit<RequestInit, 'method' | 'body'>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeouts?: Timeouts;
  readonly credential?: Credential;
}
