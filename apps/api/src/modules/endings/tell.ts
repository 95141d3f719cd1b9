import type { Prisma, RunState, WebhookEvent } from '@plumbline/prisma';
import type { Platform } from '../../context.ts';
import { deliver } from '../webhooks/deliver.ts';
import { bodyOf, readEnded, type EndedThing } from './subject.ts';
import { tellPeople } from './people.ts';

/** What is missed by notification is found by looking. */
const lookEveryMs = 30_000;

const events: Partial<Record<RunState, readonly [WebhookEvent, string]>> = {
  succeeded: ['runSucceeded', 'run.succeeded'],
  failed: ['runFailed', 'run.failed'],
  cancelled: ['runCancelled', 'run.cancelled'],
};

async function callWebhooks(platform: Platform, tx: Prisma.TransactionClient, thing: EndedThing): Promise<void> {
  const [event, name] = thing.evaluation ? (['evaluationFinished', 'evaluation.finished'] as const) : (events[thing.state] ?? []);
  if (!event || !name) return;
  const { projectId, project } = thing.run;
  const webhooks = await tx.webhook.findMany({
    where: { teamId: project.teamId, OR: [{ projectId: null }, { projectId }], events: { has: event }, disabledAt: null },
    select: { id: true },
  });
  const body = bodyOf(thing, name, platform.publicUrl);
  for (const webhook of webhooks) await deliver(platform, tx, webhook, name, body);
}

/**
 * Takes off what a trigger noted: of every run and evaluation that ended, webhooks are called and people are told, once, in the transaction that
 * takes it off. Several processes share the work. @returns what stops it
 */
export function tellEndings(platform: Platform): () => Promise<void> {
  const { db, changes, log } = platform;
  let stopped = false;
  let asked = false;
  let working: Promise<void> | null = null;
  /** What could not be told, so that it does not hold up the others; tried again at the next look. */
  let troubled: bigint[] = [];

  async function tellOne(): Promise<boolean> {
    let id: bigint | null = null;
    try {
      return await db.$transaction(async (tx) => {
        const [row] = await tx.$queryRaw<{ id: bigint; runId: string | null; evaluationId: string | null; state: RunState; at: Date }[]>`
          delete from "Ending" where "id" = (select "id" from "Ending" where "id" <> all(${troubled}::bigint[]) order by "id" limit 1 for update skip locked)
          returning "id", "runId", "evaluationId", "state"::text as "state", "at"`;
        if (!row) return false;
        id = row.id;
        const thing = await readEnded(tx, row);
        if (!thing) return true;
        await callWebhooks(platform, tx, thing);
        await tellPeople(tx, thing);
        return true;
      });
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'what ended could not be told');
      if (id === null) return false;
      troubled.push(id);
      return true;
    }
  }

  /** Asked without a transaction: mostly there is nothing. */
  async function anything(): Promise<boolean> {
    try {
      return (await db.ending.count({ where: { id: { notIn: troubled } }, take: 1 })) > 0;
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'what ended could not be looked for');
      return false;
    }
  }

  async function work(): Promise<void> {
    while (asked && !stopped) {
      asked = false;
      if (!(await anything())) continue;
      while (!stopped && (await tellOne()));
    }
  }
  const look = (): void => {
    asked = true;
    working ??= work().finally(() => (working = null));
  };
  const off = changes.on((change) => {
    if (change === null || change.kind === 'ending') look();
  });
  const timer = setInterval(() => {
    troubled = [];
    look();
  }, lookEveryMs);
  look();
  return async () => {
    stopped = true;
    off();
    clearInterval(timer);
    await working;
  };
}
