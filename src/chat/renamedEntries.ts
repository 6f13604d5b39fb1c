import { builtInName } from './connectionEntry.ts';

/**
 * The entries of `tachyon.connections` after one of them, `entry`, got another name: in its place, or first if it was
 * written nowhere. What stood under the new name (a `null` that hid the connection) goes; the one that is built in is
 * hidden under its old name.
 */
export function renamedEntries(
  entries: Readonly<Record<string, unknown>>,
  from: string,
  to: string,
  entry: unknown,
): Record<string, unknown> {
  const all = Object.hasOwn(entries, from)
    ? Object.entries(entries)
    : [[from, entry] as const, ...Object.entries(entries)];
  const others = all.filter(([name]) => name !== to);
  const renamed = others.map(([name, old]) => (name === from ? [to, entry] : [name, old]));
  return { ...Object.fromEntries(renamed), ...(from === builtInName && { [from]: null }) };
}
