const minute = 60;
const hour = 60 * minute;

/** Seconds to wait after the first, second … attempt that failed; after the last of them one more attempt is made. About 21 hours in all. */
const waits = [10, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 12 * hour] as const;

/** How long a webhook may fail without one success before it is disabled. */
export const patienceMs = 3 * 24 * hour * 1000;

/** Seconds until the next attempt; null where no more is made. @param made attempts so far, from 1 */
export const waitAfter = (made: number): number | null => waits[made - 1] ?? null;
