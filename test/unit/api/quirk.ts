/** A reply as some server writes it, and what is to be made of it. */
export interface Quirk {
  /** The row of wire contract F, and which of its streams. */
  readonly name: string;
  readonly body: string;
  /** Missing: the reply has no content type at all. */
  readonly contentType?: string;
  readonly told: ToldReply;
}

/** What a person is told of a reply. */
export interface ToldReply {
  readonly text: string;
  readonly reasoning?: string;
  readonly calls?: readonly { id?: string; name?: string; arguments: string; extra?: unknown }[];
  readonly finish?: string;
  readonly tokens?: number;
  /** Kind, the provider's code, the provider's message. */
  readonly error?: readonly [kind: string, code: string | null, message: string | null];
}

/** The content type of most streams. */
export const eventStream = 'text/event-stream';
/** The end of most streams. */
export const done = 'data: [DONE]\n\n';

/** An event of one JSON value. */
export function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** An event of a chunk with one choice. */
export function chunk(delta: unknown, finish: string | null = null, more: object = {}): string {
  return event({ id: 'c', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }], ...more });
}

/** A text in two chunks. */
export const hello = chunk({ role: 'assistant', content: 'Grüße' }) + chunk({ content: ' 🌍' });
/** The chunk that ends it. */
export const stop = chunk({}, 'stop');
/** What both tell. */
export const greeted = { text: 'Grüße 🌍', finish: 'stop' };
