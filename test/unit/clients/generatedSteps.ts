import type { Quirk } from './generatedReply.ts';
import type { Random } from './random.ts';

export interface CallTruth {
  id: string;
  name: string;
  arguments: string;
}

/** What one choice of a stream says. */
export interface ChoiceTruth {
  readonly index: number;
  text: string;
  refusal: string;
  readonly calls: CallTruth[];
  finish: string | null;
}

/** One piece of one choice: the fields it has on the wire, and what it adds to the truth. */
export interface Step {
  readonly choice: number;
  readonly fields: Record<string, unknown>;
  readonly apply: (truth: ChoiceTruth) => void;
}

type Delta = Record<string, unknown>;

const phrases = [
  'plain words ',
  'Grüße aus Köln, ',
  '日本語の文。',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'e\u0301 \u05e9\u05dc\u05d5\u05dd ',
  '"quoted" \\ back\\\\slash ',
  'line\nline\r\nline\rline\n\n',
  'odd \u2028\u2029\u0085\uFEFF\u0000\u007f ',
  'data: [DONE]\n\ndata: {"error":{}}\n\n',
  ': comment\n\nevent: error\n\n',
] as const;

/** The steps of one to three choices, interleaved. */
export function generateSteps(random: Random, quirk: Quirk | undefined): Step[] {
  const count = quirk === 'wholeJson' || random.chance(0.7) ? 1 : 2 + random.int(2);
  const waiting = Array.from({ length: count }, (_, choice) => choiceSteps(random, quirk, choice));
  const steps: Step[] = [];
  while (waiting.some((rest) => rest.length > 0)) {
    const next = waiting[random.int(count)]?.shift();
    if (next !== undefined) {
      steps.push(next);
    }
  }
  return steps;
}

function choiceSteps(random: Random, quirk: Quirk | undefined, choice: number): Step[] {
  const steps: Step[] = [];
  const nulls: Delta = random.chance(0.3) ? { refusal: null, function_call: null, tool_calls: null } : {};
  const roles: Delta = random.chance(0.2) ? { role: 'assistant' } : {};
  const add = (delta: Delta, apply: Step['apply']): void => {
    steps.push({ choice, fields: { delta: { ...nulls, ...roles, ...delta }, finish_reason: null }, apply });
  };

  add({ role: 'assistant', content: random.pick(['', null]) }, () => {});
  if (random.chance(0.2)) {
    const field = random.pick(['reasoning_content', 'reasoning']);
    add({ content: null, [field]: 'thinking about it' }, () => {});
  }
  // A stream with this trait must show it.
  const needsText = quirk === 'contentParts' || quirk === 'wholeJson';
  if (needsText || random.chance(0.85)) {
    const refused = !needsText && random.chance(0.1);
    for (const piece of pieces(random, phrasesOf(random, needsText ? 1 : 0))) {
      const content = quirk === 'contentParts' ? [{ type: 'text', text: piece }] : piece;
      add(refused ? { content: null, refusal: piece } : { content }, (truth) => {
        truth[refused ? 'refusal' : 'text'] += piece;
      });
    }
  }
  const needsCalls = quirk === 'argumentsObject' || quirk === 'sameIndex' || quirk === 'noIndex';
  const calls = needsCalls ? 2 + random.int(2) : random.chance(0.4) ? 1 + random.int(3) : 0;
  addCalls(random, quirk, calls, add);
  if (random.chance(0.9)) {
    const finish = random.pick(['stop', 'length', calls > 0 ? 'tool_calls' : 'content_filter']);
    // Azure's late chunks have a choice without a delta.
    const delta = random.chance(0.2) ? {} : { delta: { ...nulls } };
    const apply = (truth: ChoiceTruth): void => {
      truth.finish = finish;
    };
    steps.push({ choice, fields: { ...delta, finish_reason: finish }, apply });
  }
  return steps;
}

function addCalls(
  random: Random,
  quirk: Quirk | undefined,
  count: number,
  add: (delta: Delta, apply: Step['apply']) => void,
): void {
  const calls = Array.from({ length: count }, (_, index) => ({ index, ...generateCall(random) }));
  const rest: { index: number; piece: string }[][] = [];
  for (const { index, id, name, value } of calls) {
    const text = JSON.stringify(value);
    const whole = quirk === 'argumentsObject' || quirk === 'sameIndex' || quirk === 'noIndex';
    const apply = (truth: ChoiceTruth): void => {
      truth.calls[index] = { id, name, arguments: whole ? text : '' };
    };
    if (whole) {
      const given = quirk === 'argumentsObject' ? value : text;
      const place = quirk === 'noIndex' ? {} : { index: quirk === 'sameIndex' ? 0 : index };
      add({ tool_calls: [{ ...place, id, type: 'function', function: { name, arguments: given } }] }, apply);
      continue;
    }
    // vLLM sends the name after the id, and DashScope repeats both as empty texts.
    const late = random.chance(0.2);
    const blank: Delta = random.chance(0.3) ? { id: random.pick(['', null]), type: 'function' } : {};
    const first = { index, id, type: 'function', function: { name: late ? '' : name, arguments: '' } };
    add({ content: null, tool_calls: [first] }, (truth) => {
      truth.calls[index] = { id, name: late ? '' : name, arguments: '' };
    });
    if (late) {
      add({ tool_calls: [{ index, function: { name } }] }, apply);
    }
    rest.push(pieces(random, text).map((piece) => ({ index, piece })));
    // Parallel calls may come one after the other or in turns.
    if (random.chance(0.6) || index === count - 1) {
      for (const { index: place, piece } of inTurns(random, rest.splice(0))) {
        const called: Delta = { arguments: piece, ...('id' in blank ? { name: '' } : {}) };
        add({ tool_calls: [{ index: place, ...blank, function: called }] }, ({ calls: known }) => {
          const call = known[place];
          if (call !== undefined) {
            call.arguments += piece;
          }
        });
      }
    }
  }
}

function inTurns<T>(random: Random, queues: T[][]): T[] {
  const order: T[] = [];
  while (queues.some((queue) => queue.length > 0)) {
    order.push(...(queues[random.int(queues.length)]?.splice(0, 1) ?? []));
  }
  return order;
}

function generateCall(random: Random): { id: string; name: string; value: Record<string, unknown> } {
  return {
    id: `call_${random.int(2 ** 30).toString(36)}_${random.int(2 ** 30).toString(36)}`,
    name: random.pick(['get_weather', 'search', 'run-it']),
    value: random.chance(0.1)
      ? {}
      : { city: random.pick(phrases), days: random.int(9), deep: { list: [null, 1] } },
  };
}

function phrasesOf(random: Random, atLeast: number): string {
  return Array.from({ length: atLeast + random.int(5) }, () => random.pick(phrases)).join('');
}

/** `text` in pieces cut anywhere, also between the halves of a surrogate pair; some are empty. */
function pieces(random: Random, text: string): string[] {
  const cuts = Array.from({ length: random.int(8) }, () => random.int(text.length + 1));
  const positions = [0, ...cuts.toSorted((one, other) => one - other), text.length];
  return positions.slice(1).map((end, index) => text.slice(positions[index], end));
}
