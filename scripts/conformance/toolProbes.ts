import { streamChatCompletion } from '../../src/api/chatCompletions.ts';
import { isObject, numberOf } from '../../src/api/json.ts';
import { fieldObservations, listed, type Observation, refused } from './observation.ts';
import { objectIn, parse, readRawStream } from './rawStream.ts';
import { clientObservation, collect } from './replyReading.ts';
import type { Probe } from './session.ts';
import { compareShape, joinComparisons } from './shape.ts';
import { contentOfStream } from './streamChecks.ts';
import { streamRequest } from './streamProbes.ts';
import { fragmentsOf, joinFragments } from './toolFragments.ts';

const tool = {
  type: 'function',
  function: {
    name: 'get_time',
    description: 'Tells the time in a zone.',
    parameters: { type: 'object', properties: { zone: { type: 'string' } }, required: ['zone'] },
  },
};
/** Plain to a model, and understood by the local server's demo model too. */
const prompt = '!tool get_time {"zone":"UTC"}';

/** A streamed tool call. */
export const toolCall: Probe = {
  group: 'Tool calls',
  requests: 1,
  completions: 1,
  async run(session) {
    const { facts, dialect, connection } = session;
    const row = facts.rows.tools;
    const choice = { tools: [tool], tool_choice: facts.requiredToolChoice };
    const request = streamRequest(session, dialect.chatCompletionsPath, prompt);
    const body = { ...request.body, [facts.limitField]: 64, ...choice };
    const reply = await session.send({ ...request, body });
    if (reply.status !== 200) {
      return [refused(reply, { row, name: 'a request with a tool' })];
    }
    const raw = readRawStream(reply.text);
    const content = contentOfStream(raw);
    const fragments = fragmentsOf(raw.chunks);
    const calls = joinFragments(fragments);
    if (calls.length === 0 || content.finishReason === 'length') {
      const seen = calls.length === 0 ? 'the model called no tool' : 'the call was cut by the limit';
      return [{ row, name: 'a tool call', expected: 'a call of get_time', seen, holds: undefined }];
    }
    const shape = { index: 'number?', id: 'string|null?', type: 'string|null?', function: 'object?' };
    const comparison = joinComparisons([
      compareShape(fragments, shape, 'call'),
      compareShape(
        fragments.map((fragment) => objectIn(fragment, 'function')),
        { name: 'string|null?', arguments: facts.isLoose ? 'string|object?' : 'string|null?' },
        'function',
      ),
    ]);
    const observe = (name: string, expected: string, seen: string, holds: boolean): Observation => ({
      row,
      name,
      expected,
      seen,
      holds,
    });
    const indexed = fragments.filter((fragment) => numberOf(fragment['index']) !== undefined).length;
    const names = calls.map(({ name }) => name);
    const types = [...new Set(fragments.flatMap(({ type }) => (typeof type === 'string' ? [type] : [])))];
    const { finishReason } = content;
    return [
      observe(
        'a tool call',
        'a call of get_time',
        listed(names),
        names.every((name) => name === 'get_time'),
      ),
      ...fieldObservations(row, 'a tool call', comparison, facts.isLoose),
      {
        ...observe('index of a tool call', 'on each fragment', `on ${indexed} of ${fragments.length}`, false),
        holds: indexed === fragments.length || (facts.isLoose && calls.length === 1),
        open: facts.isLoose,
      },
      observe(
        'type of a tool call',
        'function',
        listed(types),
        types.every((type) => type === 'function'),
      ),
      observe(
        'id and name of a tool call',
        'once for each call',
        calls.map(({ ids, names: times }) => `id ${ids} times, name ${times} times`).join('; '),
        calls.every((call) => (call.ids === 1 || (facts.isLoose && call.ids > 0)) && call.names === 1),
      ),
      observe(
        'arguments of a tool call',
        'an object, in JSON fragments that are joined',
        calls.map(({ text }) => text).join('; '),
        calls.every(({ text }) => isObject(parse(text))),
      ),
      {
        row,
        name: 'finish_reason after a tool call',
        expected: row === 'D2' ? 'tool_calls' : 'tool_calls, stop or none',
        seen: String(finishReason),
        holds: finishReason === 'tool_calls' || (row !== 'D2' && [null, 'stop'].includes(finishReason)),
        open: row !== 'D2',
      },
      await clientObservation(
        'our client reads the tool call',
        content,
        collect(streamChatCompletion(connection, { messages: [] }, session.reread(reply))),
      ),
    ];
  },
};
