import type { Dialect, DialectKind } from './dialect.ts';
import { checkAtomaRequest } from './atomaRequest.ts';
import { checkCompatibleRequest } from './compatibleRequest.ts';
import { atomaError, compatibleError, openaiError, tachyonError } from './errorBodies.ts';
import { demoModels } from './models.ts';
import { atomaModels, compatibleModels, openaiModels } from './openaiModels.ts';
import { checkOpenaiRequest } from './openaiRequest.ts';
import { checkCompletionRequest } from './requestBodies.ts';

/** Wire contract A and B. */
const tachyon: Dialect = {
  kind: 'tachyon',
  root: '',
  base: '',
  needsKey: true,
  givesRequestId: false,
  acceptsAnyPath: false,
  models: demoModels,
  check: checkCompletionRequest,
  errorBody: tachyonError,
  streamErrors: 'event',
  sendsDone: true,
  keepAliveMs: 0,
  replyFields: [],
  streamUsage: 'never',
  isOpenai: false,
  replyExtras: {},
};

/** Wire contract D. */
const openai: Dialect = {
  kind: 'openai',
  root: '/openai',
  base: '/openai/v1',
  needsKey: true,
  givesRequestId: true,
  acceptsAnyPath: false,
  models: openaiModels,
  check: checkOpenaiRequest,
  errorBody: openaiError,
  streamErrors: 'data',
  sendsDone: true,
  keepAliveMs: 0,
  replyFields: ['refusal', 'audio', 'logprobs'],
  streamUsage: 'own-chunk',
  isOpenai: true,
  replyExtras: { service_tier: 'default', system_fingerprint: 'fp_demo' },
};

/** Wire contract C: no `[DONE]`, failures in mid-stream are silent. */
const atoma: Dialect = {
  kind: 'atoma',
  root: '/atoma',
  base: '/atoma',
  needsKey: true,
  givesRequestId: false,
  acceptsAnyPath: false,
  models: atomaModels,
  check: checkAtomaRequest,
  errorBody: atomaError,
  streamErrors: 'end',
  sendsDone: false,
  keepAliveMs: 15,
  replyFields: [],
  streamUsage: 'last-chunk',
  isOpenai: false,
  replyExtras: { system_fingerprint: null, response_hash: 'ZGVtbw==', signature: 'ZGVtbw==' },
};

/** A mixture of Ollama and LM Studio (wire contract F). */
const compatible: Dialect = {
  kind: 'openai-compatible',
  root: '/compatible',
  base: '/compatible/v1',
  needsKey: false,
  givesRequestId: false,
  acceptsAnyPath: true,
  models: compatibleModels,
  check: checkCompatibleRequest,
  errorBody: compatibleError,
  streamErrors: 'data',
  sendsDone: true,
  keepAliveMs: 0,
  replyFields: ['reasoning', 'logprobs'],
  streamUsage: 'own-chunk',
  isOpenai: false,
  replyExtras: { system_fingerprint: 'fp_local' },
};

/** All dialects by kind. */
export const dialects: Readonly<Record<DialectKind, Dialect>> = {
  tachyon,
  openai,
  atoma,
  'openai-compatible': compatible,
};

/** The dialect that a request's path belongs to; the query may be part of it. */
export function dialectOf(path: string): Dialect {
  const belongs = ({ root }: Dialect): boolean =>
    path.startsWith(root) && /^([/?]|$)/.test(path.slice(root.length));
  return [openai, atoma, compatible].find(belongs) ?? tachyon;
}
