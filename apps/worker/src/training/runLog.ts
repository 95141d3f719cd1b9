import type { Prisma } from '@plumbline/prisma';
import type { Lease } from '../runs/lease.ts';

/** Lines of a run that are kept; older ones go. */
export const keptLines = 2000;
const longestLine = 2000;

interface Line {
  readonly at: Date;
  readonly text: string;
}

// Colours and what a terminal does to a line, and the one character that a text in the database cannot hold.
// eslint-disable-next-line no-control-regex
const unprintable = /\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f]/g;

/** Gathers what a run's process writes and what its worker says about it, line by line, until it is written to the database. */
export class RunLog {
  #lines: Line[] = [];
  #rest = '';

  /** Output as it comes, in pieces of any size. */
  output(text: string): void {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.say(line);
  }

  say(text: string): void {
    const clean = text.replace(unprintable, '').trimEnd();
    if (clean !== '') this.#lines.push({ at: new Date(), text: clean.slice(0, longestLine) });
    if (this.#lines.length > keptLines) this.#lines.splice(0, this.#lines.length - keptLines);
  }

  /** The lines since the last call; whoever cannot write them gives them back. */
  take(): readonly Line[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  giveBack(lines: readonly Line[]): void {
    this.#lines = [...lines, ...this.#lines];
  }

  /** Ends a last line that has no end. */
  end(): void {
    const rest = this.#rest;
    this.#rest = '';
    this.say(rest);
  }
}

/** Writes lines behind those that are there and drops the oldest. Lines of an attempt that is over are not written. */
export async function writeLog(tx: Prisma.TransactionClient, { id, attempt }: Lease, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.$executeRaw`
    insert into "RunLogLine" ("runId", "number", "at", "attempt", "text")
    select ${id}::uuid, f."last" + p."n", p."at", ${attempt}::int, p."text"
    from unnest(${lines.map(({ at }) => at)}::timestamptz[], ${lines.map(({ text }) => text)}::text[]) with ordinality as p("at", "text", "n"),
      (select coalesce(max("number"), 0) as "last" from "RunLogLine" where "runId" = ${id}::uuid) as f
    where exists (select 1 from "TrainingRun" where "id" = ${id}::uuid and "attempt" = ${attempt}::int)
    on conflict do nothing`;
  await tx.$executeRaw`
    delete from "RunLogLine" where "runId" = ${id}::uuid
      and "number" <= (select max("number") from "RunLogLine" where "runId" = ${id}::uuid) - ${keptLines}::int`;
}
