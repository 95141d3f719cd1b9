import { notifyChange, type Change } from '@plumbline/jobs';
import type { EpochRecord, TrainingEvent } from '@plumbline/ml';
import type { Prisma } from '@plumbline/prisma';
import type { EngineDescription } from '@plumbline/tensorflow';
import { LeaseLost } from '../compute/failures.ts';
import type { WorkerContext } from '../context.ts';
import { asJson } from '../registration.ts';
import { keepFiles, type KeptFile } from '../runs/keepFiles.ts';
import { fence, requireHeld, type Lease } from '../runs/lease.ts';
import { describeEvent } from './describeEvent.ts';
import { forgetFromEpoch, writeOrientations, writePoints, writeVitals, type Orientations, type Point, type Vital } from './points.ts';
import { PreTraining } from './pre-training.ts';
import { writeLog, type RunLog } from './runLog.ts';

const flushMilliseconds = 500;
/** A quiet training still says that it is alive. */
const heartbeatMilliseconds = 5000;
/** Between two vitals that are kept: 5 s, and of a long attempt so much that some thousands come to be. */
const vitalMilliseconds = 5000;
const vitalShare = 500;

type RunUpdate = Prisma.TrainingRunUpdateManyMutationInput;
type Preview = Extract<TrainingEvent, { kind: 'preview' }>;

/**
 * Brings what a training tells into the database: gathered for half a second, then written in one transaction under the lease, with one notification.
 * While the database cannot be reached it keeps gathering. A lost lease is reported once.
 */
export class TrainingRecorder {
  readonly #context: WorkerContext;
  readonly #lease: Lease;
  readonly #change: Change;
  readonly #onLost: (error: LeaseLost) => void;
  readonly #timer: NodeJS.Timeout;
  #points: Point[] = [];
  #previews: Preview[] = [];
  #orientations: Orientations[] = [];
  #vitals: Vital[] = [];
  #vitalAt = -Infinity;
  readonly #beganAt = performance.now();
  #imagesPerSecond: number | null = null;
  readonly #log: RunLog;
  #update: RunUpdate = {};
  #forgetFrom: number | null = null;
  #stepsPerEpoch = 0;
  #resumed: boolean;
  readonly #preTraining = new PreTraining();
  #writing: Promise<void> = Promise.resolve();
  #writtenAt = 0;
  #lost: LeaseLost | null = null;

  constructor(context: WorkerContext, lease: Lease, change: Change, log: RunLog, onLost: (error: LeaseLost) => void) {
    this.#context = context;
    this.#lease = lease;
    this.#change = change;
    this.#log = log;
    this.#onLost = onLost;
    this.#resumed = lease.attempt > 1;
    this.#timer = setInterval(() => this.#flushSoon(), flushMilliseconds);
  }

  engine(engine: EngineDescription): void {
    this.#update = { ...this.#update, engine: asJson(engine) };
    this.#log.say(`engine ${engine.engine} on ${engine.device}${engine.tensorflow ? `, TensorFlow ${engine.tensorflow}` : ''}`);
  }

