import type { Change } from '../changes.ts';
import type { Context } from '../context.ts';

/** How often a live subscription asks anew whether its person may still see it. Together with the session's cache below 5 s. */
const authorisationEveryMs = 1500;
/** Changes closer than this reach the screen as one. */
const atMostEveryMs = 150;

export interface Live<Event> {
  /** Which changes matter. */
  concerns(change: Change): boolean;
  /** Whether the person may still see it; asked before every delivery and every 1.5 s. */
  allowed(): Promise<boolean>;
  /**
   * The events for changes that came close together. `first` is true once, when the subscription begins. No changes and not first: the
   * connection to the database was lost for a while, so read everything again.
   */
  read(changes: readonly Change[], first: boolean): Promise<readonly Event[]>;
}

/** What a subscription delivers for as long as its session lives and `allowed` holds. */
export function live<Event>(context: Context, subject: Live<Event>): AsyncIterableIterator<Event> {
  const end = new AbortController();
  const events = deliver(context, subject, end.signal);
  return {
    next: () => events.next(),
    // A generator that waits ends only at its next step: wake it.
    return() {
      end.abort();
      return events.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* deliver<Event>(context: Context, subject: Live<Event>, end: AbortSignal): AsyncGenerator<Event, undefined> {
  let pending: Change[] | null = [];
  let first = true;
  let wake: () => void = () => undefined;
  const pause = (ms: number): Promise<void> =>
    new Promise((done) => {
      const timer = setTimeout(done, ms);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  const ended = (): void => wake();
  end.addEventListener('abort', ended);
  const off = context.changes.on((change) => {
    if (change && !subject.concerns(change)) return;
    pending ??= [];
    if (change) pending.push(change);
    wake();
  });
  let authorisedAt = 0;
  try {
    while (!end.aborted) {
      if (pending === null) await pause(authorisationEveryMs);
      if (end.aborted) return;
      if (pending !== null || Date.now() - authorisedAt >= authorisationEveryMs) {
        context.actor = context.actor && (await context.sessions.actorOf(context.actor.credential));
        if (!context.actor || !(await subject.allowed())) return;
        authorisedAt = Date.now();
      }
      if (pending === null) continue;
      const changes: readonly Change[] = pending;
      pending = null;
      yield* await subject.read(changes, first);
      first = false;
      await new Promise((done) => setTimeout(done, atMostEveryMs));
    }
  } finally {
    end.removeEventListener('abort', ended);
    off();
  }
}
