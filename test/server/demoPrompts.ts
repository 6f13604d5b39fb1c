import type { ReplyDelta } from './chunks.ts';
import type { CompletionRequest, ContentPart } from './requestBodies.ts';
import { audioDeltas } from './demoAudio.ts';

/** A whole answer of the demo model, in the pieces it is sent in. */
export interface DemoAnswer {
  readonly deltas: readonly ReplyDelta[];
  readonly finishReason: string;
}

interface Question {
  /** What follows the prompt's first word. */
  readonly rest: string;
  readonly request: CompletionRequest;
  /** What the answer's text begins with. */
  readonly lead: string;
}

/**
 * | prompt begins with | answer |
 * |---|---|
 * | `!echo TEXT`      | TEXT, as it is |
 * | `!long N`         | N characters of markdown, in deltas that grow with N |
 * | `!tool NAME JSON` | a call of the function NAME, if the request offers it, with JSON as arguments |
 * | `!reason TEXT`    | some reasoning, then TEXT |
 * | `!think TEXT`     | `<think>` with some reasoning, `</think>` and TEXT, all in the content; the tags are cut in pieces |
 * | `!refuse`         | a refusal instead of content |
 * | `!length`         | some text with finish reason `length` |
 * | `!filter`         | some text with finish reason `content_filter` |
 * | `!audio TEXT`     | a short tone, with TEXT as its transcript |
 * | `!image`          | how many images, audio clips and files the user's messages hold, and of which type |
 *
 * What the dialect has no field for comes as content (refusal, transcript) or not at all (reasoning, tone).
 */
const answers: Readonly<Record<string, (question: Question) => DemoAnswer | undefined>> = {
  echo: ({ rest, lead }) => (rest === '' ? undefined : told(lead + rest)),
  long: ({ rest, lead }) => {
    const size = /^\d{1,8}/.exec(rest)?.[0];
    return size === undefined ? undefined : told(lead + longText(Number(size)));
  },
  tool: toolCall,
  reason: ({ rest, lead }) => {
    const thought = words(reasoning).map((text) => ({ reasoning: text }));
    return { deltas: [...thought, ...pieces(lead + rest)], finishReason: 'stop' };
  },
  think: ({ rest, lead }) => {
    const parts = ['<', 'thi', 'nk>\n', ...words(reasoning)];
    const contents = [...parts, '\n</', 'think', '>\n\n'].map((content) => ({ content }));
    return { deltas: [...contents, ...pieces(lead + rest)], finishReason: 'stop' };
  },
  refuse: () => {
    const refusal = words('The demo model refuses to answer this.').map((text) => ({ refusal: text }));
    return { deltas: refusal, finishReason: 'stop' };
  },
  length: ({ lead }) => told(`${lead}This answer ends in the middle of a`, 'length'),
  filter: ({ lead }) => told(`${lead}This answer ends at a`, 'content_filter'),
  audio: ({ rest, lead, request }) => ({
    deltas: audioDeltas(lead + rest, request.audio?.format),
    finishReason: 'stop',
  }),
  image: ({ request, lead }) => told(lead + attachments(request)),
};

const reasoning = 'The question is short. The answer repeats what was asked.';

/** The answer to a prompt that begins with `!` and a known word. */
export function specialAnswer(
  prompt: string,
  request: CompletionRequest,
  lead: string,
): DemoAnswer | undefined {
  const [, name = '', rest = ''] = /^!([a-z]+)(?:\s([\s\S]*))?$/.exec(prompt) ?? [];
  return Object.hasOwn(answers, name) ? answers[name]?.({ rest, request, lead }) : undefined;
}

/** A text as deltas. */
export function pieces(text: string): { content: string }[] {
  return words(text).map((content) => ({ content }));
}

/** Words, or runs of 8 characters where a script has no blanks; a text of any length is at most ~2,000 pieces. */
function words(text: string): string[] {
  const all = text.match(/\s*\S{1,8}|\s+$/gu) ?? [];
  const perPiece = Math.ceil(all.length / 2000);
  if (perPiece <= 1) return all;
  return Array.from({ length: Math.ceil(all.length / perPiece) }, (_, index) =>
    all.slice(index * perPiece, (index + 1) * perPiece).join(''),
  );
}

function told(text: string, finishReason = 'stop'): DemoAnswer {
  return { deltas: pieces(text), finishReason };
}

function longText(length: number): string {
  const parts: string[] = [];
  for (let size = 0, n = 1; size < length; n += 1) {
    const part = `Paragraph ${n}: the quick brown fox jumps over the lazy dog. 日本語も。\n\n`;
    parts.push(part);
    size += part.length;
  }
  return parts.join('').slice(0, length);
}

function toolCall({ rest, request }: Question): DemoAnswer | undefined {
  const [, name, args = '{}'] = /^(\S+)\s*([\s\S]+)?$/.exec(rest) ?? [];
  if (name === undefined || !request.tools?.some((tool) => tool.function?.name === name)) return undefined;
  const half = Math.ceil(args.length / 2);
  return {
    deltas: [
      { toolCalls: [{ index: 0, id: 'call_demo_1', type: 'function', function: { name, arguments: '' } }] },
      { toolCalls: [{ index: 0, function: { arguments: args.slice(0, half) } }] },
      { toolCalls: [{ index: 0, function: { arguments: args.slice(half) } }] },
    ],
    finishReason: 'tool_calls',
  };
}

function attachments({ messages }: CompletionRequest): string {
  const parts = messages.flatMap(({ role, content }) =>
    role === 'user' && Array.isArray(content) ? (content satisfies readonly ContentPart[]) : [],
  );
  const images = parts.flatMap(({ image_url: image }) => image?.url ?? []).map(typeOfUrl);
  const clips = parts.flatMap(({ input_audio: audio }) => audio?.format ?? []);
  const files = parts.flatMap(({ file }) => (file ? typeOfUrl(file.file_data ?? 'id:') : []));
  return `Images: ${listed(images)}. Audio: ${listed(clips)}. Files: ${listed(files)}.`;
}

/** The media type of a data URL, the scheme of any other. */
function typeOfUrl(url: string): string {
  return /^data:([^;,]+)/.exec(url)?.[1] ?? url.slice(0, Math.max(0, url.indexOf(':')));
}

function listed(types: readonly string[]): string {
  return types.length === 0 ? '0' : `${types.length} (${types.join(', ')})`;
}