  /** @param bytes resident in memory */
  memory(bytes: number): void {
    const now = performance.now();
    if (now - this.#vitalAt < Math.max(vitalMilliseconds, (now - this.#beganAt) / vitalShare)) return;
    this.#vitalAt = now;
    this.#vitals.push({ at: new Date(), memory: bytes / 2 ** 20, imagesPerSecond: this.#imagesPerSecond });
  }

  event(event: TrainingEvent): void {
    const line = describeEvent(event);
    if (line !== null) this.#log.say(line);
    if ('imagesPerSecond' in event) this.#imagesPerSecond = event.imagesPerSecond;
    if ((event.kind === 'step' || event.kind === 'epoch') && this.#resumed) {
      // What the attempt before it told beyond its last checkpoint is computed again.
      this.#forgetFrom = event.epoch;
      this.#resumed = false;
    }
    switch (event.kind) {
      case 'prepared':
        this.#stepsPerEpoch = event.stepsPerEpoch;
        // The warning of an attempt before is said again where it still holds.
        this.#update = {
          ...this.#update,
          state: 'running',
          epochs: event.epochs,
          epochShare: 0,
          dataVariance: event.dataVariance,
          phase: null,
          warning: this.#preTraining.warning,
          ...lastOf(event.history),
        };
        // A checkpoint is committed before its epoch is told: what a killed attempt could not write any more is made good here.
        for (const record of event.history) this.#epochPoints(record);
        break;
      case 'step':
        this.#points.push({ series: 'step', step: event.step, epoch: event.epoch, value: event.loss });
        this.#update = {
          ...this.#update,
          epochShare: this.#shareOf(event),
          imagesPerSecond: event.imagesPerSecond,
          secondsLeft: event.secondsLeft,
        };
        break;
      case 'epoch': {
        this.#epochPoints(event);
        this.#update = {
          ...this.#update,
          epoch: event.epoch,
          epochShare: 0,
          trainLoss: event.trainLoss,
          validationLoss: event.validationLoss,
          imagesPerSecond: event.imagesPerSecond,
          secondsLeft: event.secondsLeft,
        };
        break;
      }
      case 'preview':
        this.#previews.push(event);
        break;
      case 'orientations':
        this.#orientations.push(event);
        break;
      case 'warning':
        this.#update = { ...this.#update, warning: event.message };
        break;
      case 'left-dead-start':
        this.#update = { ...this.#update, warning: this.#preTraining.warning };
        break;
      case 'pre-training':
        this.#update = { ...this.#update, ...this.#preTraining.event(event.event) };
        break;
      case 'recovery':
      case 'checkpoint':
        break;
    }
  }

  /** How much of its epoch is done with a step; steps are counted over all epochs. */
  #shareOf({ step, epoch }: { readonly step: number; readonly epoch: number }): number {
    return Math.min(1, Math.max(0, step / this.#stepsPerEpoch - (epoch - 1)));
  }

  #epochPoints({ epoch, trainLoss, validationLoss }: EpochRecord): void {
    const at = { step: epoch * this.#stepsPerEpoch, epoch };
    this.#points.push({ series: 'train', ...at, value: trainLoss });
    if (validationLoss !== null) this.#points.push({ series: 'validation', ...at, value: validationLoss });
  }

  /** Writes what is left. @throws LeaseLost, or what keeps the database from taking it */
  async finish(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    if (this.#lost) throw this.#lost;
    await this.#flush();
  }

  /** Ends without writing what is left. */
  async abandon(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
  }

  #flushSoon(): void {
    const waiting = [this.#points, this.#previews, this.#orientations, this.#vitals, Object.keys(this.#update)];
    const idle = waiting.every(({ length }) => length === 0);
    if (this.#lost || (idle && performance.now() - this.#writtenAt < heartbeatMilliseconds)) return;
    this.#writing = this.#writing.then(async () => {
      try {
        if (!this.#lost) await this.#flush();
      } catch (error) {
        if (error instanceof LeaseLost) {
          this.#lost = error;
          this.#onLost(error);
        } else this.#context.log.warn({ error: (error as Error).message }, 'progress cannot be written yet');
      }
    });
  }

  async #flush(): Promise<void> {
    const { prisma, storage } = this.#context;
    const [points, previews, update, forgetFrom] = [this.#points, this.#previews, this.#update, this.#forgetFrom];
    const [orientations, vitals, lines] = [this.#orientations, this.#vitals, this.#log.take()];
    [this.#points, this.#previews, this.#update, this.#forgetFrom] = [[], [], {}, null];
    [this.#orientations, this.#vitals] = [[], []];
    try {
      const pictures = await this.#storePreviews(previews);
      await prisma.$transaction(async (tx) => {
        requireHeld(
          await tx.trainingRun.updateMany({ where: fence(this.#lease), data: { ...update, heartbeatAt: new Date() } }),
          this.#lease,
        );
        const runId = this.#lease.id;
        if (forgetFrom !== null) await forgetFromEpoch(tx, runId, forgetFrom);
        await writePoints(tx, runId, points);
        await writeOrientations(tx, runId, orientations);
        await writeVitals(tx, runId, vitals);
        await writeLog(tx, this.#lease, lines);
        await keepFiles(tx, storage, pictures);
        for (const { epoch, imageId, sha256 } of pictures)
          await tx.runPreview.upsert({
            where: { runId_epoch_imageId: { runId, epoch, imageId } },
            create: { runId, epoch, imageId, sha256 },
            update: { sha256 },
          });
        await notifyChange(tx, this.#change);
      });
      this.#writtenAt = performance.now();
    } catch (error) {
      this.#points = [...points, ...this.#points];
      this.#previews = [...previews, ...this.#previews];
      this.#update = { ...update, ...this.#update };
      this.#forgetFrom ??= forgetFrom;
      this.#orientations = [...orientations, ...this.#orientations];
      this.#vitals = [...vitals, ...this.#vitals];
      this.#log.giveBack(lines);
      throw error;
    }
  }

  async #storePreviews(previews: readonly Preview[]): Promise<(KeptFile & { epoch: number; imageId: string })[]> {
    const stored = [];
    for (const { epoch, images } of previews)
      for (const { imageId, png } of images) {
        const content = Buffer.from(png);
        const { sha256 } = await this.#context.storage.put(content);
        stored.push({ epoch, imageId, sha256, content });
      }
    return stored;
  }
}

/** Where a training stands that goes on from a checkpoint. */
function lastOf(history: readonly EpochRecord[]): RunUpdate {
  const last = history.at(-1);
  return last ? { epoch: last.epoch, trainLoss: last.trainLoss, validationLoss: last.validationLoss } : {};
}
