const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago, such as `2 hr. ago`; `''` where the time cannot be read. */
export function relativeTime(time: string | undefined, locale: string): string {
  const then = time === undefined ? Number.NaN : Date.parse(time);
  if (Number.isNaN(then)) return '';
  const seconds = Math.round((then - Date.now()) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  // A server's clock may be ahead of ours: nothing lies in the future.
  return unit === undefined
    ? format.format(0, 'second')
    : format.format(Math.trunc(Math.min(seconds, 0) / unit[1]), unit[0]);
}

/** Time of day, and the date unless it is today. */
export function clockTime(time: string | undefined, locale: string): string {
  const date = new Date(time ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return '';
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(
    locale,
    isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  );
}
