// Types of requests, for all dialects together; each dialect sends what its API has of it (wire contract A6, C, D1, E).

interface TextPart {
  type: 'text';
  text: string;
}

/** `url` is an https URL or a data URL; `mime_type` is Tachyon's. */
interface ImagePart {
  type: 'image_url';
  image_url: { url: string; detail?: 'auto' | 'low' | 'high'; mime_type?: string };
}

/** `data` is base64. */
interface AudioPart {
  type: 'input_audio';
  input_audio: { data: string; format: 'wav' | 'mp3' };
}

/** `file_data` is a data URL. */
interface FilePart {
  type: 'file';
  file: { file_data?: string; file_id?: string; filename?: string };
}

interface RefusalPart {
  type: 'refusal';
  refusal: string;
}

/** A part of a message's content. */
export type ContentPart = TextPart | ImagePart | AudioPart | FilePart | RefusalPart;

/** A tool call inside a message of a request. */
export type MessageToolCall =
  | {
      id: string;
      type: 'function';
      function: { name: string; arguments: string };
      /** What Gemini's compatible API wants back unchanged (wire contract F). */
      extra_content?: unknown;
    }
  | { id: string; type: 'custom'; custom: { name: string; input: string } };

/** `developer` is OpenAI's newer word for `system`; where an API lacks it, `system` goes out. */
interface SystemMessage {
  role: 'developer' | 'system';
  content: string | TextPart[];
  name?: string;
}

export interface UserMessage {
  role: 'user';
  content: string | ContentPart[];
  name?: string;
}

export interface AssistantMessage {
  role: 'assistant';
  content?: string | (TextPart | RefusalPart)[] | null;
  refusal?: string;
  tool_calls?: MessageToolCall[];
  /** The older word for a single tool call. */
  function_call?: { name: string; arguments: string };
  /** An earlier audio reply. */
  audio?: { id: string };
  name?: string;
}

/** A tool's result. */
export interface ToolMessage {
  role: 'tool';
  content: string | TextPart[];
  tool_call_id: string;
}

/** The result of an older {@link ChatCompletionRequest.functions function}. */
interface FunctionMessage {
  role: 'function';
  name: string;
  content: string | null;
}

export type ChatCompletionMessage =
  | SystemMessage
  | UserMessage
  | AssistantMessage
  | ToolMessage
  | FunctionMessage;

/** A tool whose input is text of any form, OpenAI's alone. */
interface CustomTool {
  type: 'custom';
  custom: { name: string; description?: string; format?: Record<string, unknown> };
}

export type ChatCompletionTool = FunctionTool | CustomTool;

/** A function that the model may call; `parameters` is its JSON schema. */
interface FunctionTool {
  type: 'function';
  function: {
    name: string;
    description?: string;
    parameters?: Record<string, unknown>;
    strict?: boolean;
  };
}

/** `any` and `required` are two APIs' words for the same. */
type ToolChoice =
  | 'none'
  | 'auto'
  | 'any'
  | 'required'
  | { type: 'function'; function: { name: string } }
  | { type: 'custom'; custom: { name: string } }
  | { type: 'allowed_tools'; allowed_tools: { mode: 'auto' | 'required'; tools: Record<string, unknown>[] } };

type ResponseFormat =
  | { type: 'text' | 'json_object' }
  | { type: 'json_schema'; json_schema: { name: string; [field: string]: unknown } };

/** Every field of every dialect. */
export interface ChatCompletionRequest {
  messages: ChatCompletionMessage[];
  model?: string;
  stream?: boolean;
  stream_options?: { include_usage?: boolean; include_obfuscation?: boolean } | null;
  tools?: ChatCompletionTool[];
  tool_choice?: ToolChoice;
  parallel_tool_calls?: boolean;
  /** The older words for `tools` and `tool_choice`. */
  functions?: { name: string; description?: string; parameters?: Record<string, unknown> }[];
  function_call?: 'none' | 'auto' | { name: string };
  n?: number;
  temperature?: number;
  top_p?: number;
  stop?: string | string[];
  seed?: number;
  presence_penalty?: number;
  frequency_penalty?: number;
  logit_bias?: Record<string, number>;
  logprobs?: boolean;
  top_logprobs?: number;
  max_completion_tokens?: number;
  /** The older word for it, which reasoning models of OpenAI refuse. */
  max_tokens?: number;
  response_format?: ResponseFormat;
  reasoning_effort?: string;
  verbosity?: string;
  modalities?: string[];
  audio?: { voice: string; format: string };
  prediction?: { type: 'content'; content: string | TextPart[] };
  service_tier?: string;
  store?: boolean;
  metadata?: Record<string, string>;
  user?: string;
  moderation?: Record<string, unknown>;
  safety_identifier?: string;
  prompt_cache_key?: string;
  prompt_cache_options?: Record<string, unknown>;
  prompt_cache_retention?: string;
  web_search_options?: Record<string, unknown>;
  communication_style?: string;
  explanation_style?: string;
  technical_level?: string;
  memory_settings?: { extract_memory: boolean; max_memories: number; min_relevance_score: number };
  web_search?: { query: string; max_results?: number };
}
