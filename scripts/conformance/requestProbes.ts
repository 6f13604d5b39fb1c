import { numberOf } from '../../src/api/json.ts';
import { readErrorBody } from '../../src/api/providerError.ts';
import { answerOf, listed, type Observation, refused } from './observation.ts';
import { contentText, objectIn, objectsIn, parse } from './rawStream.ts';
import type { Exchange } from './recorder.ts';
import { ask, type Probe, type Session } from './session.ts';

const group = 'Request fields';

/** Statuses by which a server refuses a field. */
const refusals: ReadonlySet<number> = new Set([400, 422]);

/** Whether a request with one odd field is taken or refused; the contract allows both. */
function eitherWay({ facts }: Session, reply: Exchange, name: string): Observation {
  const { status, text } = reply;
  const isClear = status === 200 ? objectsIn(parse(text), 'choices').length > 0 : refusals.has(status);
  return isClear
    ? {
        row: facts.rows.request,
        name,
        expected: 'taken, or refused with 400 or 422',
        seen: status === 200 ? 'taken (status 200)' : `refused: ${answerOf(reply)}`,
        holds: true,
        open: true,
      }
    : refused(reply, { row: facts.rows.request, name }, 'taken, or refused with 400 or 422');
}

/** A field that no API has. */
export const unknownField: Probe = {
  group,
  requests: 1,
  completions: 1,
  async run(session) {
    const body = ask(session, 'Hi', { tachyon_conformance_field: true });
    const reply = await session.send({ path: session.dialect.chatCompletionsPath, body });
    return [eitherWay(session, reply, 'a field that nobody knows')];
  },
};

/** The other word for the limit of an answer. */
export const otherLimit: Probe = {
  group,
  requests: 1,
  completions: 1,
  async run(session) {
    const { facts, dialect } = session;
    const { limitField, otherLimitField } = facts;
    const { [limitField]: limit, ...body } = ask(session, 'Hi');
    const reply = await session.send({
      path: dialect.chatCompletionsPath,
      body: { ...body, [otherLimitField]: limit },
    });
    const name = `${otherLimitField} instead of ${limitField}`;
    const isNamed = refusals.has(reply.status) && reply.text.includes(otherLimitField);
    if (!facts.knowsOtherLimit || (reply.status !== 200 && isNamed)) {
      // Reasoning models of OpenAI refuse the older word, by contract.
      return [eitherWay(session, reply, name)];
    }
    if (reply.status !== 200) {
      return [refused(reply, { row: facts.rows.request, name })];
    }
    const holds = objectsIn(parse(reply.text), 'choices').length > 0;
    return [{ row: facts.rows.request, name, expected: 'taken', seen: answerOf(reply), holds }];
  },
};

/** Two alternatives. */
export const alternatives: Probe = {
  group,
  requests: 1,
  completions: 1,
  async run(session) {
    const { facts, dialect } = session;
    const row = facts.rows.request;
    const name = 'n = 2';
    const body = ask(session, 'Hi', { n: 2 });
    const reply = await session.send({ path: dialect.chatCompletionsPath, body });
    if (reply.status !== 200) {
      return facts.isLoose ? [eitherWay(session, reply, name)] : [refused(reply, { row, name })];
    }
    const indexes = objectsIn(parse(reply.text), 'choices').map(({ index }) => numberOf(index));
    const isTwo = indexes.join() === '0,1';
    return [
      {
        row,
        name,
        expected: facts.isLoose ? 'two choices, or one if the field is ignored' : 'two choices, 0 and 1',
        seen: `choices ${listed(indexes.map(String))}`,
        holds: isTwo || (facts.isLoose && indexes.length === 1),
        open: facts.isLoose,
      },
    ];
  },
};

/** A word at which the answer ends. Neither it nor the one before stands in the prompt, which some models repeat. */
export const stopSequence: Probe = {
  group,
  requests: 1,
  completions: 1,
  async run(session) {
    const { facts, dialect } = session;
    const row = facts.rows.request;
    const name = 'stop';
    const prompt = 'Count up to six in English words, in lower case, separated by commas.';
    const body = ask(session, prompt, { stop: ['four'], [facts.limitField]: 32 });
    const reply = await session.send({ path: dialect.chatCompletionsPath, body });
    if (refusals.has(reply.status) && readErrorBody(reply.text).param === 'stop') {
      return [{ row, name, expected: 'taken', seen: 'this model refuses it', holds: undefined }];
    }
    if (reply.status !== 200) {
      return facts.isLoose ? [eitherWay(session, reply, name)] : [refused(reply, { row, name })];
    }
    const [choice] = objectsIn(parse(reply.text), 'choices');
    const text = contentText(objectIn(choice, 'message')['content']);
    const isFollowed = /three/i.test(text);
    return [
      {
        row,
        name,
        expected: 'the answer ends before the word',
        seen: isFollowed || /four/i.test(text) ? `ends with ${text.slice(-40)}` : 'the model did not count',
        holds: /four/i.test(text) ? false : isFollowed ? true : undefined,
      },
    ];
  },
};
