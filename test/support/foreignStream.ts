/** How a streamed reply is written. */
export interface StreamStyle {
  /** Whether `data: [DONE]` ends the stream. */
  readonly done: boolean;
  /** Chatroom completions have no `created` and name the role on every chunk (wire contract B2). */
  readonly chatroom: boolean;
  readonly id: string;
}

const model = 'anthropic:claude-sonnet-4-5-20250929';

/** A small generator of repeatable pseudo-random integers below `limit`. */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/**
 * A reply as event stream, with what the captures show and its neighbours have been seen to do: explicit nulls, an
 * empty first delta, every fifth `content` an array of parts, comments, no finish reason (wire contract B1 to B3).
 */
export function replyStream(text: string, style: StreamStyle, random: (limit: number) => number): string {
  const events = [': keep-alive', event({ role: 'assistant', content: '' }, style)];
  for (const [index, piece] of pieces(text, random).entries()) {
    const content = index % 5 === 4 ? asParts(piece) : piece;
    events.push(event({ role: style.chatroom ? 'assistant' : null, content }, style));
    if (index % 7 === 3) events.push(': keep-alive');
  }
  if (style.done) events.push('data: [DONE]');
  return events.map((lines) => `${lines}\n\n`).join('');
}

function event(delta: object, { chatroom, id }: StreamStyle): string {
  const nulls = { refusal: null, function_call: null, tool_calls: null };
  const choice = { index: 0, delta: { ...delta, ...nulls }, logprobs: null, finish_reason: null };
  const chunk = chatroom
    ? { id, object: 'chat.completion.chunk', model, choices: [choice] }
    : {
        id,
        object: 'chat.completion.chunk',
        created: 1_736_054_703,
        model,
        system_fingerprint: null,
        choices: [choice],
      };
  return `data: ${JSON.stringify(chunk)}`;
}

/** The same text in two parts. */
function asParts(piece: string): object[] {
  const characters = Array.from(piece);
  const half = Math.ceil(characters.length / 2);
  return [
    { type: 'text', text: characters.slice(0, half).join('') },
    { type: 'text', text: characters.slice(half).join('') },
  ];
}

function pieces(text: string, random: (limit: number) => number): string[] {
  const characters = Array.from(text);
  const longest = Math.max(12, Math.ceil(characters.length / 300));
  const found: string[] = [];
  for (let at = 0; at < characters.length;) {
    const length = 1 + random(longest);
    found.push(characters.slice(at, at + length).join(''));
    at += length;
  }
  return found;
}

/** Cuts bytes anywhere, also inside a character, a line end or a field name. */
export function cutAnywhere(bytes: Buffer, random: (limit: number) => number): Buffer[] {
  const longest = Math.max(60, Math.ceil(bytes.length / 300));
  const cuts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = 1 + random(longest);
    cuts.push(bytes.subarray(at, at + length));
    at += length;
  }
  return cuts;
}
