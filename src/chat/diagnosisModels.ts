import { ApiError } from '../api/apiError.ts';
import { dialectOf } from '../api/dialects.ts';
import { defaultModel, isChatModel } from './defaultModel.ts';
import { describeError } from './describeError.ts';
import type { DiagnosisInput, Finding } from './diagnosis.ts';
import { withOwnModels } from './modelFacts.ts';
import { escapeMarkdown } from './untrusted.ts';

type Checked = Pick<Finding, 'outcome' | 'text'>;

/** What the list of models tells. */
interface ModelsFound {
  readonly list: Checked;
  readonly models: Checked;
  /** Undefined: the server chooses. */
  readonly model: string | undefined;
  /** `false`: a completion would fail for the same reason, or there is no model for it. */
  readonly mayAsk: boolean;
}

/** Failures after which no other request of this connection can succeed. */
const final = new Set([
  'unauthorized',
  'missingCredential',
  'missingOperator',
  'insecureUrl',
  'invalidRequest',
  'network',
]);

/** Asks for the list of models and chooses the one for the completions. */
export async function checkModels(input: DiagnosisInput): Promise<ModelsFound> {
  const { connection, whole, capture, mask, l10n, signal, now } = input;
  const start = now();
  try {
    const listed = await whole.listModels({ signal, retry: { strategy: 'none' } });
    const status = capture.last()?.status ?? 200;
    const time = Math.round(now() - start);
    const list: Checked = {
      outcome: 'ok',
      text: l10n.t('The list of models came with the status {0} after {1} ms.', status, time),
    };
    const all = withOwnModels(connection, listed);
    const chatting = all.filter((model) => isChatModel(connection.kind, model)).length;
    const model = input.model ?? defaultModel(connection.kind, all)?.id;
    const canChoose = dialectOf(connection.kind).hasChatrooms;
    if (model === undefined && !canChoose) {
      const text = l10n.t(
        'Models: {0}, and none of them can chat; load one on the server, or name one under “models” of this connection.',
        all.length,
      );
      return { list, models: { outcome: 'problem', text }, model, mayAsk: false };
    }
    const name = escapeMarkdown(mask.text(model ?? ''));
    const text =
      model === undefined
        ? l10n.t('Models: {0}, of which chat: {1}; the server chooses.', all.length, chatting)
        : l10n.t('Models: {0}, of which chat: {1}; asked is “{2}”.', all.length, chatting, name);
    return { list, models: { outcome: 'ok', text }, model, mayAsk: true };
  } catch (error) {
    signal.throwIfAborted();
    return withoutList(error, input);
  }
}

function withoutList(error: unknown, { connection, model, mask, l10n }: DiagnosisInput): ModelsFound {
  const own = model ?? defaultModel(connection.kind, withOwnModels(connection, []))?.id;
  const { message } = describeError(
    error instanceof ApiError ? mask.error(error) : error,
    connection.name,
    l10n,
    connection.kind,
  );
  const list: Checked = { outcome: 'problem', text: message };
  const isFinal = error instanceof ApiError && final.has(error.kind);
  const mayAsk = !isFinal && (own !== undefined || dialectOf(connection.kind).hasChatrooms);
  const text =
    own === undefined
      ? l10n.t('Without a list nothing is known of the models.')
      : l10n.t('Asked is “{0}”, which the settings name.', escapeMarkdown(mask.text(own)));
  return { list, models: { outcome: 'skipped', text }, model: own, mayAsk };
}
