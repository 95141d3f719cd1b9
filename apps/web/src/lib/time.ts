const units: readonly (readonly [seconds: number, name: Intl.RelativeTimeFormatUnit])[] = [
  [60, 'second'],
  [3600, 'minute'],
  [86400, 'hour'],
  [86400 * 14, 'day'],
  [86400 * 30, 'week'],
  [86400 * 365, 'month'],
  [Number.POSITIVE_INFINITY, 'year'],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** "3 min. ago" style words for an ISO time against `now` (ms). Less than ten seconds away is "just now". */
export function relativeTime(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const size = Math.abs(seconds);
  if (Number.isNaN(size)) return '–';
  if (size < 10) return 'just now';
  let step = 1;
  for (const [next, name] of units) {
    // What has passed is counted in full units; what is to come, to the nearest: a link for seven days, made a moment ago, ends "in 7 days".
    const whole = seconds < 0 ? Math.trunc(seconds / step) : Math.round(seconds / step);
    if (Math.abs(whole) * step < next) return relative.format(whole, name).replace('.', '');
    step = name === 'day' ? 86400 * 7 : next;
  }
  return '–';
}

/** The exact time in the reader's zone, with seconds and the zone's name. */
export function exactTime(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(iso));
}

/** A length of time in two units at most: "45 s", "3 min 20 s", "2 h 05 min", "3 d 4 h". Unknown is "–". */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return '–';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

/** Seconds between two ISO times; null when the first is missing, up to `now` when the second is. */
export function secondsBetween(from: string | null | undefined, to: string | null | undefined, now: number): number | null {
  if (!from) return null;
  return ((to ? Date.parse(to) : now) - Date.parse(from)) / 1000;
}
