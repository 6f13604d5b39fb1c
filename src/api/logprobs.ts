import { isObject, numberOf } from './json.ts';
import type { Logprobs, TokenLogprob } from './wire.ts';

/** Guards the log probabilities of a choice; `undefined` if it has none (wire contract D1). */
export function readLogprobs(value: unknown): Logprobs | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const content = readTokens(value['content'], true);
  const refusal = readTokens(value['refusal'], true);
  return content === undefined && refusal === undefined
    ? undefined
    : {
        ...(content === undefined ? {} : { content }),
        ...(refusal === undefined ? {} : { refusal }),
      };
}

function readTokens(value: unknown, withAlternatives: boolean): TokenLogprob[] | undefined {
  return Array.isArray(value)
    ? value.flatMap((entry) => readToken(entry, withAlternatives) ?? [])
    : undefined;
}

/** Alternatives have none of their own: whoever nests them deep may not exhaust the stack. */
function readToken(value: unknown, withAlternatives: boolean): TokenLogprob | undefined {
  if (!isObject(value) || typeof value['token'] !== 'string') {
    return undefined;
  }
  const { token, bytes } = value;
  const logprob = numberOf(value['logprob']);
  const alternatives = withAlternatives ? readTokens(value['top_logprobs'], false) : undefined;
  return logprob === undefined
    ? undefined
    : {
        token,
        logprob,
        ...(Array.isArray(bytes) ? { bytes: bytes.filter((byte) => numberOf(byte) !== undefined) } : {}),
        ...(alternatives === undefined ? {} : { top_logprobs: alternatives }),
      };
}
