import type { SentRequest } from './requestTap.ts';
import type { RetryConfig, RetryWait } from './retry.ts';

/** The dialects this build speaks. */
export const connectionKinds = ['tachyon', 'openai', 'atoma', 'openai-compatible'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** A bearer token, or a function that fetches it for each request. `undefined`: there is none. */
export type Credential = string | (() => Promise<string | undefined>);

/** How the credential goes out: as a bearer token (default), in a header of its own, or not at all. */
export type Auth = 'bearer' | 'none' | { readonly header: string };

/** Time limits in milliseconds; 0 switches one off. */
interface Timeouts {
  /** From sending the request to the response headers. */
  headers?: number;
  /** Without any real event (comments alone count only for a while) in the body. */
  silence?: number;
}

/**
 * Sampling fields and the like; sent only if the user set them. Names are the wire's. `null` keeps a field out that
 * the connection, or this client, would send otherwise.
 */
export type Parameters = Readonly<Record<string, unknown>>;

/** Price per million tokens, in the user's currency. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** For prompt tokens that came from the provider's cache; missing: as `input`. */
  readonly cachedInput?: number;
  /** ISO 4217; default USD. */
  readonly currency?: string;
}

/** What the user knows of a model that its server does not tell. */
export interface ModelSettings {
  readonly name?: string;
  /** In tokens. */
  readonly contextWindow?: number;
  /** In tokens. */
  readonly maxOutputTokens?: number;
  readonly imageInput?: boolean;
  readonly toolCalling?: boolean;
  /** Win over the connection's. */
  readonly parameters?: Parameters;
  readonly price?: Price;
}

/** A named endpoint. Plain data, so that `api` and `chat` work without VS Code. */
export interface Connection {
  readonly name: string;
  readonly kind: ConnectionKind;
  /** Base URL without trailing slash; for Tachyon and Atoma without `/v1`. */
  readonly url: string;
  readonly operatorId?: string;
  readonly credential?: Credential;
  readonly auth?: Auth;
  readonly headers?: Readonly<Record<string, string>>;
  /** `false`: ask for whole replies. Default true. */
  readonly stream?: boolean;
  readonly retry?: RetryConfig;
  readonly timeouts?: Timeouts;
  readonly parameters?: Parameters;
  /** By model id. */
  readonly models?: Readonly<Record<string, ModelSettings>>;
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
  readonly retry?: RetryConfig;
  /** Hears of each wait before a request is sent again. */
  readonly onRetry?: (wait: RetryWait) => void;
  /** Gets each request right before it goes out, without the credential; must not throw. */
  readonly onRequest?: (sent: SentRequest) => void;
  readonly timeouts?: Timeouts;
  readonly credential?: Credential;
}
