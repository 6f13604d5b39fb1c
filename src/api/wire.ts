/** A part of a message's content (wire contract A6, ContentPart). */
export interface ContentPart {
  type: string;
  text?: string;
  image_url?: { url: string; detail?: string; mime_type?: string };
}

/** A tool call inside a message of a request. */
export interface MessageToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

/** A message of a request. Tachyon has neither `tool_call_id` nor `name`. */
export interface ChatCompletionMessage {
  role: string;
  content?: string | ContentPart[] | null;
  tool_calls?: MessageToolCall[];
}

export interface ChatCompletionTool {
  type: 'function';
  function: { name: string; description: string; parameters: Record<string, unknown>; strict?: boolean };
}

/** Every field of wire contract A6 and no other. */
export interface ChatCompletionRequest {
  messages: ChatCompletionMessage[];
  model?: string;
  stream?: boolean;
  temperature?: number;
  top_p?: number;
  n?: number;
  max_completion_tokens?: number;
  presence_penalty?: number;
  frequency_penalty?: number;
  response_format?: { type: string };
  tools?: ChatCompletionTool[];
  tool_choice?: 'auto' | 'any';
  user?: string;
  communication_style?: string;
  explanation_style?: string;
  technical_level?: string;
  memory_settings?: { extract_memory: boolean; max_memories: number; min_relevance_score: number };
  web_search?: { query: string; max_results?: number };
}

/** A fragment of a tool call; `arguments` fragments are concatenated per call. */
export interface ToolCallDelta {
  index?: number;
  id?: string;
  type?: string;
  function?: { name?: string; arguments?: string };
}

export interface ChatCompletionDelta {
  role?: string;
  /** Always text: an array of parts has been joined. */
  content?: string;
  refusal?: string;
  reasoning_content?: string;
  tool_calls?: ToolCallDelta[];
}

export interface ChatCompletionChoice {
  index: number;
  delta: ChatCompletionDelta;
  finish_reason: string | null;
}

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  cache_creation_input_tokens?: number;
  cache_read_input_tokens?: number;
  total_cost?: number;
}

/** A guarded chunk: explicit nulls are gone, a whole reply's `message` has become `delta`. */
export interface ChatCompletionChunk {
  id?: string;
  model?: string;
  created?: number;
  choices: ChatCompletionChoice[];
  usage?: Usage;
}

/** A whole reply (wire contract B4). */
export interface ChatCompletion {
  id?: string;
  model?: string;
  created?: number;
  choices: { index: number; message: ChatCompletionDelta; finish_reason: string | null }[];
  usage?: Usage;
}

export interface ModelInfo {
  id: string;
  name: string;
  provider?: string;
  description?: string;
  context_window?: number;
  max_output_tokens?: number;
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
