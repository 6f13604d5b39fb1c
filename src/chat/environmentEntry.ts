import { isObject } from '../api/json.ts';
import { builtInName } from './connectionEntry.ts';

/**
 * `tachyon.connections` with what `TACHYON_API_URL` and `TACHYON_TENANT_ID` fill in where the entry named `tachyon`
 * leaves it open. They are of Tachyon's own CLI, so a hidden entry, and one of another kind, stay as they are.
 */
export function withEnvironment(raw: unknown, variable: (name: string) => string | undefined): unknown {
  const url = variable('TACHYON_API_URL');
  const operatorId = variable('TACHYON_TENANT_ID');
  const given = isObject(raw) ? raw : {};
  const entry = Object.hasOwn(given, builtInName) ? given[builtInName] : {};
  if ((!url && !operatorId) || !isObject(entry) || (entry['kind'] ?? 'tachyon') !== 'tachyon') return raw;
  return { ...given, [builtInName]: { ...(url && { url }), ...(operatorId && { operatorId }), ...entry } };
}
