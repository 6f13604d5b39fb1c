import { createChatCompletion } from '../../src/api/chatCompletions.ts';
import { isObject, type JsonObject, numberOf, textOf } from '../../src/api/json.ts';
import type { ChatCompletion } from '../../src/api/wire.ts';
import { answerOf, fieldObservations, listed, type Observation, refused } from './observation.ts';
import { contentText, fieldOf, objectIn, objectsIn, parse } from './rawStream.ts';
import type { Exchange } from './recorder.ts';
import { clientObservation } from './replyReading.ts';
import { ask, type Probe, type Session, smallLimit } from './session.ts';
import { compareShape, joinComparisons } from './shape.ts';

const finishReasons = ['stop', 'length', 'tool_calls', 'function_call', 'content_filter'];

const whole = 'chat.completion';

/** A reply in one piece, which is also the default. */
export const wholeReply: Probe = {
  group: 'Whole reply',
  requests: 1,
  completions: 1,
  async run(session) {
    const body = ask(session, 'Hi');
    const reply = await session.send({ path: session.dialect.chatCompletionsPath, body });
    return await wholeObservations(session, reply, session.facts.rows.whole, (options) =>
      createChatCompletion(session.connection, { messages: [] }, options),
    );
  },
};

/** Observations of a whole reply; `reread` lets our own client read it again. */
export async function wholeObservations(
  session: Session,
  reply: Exchange,
  row: string,
  reread: (options: ReturnType<Session['reread']>) => Promise<ChatCompletion>,
  limit = smallLimit,
): Promise<Observation[]> {
  const { facts } = session;
  if (reply.status !== 200) {
    return [refused(reply, { row, name: 'without stream the reply is whole' })];
  }
  const body = parse(reply.text);
  const choices = objectsIn(body, 'choices');
  const message = objectIn(choices[0], 'message');
  const usage = objectIn(body, 'usage');
  const finishReason = textOf(choices[0]?.['finish_reason']);
  const comparison = joinComparisons([
    compareShape([body], facts.completion, 'completion'),
    compareShape(choices.slice(0, 1), facts.choice, 'choice'),
    compareShape([message], facts.message, 'message'),
    ...(facts.isLoose && fieldOf(body, 'usage') === undefined
      ? []
      : [compareShape([usage], facts.usage, 'usage')]),
  ]);
  const text = contentText(message['content']);
  const totalTokens = numberOf(usage['total_tokens']);
  const isWhole: Observation = {
    row,
    name: 'without stream the reply is whole',
    expected: 'one JSON object with an assistant message',
    seen: isObject(body) ? `${choices.length} choice, role ${String(message['role'])}` : answerOf(reply),
    holds: isObject(body) && choices.length === 1 && (message['role'] ?? 'assistant') === 'assistant',
  };
  if (!isObject(body)) {
    return [isWhole];
  }
  return [
    isWhole,
    {
      row,
      name: 'content type of a whole reply',
      expected: 'application/json',
      seen: reply.headers.get('content-type') ?? 'none',
      holds: /^application\/json\b/i.test(reply.headers.get('content-type') ?? ''),
    },
    {
      row,
      name: 'object of a whole reply',
      expected: whole,
      seen: String(fieldOf(body, 'object')),
      holds: (fieldOf(body, 'object') ?? (facts.isLoose ? whole : '')) === whole,
    },
    ...fieldObservations(row, 'a whole reply', comparison, facts.isLoose),
    {
      row,
      name: 'finish_reason of a whole reply',
      expected: listed(finishReasons),
      seen: String(finishReason),
      holds: finishReason === undefined ? false : finishReasons.includes(finishReason),
    },
    usageObservation(row, usage, facts.isLoose),
    limitObservation(session, finishReason, numberOf(usage['completion_tokens']), limit),
    await clientObservation(
      'our client reads the whole reply',
      { text, finishReason: finishReason ?? null, totalTokens, calls: [] },
      reread(session.reread(reply)),
    ),
  ];
}

function usageObservation(row: string, usage: JsonObject, isLoose: boolean): Observation {
  const countOf = (field: string): number => numberOf(usage[field]) ?? Number.NaN;
  const prompt = countOf('prompt_tokens');
  const completion = countOf('completion_tokens');
  const total = countOf('total_tokens');
  const isMissing = Object.keys(usage).length === 0;
  return {
    row,
    name: 'token counts of a whole reply',
    expected: 'a total of no less than prompt and completion',
    seen: isMissing ? 'none' : `${prompt} + ${completion}, total ${total}`,
    // Some servers count reasoning in the total alone.
    holds: isMissing && isLoose ? undefined : total >= prompt + completion && prompt > 0,
  };
}

function limitObservation(
  { facts }: Session,
  finishReason: string | undefined,
  tokens: number | undefined,
  limit: number,
): Observation {
  return {
    row: facts.rows.request,
    name: `${facts.limitField} limits the answer`,
    expected: `${limit} tokens or finish_reason length`,
    seen: `${tokens ?? 'unknown'} tokens, finish_reason ${String(finishReason)}`,
    holds: finishReason === 'length' ? true : tokens === undefined ? undefined : tokens <= limit,
  };
}
