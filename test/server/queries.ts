import { badRequest } from './httpError.ts';

/** Refuses query parameters that the contract does not name. Throws a 400. */
export function checkQueryNames(query: URLSearchParams, allowed: readonly string[]): void {
  for (const name of query.keys()) {
    if (!allowed.includes(name)) throw badRequest(`unknown query parameter ${name}`);
  }
}

/** A whole number ≥ 0 from the query, or the default; without a default it is required. Throws a 400. */
export function queryInteger(query: URLSearchParams, name: string, fallback?: number): number {
  const value = query.get(name);
  if (value === null) {
    if (fallback !== undefined) return fallback;
    throw badRequest(`missing query parameter ${name}`);
  }
  if (!/^\d{1,9}$/.test(value)) throw badRequest(`${name} must be an integer of at least 0`);
  return Number(value);
}
