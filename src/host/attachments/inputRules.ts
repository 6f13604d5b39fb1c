import type { Connection } from '../../api/connection.ts';
import { dialectOf } from '../../api/dialects.ts';
import type { ContentPart } from '../../api/wireRequest.ts';
import { modelInput } from '../../chat/modelFacts.ts';
import type { ModelList } from '../models/modelList.ts';

/** What the model of a prompt takes, as far as it is known. */
export interface InputRules {
  /** Of the whole request, in tokens. */
  readonly limit?: number;
  readonly parts: readonly ContentPart['type'][];
  /** The model, where it is known to see no images. */
  readonly blind?: string;
}

/** The rules of a model; no request is made. */
export function inputRules(
  connection: Connection | undefined,
  model: string | undefined,
  models: Pick<ModelList, 'known'>,
): InputRules {
  if (!connection) return { parts: ['text', 'image_url', 'input_audio', 'file'] };
  const { parts } = dialectOf(connection.kind).messages;
  if (model === undefined) return { parts };
  const listed = models.known(connection)?.find(({ id }) => id === model);
  const { limit, images } = modelInput(
    connection,
    listed ?? { id: model, name: model, supported_features: [] },
  );
  return { parts, ...(limit !== undefined && { limit }), ...(images === false && { blind: model }) };
}
