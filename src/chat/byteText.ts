/** A number of bytes for people, in units of 1,000: `512 B`, `1.5 kB`, `20 MB`. */
export function byteText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'] as const;
  let [value, unit] = [bytes, 0];
  for (; value >= 999.5 && unit < units.length - 1; unit += 1) value /= 1000;
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
