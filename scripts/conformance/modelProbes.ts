import { listModels } from '../../src/api/models.ts';
import { textOf } from '../../src/api/json.ts';
import { safe } from '../../src/api/safe.ts';
import { defaultModel } from '../../src/chat/defaultModel.ts';
import { fieldObservations, listed, type Observation, refused } from './observation.ts';
import { objectsIn, parse } from './rawStream.ts';
import { reasonOf } from './recorder.ts';
import type { Probe, Session } from './session.ts';
import { compareShape, joinComparisons } from './shape.ts';

const group = 'Models';

/** The list of models; it also chooses the model to ask. */
export const modelList: Probe = {
  group,
  requests: 1,
  completions: 0,
  async run(session) {
    const { facts, dialect } = session;
    const row = facts.rows.models;
    const reply = await session.send({ path: dialect.modelsPath });
    if (reply.status !== 200) {
      return [refused(reply, { row, name: 'the list of models' })];
    }
    const body = parse(reply.text);
    const entries = objectsIn(body, facts.modelEntries);
    const comparison = joinComparisons([
      compareShape([body], facts.modelList, 'list'),
      compareShape(entries, facts.model, 'model'),
    ]);
    const ids = entries.flatMap((entry) => textOf(entry['id']) ?? []);
    const read = await safe(listModels(session.connection, session.reread(reply)));
    const models = read.ok ? read.value : [];
    session.model ??= defaultModel(session.connection.kind, models)?.id;
    return [
      { row, name: 'the list of models', expected: 'status 200', seen: 'status 200', holds: true },
      ...fieldObservations(row, 'the list', comparison, facts.isLoose),
      {
        row: 'G',
        name: 'our client reads the list',
        expected: `${ids.length} models`,
        seen: read.ok ? `${models.length} models` : reasonOf(read.error),
        holds:
          models.length > 0 && (facts.isLoose || ids.every((id) => models.some((model) => model.id === id))),
      },
    ];
  },
};

/** The list without `require_agent_product=false`. */
export const agentModels: Probe = {
  group,
  requests: 1,
  completions: 0,
  async run(session: Session): Promise<Observation[]> {
    const name = 'the list without require_agent_product';
    const expected = 'only models with the feature agent';
    const reply = await session.send({ path: '/v1/llms/models' });
    if (reply.status !== 200) {
      return [refused(reply, { row: 'A5', name }, expected)];
    }
    const entries = objectsIn(parse(reply.text), 'models');
    const others = entries.flatMap(({ id, supported_features: features }) =>
      Array.isArray(features) && features.includes('agent') ? [] : [String(id)],
    );
    const seen = others.length > 0 ? `also ${listed(others)}` : `${entries.length} models, each with it`;
    return [{ row: 'A5', name, expected, seen, holds: others.length === 0 }];
  },
};
