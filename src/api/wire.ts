// Types of replies and of what servers store, guarded: explicit nulls and unknown fields are gone.

/** A fragment of a tool call; `arguments` fragments are concatenated per call. */
export interface ToolCallDelta {
  index?: number;
  id?: string;
  type?: string;
  function?: { name?: string; arguments?: string };
  /** Gemini's compatible API wants it back unchanged. */
  extra_content?: unknown;
}

/** A fragment of an audio reply; `data` is base64, and the fragments of `data` and `transcript` are concatenated. */
export interface AudioDelta {
  id?: string;
  data?: string;
  transcript?: string;
  expires_at?: number;
}

/** A token and its log probability. */
export interface TokenLogprob {
  token: string;
  logprob: number;
  bytes?: number[];
  top_logprobs?: TokenLogprob[];
}

export interface Logprobs {
  content?: TokenLogprob[];
  refusal?: TokenLogprob[];
}

export interface ChatCompletionDelta {
  role?: string;
  /** Always text: an array of parts has been joined. */
  content?: string;
  refusal?: string;
  reasoning_content?: string;
  tool_calls?: ToolCallDelta[];
  audio?: AudioDelta;
}

export interface ChatCompletionChoice {
  index: number;
  delta: ChatCompletionDelta;
  finish_reason: string | null;
  logprobs?: Logprobs;
}

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  cache_creation_input_tokens?: number;
  cache_read_input_tokens?: number;
  /** Of the completion's tokens. */
  reasoning_tokens?: number;
  /** In the provider's own currency. */
  total_cost?: number;
}

/** A guarded chunk: explicit nulls are gone, a whole reply's `message` has become `delta`. */
export interface ChatCompletionChunk {
  id?: string;
  model?: string;
  created?: number;
  choices: ChatCompletionChoice[];
  usage?: Usage;
  system_fingerprint?: string;
  service_tier?: string;
}

/** A whole reply (wire contract B4). */
export interface ChatCompletion {
  id?: string;
  model?: string;
  created?: number;
  choices: {
    index: number;
    message: ChatCompletionDelta;
    finish_reason: string | null;
    logprobs?: Logprobs;
  }[];
  usage?: Usage;
  system_fingerprint?: string;
  service_tier?: string;
}

export interface ModelInfo {
  id: string;
  name: string;
  provider?: string;
  description?: string;
  context_window?: number;
  max_output_tokens?: number;
  /** Seconds since 1970. */
  created?: number;
  /** Empty where the server tells none. */
  supported_features: string[];
}

export interface ChatRoom {
  id: string;
  name: string;
  operator_id?: string;
  owner_id?: string;
  metadata: Record<string, unknown>;
  created_at?: string;
  updated_at?: string;
}

/** A stored message; `content` is one of the spec's part shapes or the plain string of its example, as text. */
export interface ChatMessage {
  id: string;
  role: string;
  /** The text of a text part or plain string; empty for other parts. */
  text: string;
  /** The part's type: `text`, `image`, `file`, `tool-call`, … */
  type: string;
  user_id?: string;
  created_at?: string;
  /** A reply that did not come to its end; only local chatrooms tell. */
  isPartial?: boolean;
}

export interface Operator {
  id: string;
  name: string;
}

export interface Me {
  user: { id: string; username?: string };
  tenants: Operator[];
  default_tenant_id?: string;
}
