import { notifyChange, type Change } from '@plumbline/jobs';
import type { EpochRecord, TrainingEvent } from '@plumbline/ml';
import type { Prisma } from '@plumbline/prisma';
import type { EngineDescription } from '@plumbline/tensorflow';
import { LeaseLost } from '../compute/failures.ts';
import type { WorkerContext } from '../context.ts';
import { asJson } from '../registration.ts';
import { fence, requireHeld, type Lease } from '../runs/lease.ts';
import { writePoints, type Point } from './points.ts';
import { PreTraining } from './pre-training.ts';

const flushMilliseconds = 500;
/** A quiet training still says that it is alive. */
const heartbeatMilliseconds = 5000;

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
  #update: RunUpdate = {};
  #forgetFrom: number | null = null;
  #stepsPerEpoch = 0;
  #resumed: boolean;
  readonly #preTraining = new PreTraining();
  #writing: Promise<void> = Promise.resolve();
  #writtenAt = 0;
  #lost: LeaseLost | null = null;

  constructor(context: WorkerContext, lease: Lease, change: Change, onLost: (error: LeaseLost) => void) {
    this.#context = context;
    this.#lease = lease;
    this.#change = change;
    this.#onLost = onLost;
    this.#resumed = lease.attempt > 1;
    this.#timer = setInterval(() => this.#flushSoon(), flushMilliseconds);
  }

  engine(engine: EngineDescription): void {
    this.#update = { ...this.#update, engine: asJson(engine) };
  }

  event(event: TrainingEvent): void {
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
          dataVariance: event.dataVariance,
          phase: null,
          warning: this.#preTraining.warning,
        };
        // A checkpoint is committed before its epoch is told: what a killed attempt could not write any more is made good here.
        for (const record of event.history) this.#epochPoints(record);
        break;
      case 'step':
        this.#points.push({ series: 'step', step: event.step, epoch: event.epoch, value: event.loss });
        this.#update = { ...this.#update, imagesPerSecond: event.imagesPerSecond, secondsLeft: event.secondsLeft };
        break;
      case 'epoch': {
        this.#epochPoints(event);
        this.#update = {
          ...this.#update,
          epoch: event.epoch,
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
    const idle = this.#points.length === 0 && this.#previews.length === 0 && Object.keys(this.#update).length === 0;
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
    const { prisma } = this.#context;
    const [points, previews, update, forgetFrom] = [this.#points, this.#previews, this.#update, this.#forgetFrom];
    [this.#points, this.#previews, this.#update, this.#forgetFrom] = [[], [], {}, null];
    try {
      const pictures = await this.#storePreviews(previews);
      await prisma.$transaction(async (tx) => {
        requireHeld(
          await tx.trainingRun.updateMany({ where: fence(this.#lease), data: { ...update, heartbeatAt: new Date() } }),
          this.#lease,
        );
        const runId = this.#lease.id;
        if (forgetFrom !== null) {
          await tx.runPoint.deleteMany({ where: { runId, epoch: { gte: forgetFrom } } });
          await tx.runPreview.deleteMany({ where: { runId, epoch: { gte: forgetFrom } } });
        }
        await writePoints(tx, runId, points);
        for (const picture of pictures)
          await tx.runPreview.upsert({
            where: { runId_epoch_imageId: { runId, epoch: picture.epoch, imageId: picture.imageId } },
            create: { runId, ...picture },
            update: { sha256: picture.sha256 },
          });
        await notifyChange(tx, this.#change);
      });
      this.#writtenAt = performance.now();
    } catch (error) {
      this.#points = [...points, ...this.#points];
      this.#previews = [...previews, ...this.#previews];
      this.#update = { ...update, ...this.#update };
      this.#forgetFrom ??= forgetFrom;
      throw error;
    }
  }

  async #storePreviews(previews: readonly Preview[]): Promise<{ epoch: number; imageId: string; sha256: string }[]> {
    const stored = [];
    for (const { epoch, images } of previews)
      for (const { imageId, png } of images) {
        const { sha256 } = await this.#context.storage.put(Buffer.from(png));
        stored.push({ epoch, imageId, sha256 });
      }
    return stored;
  }
}
