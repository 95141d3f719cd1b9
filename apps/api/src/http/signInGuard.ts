/** Failures of one account, or of one address, that cost nothing yet. */
const free = { account: 5, address: 20 };
const firstWaitMs = 2_000;
const longestWaitMs = 15 * 60_000;
const forgottenAfterMs = 30 * 60_000;
const mostEntries = 20_000;

interface Tally {
  failures: number;
  at: number;
}

/** Slows down guessing of passwords, per account and per address: after a few failures every further attempt waits twice as long. */
export interface SignInGuard {
  /** Counts an attempt as failed until `succeeded` says otherwise. Milliseconds to wait before another may be made; 0 when this one may go on. */
  begin(account: string, address: string | null): number;
  succeeded(account: string, address: string | null): void;
}

export function createSignInGuard(now: () => number = Date.now): SignInGuard {
  const tallies = new Map<string, Tally>();

  const waitOf = (key: string, allowed: number): number => {
    const tally = tallies.get(key);
    if (!tally || now() - tally.at > forgottenAfterMs || tally.failures < allowed) return 0;
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** (tally.failures - allowed));
    return Math.max(0, tally.at + wait - now());
  };

  const count = (key: string): void => {
    const known = tallies.get(key);
    const failures = known && now() - known.at <= forgottenAfterMs ? known.failures + 1 : 1;
    // Renewed at the end of the map, so that the first entries are the oldest.
    tallies.delete(key);
    tallies.set(key, { failures, at: now() });
    const oldest = tallies.size > mostEntries ? tallies.keys().next().value : undefined;
    if (oldest !== undefined) tallies.delete(oldest);
  };

  const keysOf = (account: string, address: string | null): readonly (readonly [string, number])[] => [
    [`account ${account}`, free.account],
    ...(address ? [[`address ${address}`, free.address] as const] : []),
  ];

  return {
    begin(account, address) {
      const keys = keysOf(account, address);
      const wait = Math.max(...keys.map(([key, allowed]) => waitOf(key, allowed)));
      // An attempt that is turned away is not counted: somebody who hammers does not lock the owner out for longer.
      if (wait === 0) for (const [key] of keys) count(key);
      return wait;
    },
    succeeded(account, address) {
      tallies.delete(`account ${account}`);
      const tally = address ? tallies.get(`address ${address}`) : undefined;
      if (tally) tally.failures = Math.max(0, tally.failures - 1);
    },
  };
}
