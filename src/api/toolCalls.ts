import { isJson } from './json.ts';
import type { ToolCallDelta } from './wire.ts';

/** A tool call as far as its fragments have come; what is not known yet is empty. */
export interface ToolCall {
  id: string;
  readonly index: number | undefined;
  name: string;
  /** JSON text; of a custom tool, text of any form. */
  arguments: string;
  isCustom?: boolean;
  extraContent?: unknown;
}

/** More than any API gives; each fragment is compared with all of them. */
const mostCalls = 128;

/**
 * Adds a fragment to the call it belongs to, by id, else by index, else to the most recent one. Later fragments may
 * carry empty ids and names, which mean nothing (wire contract F).
 */
export function addToolCall(calls: ToolCall[], fragment: ToolCallDelta): void {
  const { id = '', index } = fragment;
  const { name = '', arguments: text = '' } = fragment.function ?? {};
  const known = findCall(calls, id, name, index);
  const call = known ?? { id, index, name, arguments: '' };
  if (known === undefined) {
    if (calls.length === mostCalls) {
      return;
    }
    calls.push(call);
  }
  call.id ||= id;
  call.name ||= name;
  call.arguments += text;
  if (fragment.type === 'custom') {
    call.isCustom = true;
  }
  if (fragment.extra_content !== undefined) {
    call.extraContent = fragment.extra_content;
  }
}

function findCall(
  calls: readonly ToolCall[],
  id: string,
  name: string,
  index: number | undefined,
): ToolCall | undefined {
  const sameId = id === '' ? undefined : calls.find((call) => call.id === id);
  if (sameId !== undefined) {
    return sameId;
  }
  const last = calls.at(-1);
  const sameIndex = calls.findLast((call) => call.index === index);
  const recent = index === undefined ? last : (sameIndex ?? (last?.index === undefined ? last : undefined));
  return recent === undefined || beginsNew(recent, id, name) ? undefined : recent;
}

/**
 * A new id with a name begins a new call even at a known index: Ollama gives every call the index 0. Without a name it
 * goes on with the call there: LM Studio makes a new id for each fragment. Gemini's whole calls may have neither index
 * nor id.
 */
function beginsNew(recent: ToolCall, id: string, name: string): boolean {
  if (name === '') {
    return false;
  }
  return id === '' ? recent.name !== '' && isJson(recent.arguments) : recent.id !== '';
}
