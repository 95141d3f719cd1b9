import pg from 'pg';

/** Every SQL statement that this process sends while `work` runs, transactions' own included. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];

  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args;
    sent.push(typeof first === 'string' ? first : String((first as { text?: unknown }).text));
    return Reflect.apply(query, this, args) as never;
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  // The queue's own, what the API looks for by itself now and then, and the minute in which a session was last seen.
  return sent.filter((text) => !/pgboss|LISTEN|"Ending"|^update "public"."Session"/i.test(text));
}
