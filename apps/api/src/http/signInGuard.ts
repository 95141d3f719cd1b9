/** Failures that cost nothing yet: of one account from one address, of one account from anywhere, of one address on any account. */
const free = { pair: 5, account: 100, address: 50 };
const firstWaitMs = 2_000;
const longestWaitMs = 15 * 60_000;
const forgottenAfterMs = 30 * 60_000;
const mostEntries = 20_000;
/** Attempts on one account that may wait for their turn. */
const longestQueue = 30;

interface Tally {
  failures: number;
  at: number;
}

export type Attempt<T> = { readonly kind: 'slowed'; readonly waitMs: number } | { readonly kind: 'checked'; readonly result: T | null };

/**
 * Slows down guessing of passwords: after a few failures every further attempt waits twice as long. Failures are tallied by account and address
 * together, so that a stranger's guesses do not lock the owner out elsewhere; by address; and, with a far higher allowance, by account alone,
 * against guesses from many addresses. An unknown address (null) is one like any other, but has no tally over all accounts.
 */
export interface SignInGuard {
  /**
   * Runs `check` (null: wrong) unless the account or the address has to wait. Attempts on one account come one after another, so that many at
   * once gain nothing, and people who know the password do not get into each other's way.
   */
  attempt<T>(account: string, address: string | null, check: () => Promise<T | null>): Promise<Attempt<T>>;
}

export function createSignInGuard(now: () => number = Date.now): SignInGuard {
  const tallies = new Map<string, Tally>();
  const queues = new Map<string, { length: number; last: Promise<unknown> }>();

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

  async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = queues.get(key) ?? { length: 0, last: Promise.resolve() };
    queues.set(key, queue);
    queue.length++;
    const turn = queue.last.then(work);
    queue.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      queue.length--;
      if (queue.length === 0) queues.delete(key);
    }
  }

  return {
    async attempt<T>(account: string, address: string | null, check: () => Promise<T | null>): Promise<Attempt<T>> {
      const accountKey = `account ${account}`;
      const pairKey = `pair ${JSON.stringify([account, address])}`;
      const addressKey = address === null ? null : `address ${address}`;
      if ((queues.get(accountKey)?.length ?? 0) >= longestQueue) return { kind: 'slowed', waitMs: firstWaitMs };
      return inTurn(accountKey, async (): Promise<Attempt<T>> => {
        // An attempt that is turned away is not counted: somebody who hammers does not lock the owner out for longer.
        const waitMs = Math.max(
          waitOf(pairKey, free.pair),
          waitOf(accountKey, free.account),
          addressKey === null ? 0 : waitOf(addressKey, free.address),
        );
        if (waitMs > 0) return { kind: 'slowed', waitMs };
        // Attempts on many accounts run side by side, so an address is charged beforehand and paid back.
        if (addressKey !== null) count(addressKey);
        const result = await check();
        if (result === null) {
          count(pairKey);
          count(accountKey);
        } else {
          tallies.delete(pairKey);
          tallies.delete(accountKey);
          const tally = addressKey === null ? undefined : tallies.get(addressKey);
          if (tally) tally.failures = Math.max(0, tally.failures - 1);
        }
        return { kind: 'checked', result };
      });
    },
  };
}
