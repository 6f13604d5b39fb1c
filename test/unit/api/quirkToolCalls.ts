import { chunk, done, event, eventStream as contentType, type Quirk } from './quirk.ts';

const signature = { google: { thought_signature: 'c2ln' } };

/** A chunk of fragments of tool calls. */
function calls(...fragments: unknown[]): string {
  return chunk({ role: 'assistant', content: null, tool_calls: fragments });
}

/** The rows of wire contract F about tool calls. */
export const toolCallQuirks: readonly Quirk[] = [
  {
    name: 'Ollama: all calls with the index 0, finished by "stop"',
    body: `${calls({ id: 'call_a', index: 0, type: 'function', function: { name: 'f', arguments: '{"x":1}' } })}${calls({ id: 'call_b', index: 0, type: 'function', function: { name: 'g', arguments: '{}' } })}${chunk({ role: 'assistant', content: '' }, 'stop')}${done}`,
    contentType,
    told: {
      text: '',
      calls: [
        { id: 'call_a', name: 'f', arguments: '{"x":1}' },
        { id: 'call_b', name: 'g', arguments: '{}' },
      ],
      finish: 'stop',
    },
  },
  {
    name: 'Ollama: arguments as an object, and no finish reason',
    body: `${calls({ id: 'call_a', index: 0, function: { name: 'f', arguments: { city: '仙台', days: [1] } } })}${done}`,
    contentType,
    told: { text: '', calls: [{ id: 'call_a', name: 'f', arguments: '{"city":"仙台","days":[1]}' }] },
  },
  {
    name: 'vLLM: id and name in separate chunks, the empty name first',
    body: `${calls({ id: 'chatcmpl-tool-1', type: 'function', index: 0, function: { name: '', arguments: '' } })}${calls({ index: 0, function: { name: 'f' } })}${calls({ index: 0, function: { arguments: '{"a"' } })}${calls({ index: 0, function: { arguments: ':1}' } })}${chunk({ content: '' }, 'tool_calls')}${done}`,
    contentType,
    told: {
      text: '',
      calls: [{ id: 'chatcmpl-tool-1', name: 'f', arguments: '{"a":1}' }],
      finish: 'tool_calls',
    },
  },
  {
    name: 'vLLM: the name before the id',
    body: `${calls({ index: 0, function: { name: 'f' } })}${calls({ index: 0, id: 'i', function: { arguments: '{}' } })}${done}`,
    contentType,
    told: { text: '', calls: [{ id: 'i', name: 'f', arguments: '{}' }] },
  },
  {
    name: 'vLLM: "stop" where the request named the tool',
    body: `${calls({ id: 'i', index: 0, type: 'function', function: { name: 'f', arguments: '{"a":1}' } })}${chunk({}, 'stop', { stop_reason: null })}${done}`,
    contentType,
    told: { text: '', calls: [{ id: 'i', name: 'f', arguments: '{"a":1}' }], finish: 'stop' },
  },
  {
    name: 'LM Studio: one call in fragments with a new id each and empty names',
    body: `${calls({ index: 0, id: '101', type: 'function', function: { name: 'f', arguments: '' } })}${calls({ index: 0, id: '102', type: 'function', function: { name: '', arguments: '{"pa' } })}${calls({ index: 0, id: '103', type: 'function', function: { name: '', arguments: 'th":"🌲"}' } })}${chunk({}, 'tool_calls')}${done}`,
    contentType,
    told: { text: '', calls: [{ id: '101', name: 'f', arguments: '{"path":"🌲"}' }], finish: 'tool_calls' },
  },
  {
    name: 'LM Studio: the same without an index, between two calls',
    body: `${calls({ id: '1', function: { name: 'f', arguments: '{' } })}${calls({ id: '2', function: { name: '', arguments: '}' } })}${calls({ id: '3', function: { name: 'g', arguments: '[' } })}${calls({ id: '4', function: { arguments: ']' } })}${done}`,
    contentType,
    told: {
      text: '',
      calls: [
        { id: '1', name: 'f', arguments: '{}' },
        { id: '3', name: 'g', arguments: '[]' },
      ],
    },
  },
  {
    name: 'Gemini: no index; a signature that must go back',
    body: `${calls({ id: 'function-call-1', type: 'function', function: { name: 'f', arguments: '{"a":1}' }, extra_content: signature })}${calls({ id: 'function-call-2', type: 'function', function: { name: 'f', arguments: '{"a":2}' } })}${chunk({ content: '' }, 'stop')}${done}`,
    contentType,
    told: {
      text: '',
      calls: [
        { id: 'function-call-1', name: 'f', arguments: '{"a":1}', extra: signature },
        { id: 'function-call-2', name: 'f', arguments: '{"a":2}' },
      ],
      finish: 'stop',
    },
  },
  {
    name: 'Gemini: two calls in one chunk, with a constant index',
    body: `${calls({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }, { index: 0, id: 'b', function: { name: 'g', arguments: '{}' } })}${chunk({}, 'stop')}${done}`,
    contentType,
    told: {
      text: '',
      calls: [
        { id: 'a', name: 'f', arguments: '{}' },
        { id: 'b', name: 'g', arguments: '{}' },
      ],
      finish: 'stop',
    },
  },
  {
    name: 'Gemini: whole calls without index and id',
    body: `${calls({ id: '', function: { name: 'f', arguments: '{"a":1}' } })}${calls({ id: '', function: { name: 'f', arguments: '{"a":2}' } })}${chunk({}, 'stop')}${done}`,
    contentType,
    told: {
      text: '',
      calls: [
        { name: 'f', arguments: '{"a":1}' },
        { name: 'f', arguments: '{"a":2}' },
      ],
      finish: 'stop',
    },
  },
  {
    name: 'Gemini: a call that begins without an index and goes on with it',
    body: `${calls({ id: 'a', function: { name: 'f', arguments: '{' } })}${calls({ index: 0, function: { arguments: '}' } })}${done}`,
    contentType,
    told: { text: '', calls: [{ id: 'a', name: 'f', arguments: '{}' }] },
  },
  {
    name: 'Gemini: a first call without an index, a second one with it',
    body: `${calls({ id: 'a', function: { name: 'f', arguments: '{}' } })}${calls({ index: 1, id: 'b', function: { name: 'g', arguments: '{}' } })}${done}`,
    contentType,
    told: {
      text: '',
      calls: [
        { id: 'a', name: 'f', arguments: '{}' },
        { id: 'b', name: 'g', arguments: '{}' },
      ],
    },
  },
  {
    name: 'DashScope and GLM: empty ids and names on later fragments',
    body: `${calls({ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } })}${calls({ index: 1, id: 'call_2', type: 'function', function: { name: 'g', arguments: '' } })}${calls({ index: 0, id: '', type: 'function', function: { name: '', arguments: '{"a"' } })}${calls({ index: 1, id: '', function: { name: '', arguments: '{}' } })}${calls({ index: 0, id: '', function: { name: null, arguments: ':1}' } })}${chunk({}, 'tool_calls')}${done}`,
    contentType,
    told: {
      text: '',
      calls: [
        { id: 'call_1', name: 'f', arguments: '{"a":1}' },
        { id: 'call_2', name: 'g', arguments: '{}' },
      ],
      finish: 'tool_calls',
    },
  },
  {
    name: 'Tachyon: ids and names under its own words (wire contract B2)',
    body:
      calls({ index: 0, tool_id: 'toolu_1', tool_name: 'f', is_client_tool: true }) +
      calls({ index: 0, function: { arguments: '{}' } }) +
      done,
    contentType,
    told: { text: '', calls: [{ id: 'toolu_1', name: 'f', arguments: '{}' }] },
  },
  {
    name: 'Older servers: `function_call` (wire contract C, D2)',
    body: `${chunk({ content: null, function_call: { name: 'f', arguments: '' } })}${chunk({ function_call: { arguments: '{"a":1}' } })}${chunk({}, 'function_call')}${event({ choices: [], usage: { total_tokens: 9 } })}${done}`,
    contentType,
    told: { text: '', calls: [{ name: 'f', arguments: '{"a":1}' }], finish: 'function_call', tokens: 9 },
  },
];
