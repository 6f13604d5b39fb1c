import type { Exchange, Services } from './exchange.ts';
import { sendJson } from './exchange.ts';
import { filterModels } from './models.ts';
import { checkQueryNames } from './queries.ts';

const platformId = 'tn_platform';

/** `GET /v1/auth/operators/by-user`: a bare array (wire contract A4). */
export function listOperators({ url, response }: Exchange, { operators }: Services): void {
  checkQueryNames(url.searchParams, ['platform_id', 'user_id']);
  sendJson(
    response,
    200,
    operators.map(({ id, name }) => ({ id, name, operatorName: id.replace(/^tn_/, ''), platformId })),
  );
}

/** `GET /v1/me` (wire contract A4). */
export function me({ userId, response }: Exchange, { operators }: Services): void {
  sendJson(response, 200, {
    user: {
      id: userId,
      sub: userId,
      username: userId.replace(/^us_/, ''),
      email: null,
      onboarding_completed: true,
    },
    tenants: operators.map(({ id, name }) => ({
      id,
      name,
      depth: 0,
      ancestor_path: [],
      relative_role: 'owner',
      host_id: platformId,
      parent_tenant_id: null,
      platform_id: platformId,
    })),
    default_tenant_id: operators[0]?.id ?? null,
  });
}

/** `GET /v1/llms/models` */
export async function listModels({ url, response, watch }: Exchange, { backends }: Services): Promise<void> {
  checkQueryNames(url.searchParams, ['supported_feature', 'require_agent_product']);
  const found = filterModels(await backends.tachyon.listModels(watch.signal), url.searchParams);
  sendJson(response, 200, { models: found, total_count: found.length });
}
