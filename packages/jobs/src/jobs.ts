import { connectionSettings } from '@plumbline/prisma';
import { fromPrisma, type JobWithMetadata, PgBoss } from 'pg-boss';
import { maximumAttempts, type Payload, type QueueName, queueNames, queues, queueSettings } from './queues.ts';

/** A Prisma transaction (or client), as pg-boss's adapter takes it. */
export type Transaction = Parameters<typeof fromPrisma>[0];

export interface EnqueueOptions {
  /** The caller's transaction: the job exists exactly when the row it is about does. */
  readonly tx: Transaction;
  /** Higher runs first; 0 when not given, unless the operation says otherwise. */
  readonly priority?: number;
}

/** How much stands in a queue. */
export interface QueueDepth {
  readonly queue: QueueName;
  readonly waiting: number;
  /** Of those that wait, the ones whose time has not come yet. */
  readonly later: number;
  readonly active: number;
}

export interface Work<Name extends QueueName> {
  readonly payload: Payload<Name>;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly lastAttempt: boolean;
  /** Aborted when the job is cancelled, given to another worker, or this worker stops. */
  readonly signal: AbortSignal;
}

export interface Jobs {
  start(): Promise<void>;
  /** Stops taking jobs and ends the connections. Running handlers get `graceMilliseconds` to return. */
  stop(graceMilliseconds?: number): Promise<void>;
  /** Adds a job inside the caller's transaction. The id of the row is the job's id, so that enqueueing twice adds one job. */
  enqueue<Name extends QueueName>(queue: Name, payload: Payload<Name>, options: EnqueueOptions): Promise<void>;
  /** Takes jobs of a queue, `concurrency` at a time. A handler that throws has its job retried, at most {@link maximumAttempts} times in all. */
  work<Name extends QueueName>(queue: Name, options: { concurrency: number }, handler: (work: Work<Name>) => Promise<void>): Promise<void>;
  /** Removes a waiting job, or aborts the running one's signal. `id`: the id of the row the job is about. */
  cancel(queue: QueueName, id: string, tx?: Transaction): Promise<void>;
  /** Adds jobs of one queue together, to be taken in this order. */
  enqueueAll<Name extends QueueName>(queue: Name, payloads: readonly Payload<Name>[], options: EnqueueOptions): Promise<void>;
  /** Changes the priority of a waiting job; one that is not waiting stays as it is. */
  prioritise(queue: QueueName, id: string, options: Required<EnqueueOptions>): Promise<void>;
  /**
   * Puts the job about a row into its queue anew, whatever became of it: a worker that stops costs no attempt, and a run that was put aside is taken
   * up again. Without a priority it keeps that of the job in whose place it comes. A handler that does so with the job it holds returns normally
   * afterwards.
   */
  release<Name extends QueueName>(queue: Name, payload: Payload<Name>, options: ReleaseOptions): Promise<void>;
  /** What became of the job about a row; null where there is none (any more). */
  stateOf(queue: QueueName, id: string): Promise<JobState | null>;
  /** How much stands in each queue. */
  depths(tx: Transaction): Promise<QueueDepth[]>;
  /** Takes no new job of any queue until `takeUp`; those under way go on. */
  rest(): void;
  /** Takes jobs again after `rest`; of each queue once the jobs are done that were under way. */
  takeUp(): void;
}

export interface ReleaseOptions extends EnqueueOptions {
  /** Taken no earlier than in so many seconds. */
  readonly delaySeconds?: number;
}

/** `retry` waits like `created`, after an attempt that failed. */
export type JobState = 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';

const idOf = (payload: Record<string, string>): string => {
  const id = Object.values(payload)[0];
  if (!id) throw new TypeError('A job without an id.');
  return id;
};

export interface JobsOptions {
  readonly connectionString: string;
  /** Producers only add jobs; workers also run them and watch over the others' heartbeats. */
  readonly role: 'producer' | 'worker';
  readonly onError?: (error: Error) => void;
}

/** A queue that this process works on. */
interface Lane {
  readonly queue: QueueName;
  begin(): Promise<void>;
  takes: boolean;
  settled: Promise<void>;
}

const takerSettings = {
  localConcurrency: 1,
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 2,
  heartbeatRefreshSeconds: 3,
  includeMetadata: true as const,
};

/**
 * Jobs of one transaction share their time, and the queue goes by time alone: each new one gets its own, so that they are taken in the order of
 * their making. One that was there before keeps its place.
 */
async function inOrder(tx: Transaction, queue: QueueName, ids: readonly string[]): Promise<void> {
  const text = `update pgboss.job j set created_on = clock_timestamp() + u.n * interval '1 microsecond'
    from unnest($2::uuid[]) with ordinality u(id, n) where j.name = $1 and j.id = u.id and j.created_on = transaction_timestamp()`;
  await fromPrisma(tx).executeSql(text, [queue, [...ids]]);
}

/** Gives a queue of before the settings of now, and its waiting jobs the time that they may wait. */
async function keepLonger(boss: PgBoss, queue: QueueName): Promise<void> {
  await boss.updateQueue(queue, queueSettings);
  const text = `update pgboss.job set keep_until = start_after + $2 * interval '1 second' where name = $1 and state < 'active'`;
  await boss.getDb().executeSql(text, [queue, queueSettings.retentionSeconds]);
}

