import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isTerminal, type Change, type RunState, type Work } from '@plumbline/jobs';
import { recipeSchema, type Recipe } from '@plumbline/ml';
import type { Prisma } from '@plumbline/prisma';
import { MissingFileError } from '@plumbline/storage';
import { FinalFailure } from '../compute/failures.ts';
import { runTask } from '../compute/runTask.ts';
import type { WorkerContext } from '../context.ts';
import { attemptRun } from '../runs/attempt.ts';
import { frozenDataset } from '../runs/dataset.ts';
import type { Lease } from '../runs/lease.ts';
import type { Requests } from '../runs/requests.ts';
import { restoreCheckpoint, restoreRun, storeCheckpoints, writeCheckpoints } from './checkpoints.ts';
import { TrainingRecorder } from './recorder.ts';
import { RunLog, writeLog } from './runLog.ts';
import { succeed } from './success.ts';

/** With what it may begin: its own checkpoints, those of the run that it continues, and the run of its localisation network. */
const include = {
  recipe: true,
  checkpoints: true,
  continues: { select: { checkpoints: true } },
  orientationRun: { select: { checkpoints: { where: { kind: 'best' } } } },
} satisfies Prisma.TrainingRunInclude;
type Run = Prisma.TrainingRunGetPayload<{ include: typeof include }>;

/** Trains in a child process; the run's folder stays until the run has ended, or is paused with what it held in storage, so that another attempt resumes. */
export function trainingHandler(context: WorkerContext, requests: Requests) {
  return async (work: Work<'training'>): Promise<void> => {
    const id = work.payload.trainingRunId;
    const run = await context.prisma.trainingRun.findUnique({ where: { id }, include });
    // Deleted with its project meanwhile.
    if (!run) return;
    const training = new Training(context, run, requests.watch(id).paused);
    try {
      await attemptRun(context, {
        queue: 'training',
        table: 'TrainingRun',
        id,
        work,
        change: training.change,
        cancelled: requests.watch(id).cancelled,
        keep: () => training.keep(),
        perform: (lease, signal) => training.perform(lease, signal),
      });
    } finally {
      requests.forget(id);
    }
    await context.prisma.$transaction(async (tx) => {
      // A paused run is not resumed while its folder goes.
      const [now] = await tx.$queryRaw<{ state: RunState }[]>`
        select "state"::text as state from "TrainingRun" where "id" = ${id}::uuid for update`;
      if (!now || isTerminal(now.state) || (now.state === 'paused' && training.kept)) await training.clear();
    });
  };
}

/** One attempt at a run. */
class Training {
  readonly #context: WorkerContext;
  readonly #run: Run;
  readonly #pause: AbortSignal;
  readonly change: Change;
  readonly #folder: string;
  readonly #log = new RunLog();
  #kept = false;

  constructor(context: WorkerContext, run: Run, pause: AbortSignal) {
    this.#context = context;
    this.#run = run;
    this.#pause = pause;
    this.change = { kind: 'run', id: run.id, projectId: run.projectId };
    this.#folder = join(context.runsFolder, run.id);
  }

  /** Whether storage has what the folder held: a paused run goes on from there, on any machine. A training that it begins with is in the folder alone. */
  get kept(): boolean {
    return this.#kept;
  }

  get #orientationFolder(): string {
    return `${this.#folder}.orientation`;
  }

  async perform(lease: Lease, signal: AbortSignal): Promise<void> {
    const [context, run] = [this.#context, this.#run];
    this.#log.say(`attempt ${lease.attempt} on worker ${context.workerId}`);
    try {
      const recipe = readRecipe(run);
      const task = await this.#prepared(recipe);
      await this.#train(task, lease, signal);
      await succeed(context, run, recipe, lease, this.change, this.#folder);
      this.#log.say('done');
    } catch (error) {
      this.#log.say(`ended: ${(error as Error).message}`);
      throw error;
    } finally {
      await this.#writeLog(lease);
    }
  }

  /** What the child process is asked; the files that it needs lie ready. */
  async #prepared(recipe: Recipe) {
    const { prisma, storage } = this.#context;
    const { datasetVersionId, seed, epochs, checkpoints, continues, orientationRun } = this.#run;
    try {
      const { dataset } = await prisma.$transaction((tx) => frozenDataset(tx, storage, datasetVersionId), { timeout: 30_000 });
      await restoreRun(storage, checkpoints.length > 0 ? checkpoints : (continues?.checkpoints ?? []), this.#folder);
      const task = { kind: 'train', recipe, dataset, seed, epochs, out: this.#folder } as const;
      if (!orientationRun) return task;
      const [best] = orientationRun.checkpoints;
      if (!best) throw new FinalFailure('The orientation training that this run begins with has no checkpoint: retry this run.');
      await rm(this.#orientationFolder, { recursive: true, force: true });
      await restoreCheckpoint(storage, best.files, this.#orientationFolder);
      return { ...task, stn: this.#orientationFolder };
    } catch (error) {
      throw error instanceof MissingFileError ? new FinalFailure(error.message) : error;
    }
  }

  async #train(task: Parameters<typeof runTask>[0], lease: Lease, signal: AbortSignal): Promise<void> {
    const { log } = this.#context;
    const lost = new AbortController();
    const recorder = new TrainingRecorder(this.#context, lease, this.change, this.#log, (error) => lost.abort(error));
    try {
      await runTask(task, {
        signal: AbortSignal.any([signal, lost.signal]),
        pause: this.#pause,
        onMessage: (message) => {
          if (message.kind === 'engine') recorder.engine(message.engine);
          if (message.kind === 'memory') recorder.memory(message.bytes);
          if (message.kind === 'training') recorder.event(message.event);
        },
        onOutput: (text) => {
          this.#log.output(text);
          log.debug({ run: lease.id, text }, 'child');
        },
        onStart: (pid) => log.info({ run: lease.id, attempt: lease.attempt, child: pid }, 'training'),
      });
      await recorder.finish();
    } catch (error) {
      // What a paused training told last belongs to the checkpoint that stands.
      if (error instanceof Error && error.name === 'Paused') await recorder.finish();
      else await recorder.abandon();
      throw lost.signal.aborted ? lost.signal.reason : error;
    }
  }

  async #writeLog(lease: Lease): Promise<void> {
    this.#log.end();
    const lines = this.#log.take();
    await this.#context.prisma
      .$transaction((tx) => writeLog(tx, lease, lines))
      .catch((error: Error) => this.#context.log.warn({ error: error.message }, 'log cannot be written'));
  }

  /** Checkpoints into storage: a paused run goes on from there on any machine, a failed one in a run that continues it. */
  async keep(): Promise<(tx: Prisma.TransactionClient) => Promise<void>> {
    const { storage, log } = this.#context;
    const { id } = this.#run;
    try {
      const stored = await storeCheckpoints(storage, this.#folder);
      this.#kept = stored !== null;
      return async (tx) => void (stored && (await writeCheckpoints(tx, storage, id, stored)));
    } catch (error) {
      log.warn({ run: id, error: (error as Error).message }, 'checkpoints cannot be kept');
      return () => Promise.resolve();
    }
  }

  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    await rm(this.#orientationFolder, { recursive: true, force: true });
  }
}

function readRecipe(run: Run): Recipe {
  const parsed = recipeSchema.safeParse(run.recipe.document);
  if (!parsed.success)
    throw new FinalFailure(
      `The recipe "${run.recipe.name}" is not one that this version knows: start a new training with a recipe of the catalogue.`,
    );
  return parsed.data;
}
