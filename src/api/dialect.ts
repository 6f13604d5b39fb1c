import type { ChatCompletionRequest, ContentPart } from './wireRequest.ts';

/** A field of a request that a connection's or model's `parameters` may set. */
export type ParameterField = Exclude<keyof ChatCompletionRequest, 'messages' | 'model' | 'stream' | 'tools'>;

/** What differs between the APIs, as data: all code of `api` is the same for all of them. */
export interface Dialect {
  /** From the base URL on. */
  readonly chatCompletionsPath: string;
  readonly modelsPath: string;
  /** Where the API is unless a connection says otherwise. */
  readonly defaultUrl?: string;
  /** What people paste behind the base URL, from the end on. */
  readonly urlEndings: readonly string[];
  readonly needsCredential: boolean;
  /** Without an operator nothing is sent; this header names it. */
  readonly operatorHeader?: string;
  readonly hasChatrooms: boolean;
  /** A complete reply always has a finish reason; without one it was cut. */
  readonly alwaysFinishes: boolean;
  /** Statuses to retry beyond the usual ones. */
  readonly retryCodes: readonly string[];
  readonly parameters: readonly ParameterField[];
  /** Takes parameters that nobody here knows, as servers of many makers do. */
  readonly takesAnyParameter: boolean;
  /** Fields that go out under another name. */
  readonly renamed: Readonly<Partial<Record<ParameterField, ParameterField>>>;
  /** Inner fields of parameters, where only some may go out. */
  readonly inner: Readonly<Partial<Record<ParameterField, readonly string[]>>>;
  /** `stop` must be an array. */
  readonly stopAsArray: boolean;
  /** Sent with every streamed request, unless the user set something else. */
  readonly streamOptions?: NonNullable<ChatCompletionRequest['stream_options']>;
  /** The word for a tool that must be called. */
  readonly requiredToolChoice: 'any' | 'required';
  /** A tool needs a description and all three fields of its schema. */
  readonly wholeTools: boolean;
  readonly messages: MessageShape;
}

/** What a message may hold. */
export interface MessageShape {
  readonly parts: readonly ContentPart['type'][];
  readonly imageFields: readonly string[];
  readonly hasDeveloper: boolean;
  readonly hasNames: boolean;
  /** Without ids, a tool's result begins with the id of its call. */
  readonly hasToolCallIds: boolean;
  /** An assistant's message needs content beside its tool calls. */
  readonly needsContent: boolean;
}