/** The queues over pg-boss, in the schema `pgboss` of the same database. */
export function createJobs({ connectionString, role, onError }: JobsOptions): Jobs {
  const worker = role === 'worker';
  const boss = new PgBoss({
    ...connectionSettings,
    connectionString,
    application_name: `plumbline-jobs-${role}`,
    supervise: worker,
    schedule: false,
    useListenNotify: worker,
    max: worker ? 6 : 2,
    ...(worker ? { monitorIntervalSeconds: 2, superviseIntervalSeconds: 2 } : {}),
  });
  boss.on('error', (error) => onError?.(error));
  const lanes: Lane[] = [];
  let resting = false;
  /** One step after the other: a queue is taken up again once the job is done that was under way, since another beside it would be one too many. */
  const follow = (lane: Lane): void => {
    const step = async (): Promise<void> => {
      if (lane.takes !== resting) return;
      lane.takes = !resting;
      await (lane.takes ? lane.begin() : boss.offWork(lane.queue, { wait: true }));
    };
    lane.settled = lane.settled.then(step).catch((error: Error) => onError?.(error));
  };

  return {
    async start() {
      await boss.start();
      for (const name of queueNames) {
        const known = await boss.getQueue(name);
        if (!known) await boss.createQueue(name, queueSettings);
        else if (known.retentionSeconds !== queueSettings.retentionSeconds) await keepLonger(boss, name);
      }
    },
    async stop(graceMilliseconds = 5000) {
      await boss.stop({ graceful: graceMilliseconds > 0, timeout: Math.max(1000, graceMilliseconds), close: true });
    },
    async enqueue(queue, payload, { tx, priority = 0 }) {
      const parsed = queues[queue].parse(payload);
      await boss.send(queue, parsed, { id: idOf(parsed), priority, db: fromPrisma(tx) });
      await inOrder(tx, queue, [idOf(parsed)]);
    },
    async enqueueAll(queue, payloads, { tx, priority = 0 }) {
      const rows = payloads.map((payload) => ({ id: idOf(queues[queue].parse(payload)), data: payload, priority }));
      if (rows.length === 0) return;
      await boss.insert(queue, rows, { db: fromPrisma(tx) });
      await inOrder(
        tx,
        queue,
        rows.map(({ id }) => id),
      );
    },
    async prioritise(queue, id, { tx, priority }) {
      await boss.update(queue, undefined, { id, priority, db: fromPrisma(tx) });
    },
    async work(queue, { concurrency }, handler) {
      const take = async ([job]: JobWithMetadata<object>[]): Promise<void> => {
        if (!job) return;
        await handler({
          payload: queues[queue].parse(job.data) as Payload<typeof queue>,
          attempt: job.retryCount + 1,
          lastAttempt: job.retryCount + 1 >= maximumAttempts,
          signal: job.signal,
        });
      };
      const begin = async (): Promise<void> => {
        for (let i = 0; i < concurrency; i++) {
          let taker = '';
          // A taker that has ended a job looks for the next one at once instead of at the next poll.
          taker = await boss.work(queue, takerSettings, (jobs: JobWithMetadata<object>[]) =>
            take(jobs).finally(() => boss.notifyWorker(taker)),
          );
        }
      };
      lanes.push({ queue, begin, takes: true, settled: Promise.resolve() });
      await begin();
    },
    rest() {
      resting = true;
      lanes.forEach(follow);
    },
    takeUp() {
      resting = false;
      lanes.forEach(follow);
    },
    async depths(tx) {
      const text = `select name as "queue", count(*) filter (where state < 'active')::int as "waiting",
        count(*) filter (where state < 'active' and start_after > now())::int as "later", count(*) filter (where state = 'active')::int as "active"
        from pgboss.job where state <= 'active' group by 1`;
      const { rows } = (await fromPrisma(tx).executeSql(text)) as { rows: QueueDepth[] };
      return queueNames.map((queue) => rows.find((row) => row.queue === queue) ?? { queue, waiting: 0, later: 0, active: 0 });
    },
    async cancel(queue, id, tx) {
      await boss.cancel(queue, id, tx ? { db: fromPrisma(tx) } : {});
    },
    async release(queue, payload, { tx, priority, delaySeconds }) {
      const parsed = queues[queue].parse(payload);
      const id = idOf(parsed);
      const db = fromPrisma(tx);
      const [before] = priority === undefined ? await boss.findJobs(queue, { id, db }) : [];
      await boss.deleteJob(queue, id, { db });
      await boss.send(queue, parsed, {
        id,
        priority: priority ?? before?.priority ?? 0,
        db,
        ...(delaySeconds === undefined ? {} : { startAfter: delaySeconds }),
      });
      await inOrder(tx, queue, [id]);
    },
    async stateOf(queue, id) {
      const [job] = await boss.findJobs(queue, { id });
      return job ? (job.state as JobState) : null;
    },
  };
}
