import { setImmediate } from 'node:timers/promises';
import { trainingOf, type Recipe } from '../recipes/index.ts';
import { RunPaused, throwIfAborted, type EpochRecord } from '../run/index.ts';
import { TrainingClock } from './clock.ts';
import { refuseDivergence } from './divergence.ts';
import type { TrainingEvent } from './events.ts';
import { orientationCounts } from './orientation-counts.ts';
import type { TrainingProgress } from './progress.ts';
import { learningRate } from './schedule.ts';
import type { Trainee } from './trainee.ts';

export interface Epochs {
  readonly recipe: Recipe;
  readonly trainee: Trainee;
  readonly progress: TrainingProgress;
  readonly signal: AbortSignal | undefined;
  /** Ends the training between two epochs. */
  readonly pause: AbortSignal | undefined;
  readonly onEvent: (event: TrainingEvent) => void;
  /** Called after each epoch's checkpoint. */
  readonly afterEpoch: (record: EpochRecord) => void;
}

/** Trains from the epoch that the progress is at to the recipe's last; a checkpoint an epoch. @throws RunPaused between two epochs */
export async function runEpochs(run: Epochs): Promise<void> {
  const { recipe, trainee, progress, signal, pause, onEvent, afterEpoch } = run;
  const training = trainingOf(recipe);
  const { batch, epochs } = training;
  const stepsPerEpoch = Math.ceil(trainee.patches / batch);
  await progress.begin();
  const clock = new TrainingClock(stepsPerEpoch);
  for (let epoch = progress.epochsDone + 1; epoch <= epochs; epoch++) {
    if (pause?.aborted) throw new RunPaused(epoch - 1, epochs);
    clock.startEpoch();
    const { trainLoss, objective, rate } = await runEpoch(run, epoch, clock, stepsPerEpoch);
    const { loss: validationLoss, preview, angles } = await trainee.measure(signal);
    refuseDivergence([validationLoss ?? trainLoss], trainee.steps, training);
    const seconds = clock.epochDone();
    const imagesPerSecond = trainee.patches / seconds;
    const record: EpochRecord = { epoch, trainLoss, objective, validationLoss, learningRate: rate, seconds, imagesPerSecond };
    await progress.commit(record, trainee);
    onEvent({ kind: 'epoch', ...record, secondsLeft: clock.secondsLeft((epochs - epoch) * stepsPerEpoch) });
    if (angles && angles.length > 0) onEvent({ kind: 'orientations', epoch, counts: orientationCounts(angles) });
    if (preview.length > 0) onEvent({ kind: 'preview', epoch, images: preview });
    afterEpoch(record);
  }
}

/** Every patch once, in random order. Returns the mean losses over the patches and the last step's learning rate. */
async function runEpoch(
  { recipe, trainee, progress, signal, onEvent }: Epochs,
  epoch: number,
  clock: TrainingClock,
  stepsPerEpoch: number,
): Promise<{ trainLoss: number; objective: number; rate: number }> {
  const training = trainingOf(recipe);
  const { batch, epochs } = training;
  const order = progress.random.permutation(trainee.patches);
  const sum = { loss: 0, objective: 0 };
  let rate = 0;
  for (let at = 0; at < order.length; at += batch) {
    // Lets timers and signals in: the engine computes on this thread.
    await setImmediate();
    throwIfAborted(signal, 'Training');
    const indices = order.subarray(at, at + batch);
    rate = learningRate(training, trainee.steps, epochs * stepsPerEpoch);
    const { loss, objective } = await trainee.step({ indices, epoch }, rate);
    refuseDivergence([loss, objective], trainee.steps, training);
    sum.loss += loss * indices.length;
    sum.objective += objective * indices.length;
    if (clock.stepDone()) {
      const secondsLeft = clock.secondsLeft(epochs * stepsPerEpoch - trainee.steps);
      onEvent({ kind: 'step', step: trainee.steps, epoch, loss, imagesPerSecond: batch / clock.secondsPerStep, secondsLeft });
    }
  }
  return { trainLoss: sum.loss / order.length, objective: sum.objective / order.length, rate };
}
