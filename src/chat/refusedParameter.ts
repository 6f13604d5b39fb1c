import type { ApiErrorDetails } from '../api/apiError.ts';
import type { ConnectionKind } from '../api/connection.ts';
import { parameterNames } from './samplingFields.ts';

/** Words that servers also say, in quotes, of roles and kinds of content. */
const ambiguous: ReadonlySet<string> = new Set(['user', 'audio', 'moderation']);

/**
 * The parameter of a request that a server refused with 400 or 422, if it names one that can be left out: in the
 * error's own field for it, else in its text.
 */
export function refusedParameter(
  { status, param, providerMessage = '', body = '' }: ApiErrorDetails,
  kind: ConnectionKind,
): string | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const names: readonly string[] = [...parameterNames(kind), 'stream_options', 'max_tokens'];
  // `logit_bias.50256`, `response_format[type]`: the field is what stands before.
  const field = /^[a-z_]+/.exec(param ?? '')?.[0];
  const said = field === undefined ? wordsOf(providerMessage, body) : [field];
  return said.find((word) => names.includes(word));
}

/** The words that may be a parameter's name, those that are so most clearly first. */
function wordsOf(message: string, body: string): string[] {
  const quoted = [
    ...message.matchAll(/(param\w*|argument|field|property|value)?\W{0,3}["'`“‘]([a-z_]+)["'`”’]/gi),
  ];
  return [
    // FastAPI's servers tell the place beside the message.
    ...[...body.matchAll(/"loc"\s*:\s*\[\s*"body"\s*,\s*"([a-z_]+)"/g)].map(([, word = '']) => word),
    ...quoted.flatMap(([, before, word = '']) => (before || !ambiguous.has(word) ? word : [])),
    // Without quotes, only words that mean nothing else: “stop” and “user” stand in many sentences.
    ...(message.match(/(?<![\w-])(?:[a-z]+(?:_[a-z]+)+|temperature|logprobs|verbosity)(?![\w-])/g) ?? []),
  ];
}
