import { GraphQLError } from 'graphql';

/** Questions about one link a minute: a room full of people who look at it, each of whose pages asks every few seconds whether it still lives. */
const mostOfLink = 600;
/** Whole comparisons that one link reads a minute. */
const mostReadings = 60;
/** Secrets that open nothing, from anywhere, a minute. */
const mostMisses = 600;
const windowMs = 60_000;
const mostEntries = 10_000;

/** More was asked of a link than people ask. */
export class TooManyQuestions extends GraphQLError {
  constructor() {
    super('This link is asked for too often; try again in a minute.', { extensions: { code: 'TOO_MANY_REQUESTS' } });
  }
}

/** Keeps links from being guessed at or hammered, by links and not by addresses: behind a proxy everybody has one address. */
export interface ShareGuard {
  /** One question about a link, whether there is one or not. @throws TooManyQuestions */
  ask(link: string): void;
  /** Everything of a link is about to be read. @throws TooManyQuestions */
  read(link: string): void;
  /** A secret opened nothing. */
  missed(): void;
}

export function createShareGuard(now: () => number = Date.now): ShareGuard {
  const counts = new Map<string, { from: number; count: number }>();

  const countOf = (key: string): number => {
    const known = counts.get(key);
    return known && now() - known.from < windowMs ? known.count : 0;
  };
  const add = (key: string): void => {
    const count = countOf(key);
    if (count > 0) counts.get(key)!.count = count + 1;
    else {
      counts.delete(key);
      counts.set(key, { from: now(), count: 1 });
      const oldest = counts.size > mostEntries ? counts.keys().next().value : undefined;
      if (oldest !== undefined) counts.delete(oldest);
    }
  };
  const take = (key: string, most: number): void => {
    if (countOf(key) >= most) throw new TooManyQuestions();
    add(key);
  };
  return {
    ask(link) {
      // Links that were asked for lately go on: guesses by others do not close them.
      if (countOf('misses') >= mostMisses && countOf(`link ${link}`) === 0) throw new TooManyQuestions();
      take(`link ${link}`, mostOfLink);
    },
    read: (link) => take(`read ${link}`, mostReadings),
    missed: () => add('misses'),
  };
}
