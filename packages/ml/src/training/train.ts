import { mkdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { operationsOf } from '../engine/index.ts';
import { regionOfInterest } from '../geometry/index.ts';
import { autoencoderLayers, initialWeights, NetworkFrame } from '../models/index.ts';
import { Random } from '../random/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { lockRun, throwIfAborted, type Checkpoint, type EpochRecord, type RunManifest } from '../run/index.ts';
import { Adam } from './adam.ts';
import { TrainingClock } from './clock.ts';
import { deadStartMessage, isDeadStart } from './dead-start.ts';
import { refuseDivergence } from './divergence.ts';
import type { TrainingEvent } from './events.ts';
import { prepareData, type PreparedData } from './prepare.ts';
import { TrainingProgress } from './progress.ts';
import { learningRate } from './schedule.ts';
import { startRun, type StartOptions } from './start.ts';
import { trainingStep, type StepInputs } from './step.ts';
import { previewInputs, Validator } from './validation.ts';

export interface TrainOptions extends StartOptions {
  /** Overrules `recipe.training.epochs`, and so is part of the run's recipe. */
  readonly epochs?: number;
  /** Milliseconds to wait for another process that trains this run; default 0. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainingEvent) => void;
}

export interface TrainingResult {
  readonly manifest: RunManifest;
  readonly history: readonly EpochRecord[];
}

/**
 * Trains an autoencoder and leaves a run folder: manifest.json, history.csv, checkpoints/{best,last}. Everything follows from recipe, data and seed;
 * on one thread two trainings, or an interrupted and resumed one, end with the same bytes.
 * @throws RunError for a folder or data that cannot be used, RunBusyError while another process trains it; DOMException `AbortError` within a step of the signal, the last epoch's checkpoint standing
 */
export async function train(options: TrainOptions): Promise<TrainingResult> {
  const { onEvent = () => undefined, patience = 0, signal } = options;
  const recipe = options.epochs === undefined ? options.recipe : withEpochs(options.recipe, options.epochs);
  mkdirSync(options.out, { recursive: true });
  const release = await lockRun(options.out, { patience, signal });
  try {
    return await trainLocked({ ...options, recipe }, onEvent);
  } finally {
    await release();
  }
}

async function trainLocked(options: TrainOptions, onEvent: (event: TrainingEvent) => void): Promise<TrainingResult> {
  const { recipe, signal } = options;
  const { manifest, checkpoint } = await startRun(options);
  if (manifest.state === 'complete') return { manifest, history: checkpoint?.history ?? [] };
  const data = await prepareData({
    recipe,
    dataset: options.dataset,
    seed: options.seed,
    ...(signal ? { signal } : {}),
    onProblem: ({ error }) => onEvent({ kind: 'warning', code: 'unusable-image', message: error.message }),
  });
  const standardisation = recipe.standardise === 'roi' ? { mean: data.statistics.mean, deviation: data.statistics.deviation } : null;
  const progress = new TrainingProgress(
    options.out,
    { ...manifest, dataVariance: data.statistics.variance },
    checkpoint,
    standardisation,
    onEvent,
  );
  const layers = autoencoderLayers(recipe.channels, recipe.model);
  const frame = new NetworkFrame(regionOfInterest(recipe.geometry), recipe.channels, standardisation);
  const adam = startingPoint(checkpoint, recipe, options.seed);
  try {
    const step: StepInputs = { operations: operationsOf(options.engine), layers, frame, adam, region: recipe.loss.region };
    await runEpochs({ recipe, data, progress, step, signal, onEvent });
  } finally {
    adam.dispose();
    frame.dispose();
  }
  await progress.complete();
  return { manifest: progress.manifest, history: progress.history };
}

const withEpochs = (recipe: Recipe, epochs: number): Recipe => ({ ...recipe, training: { ...recipe.training, epochs } });

function startingPoint(checkpoint: Checkpoint | null, recipe: Recipe, seed: number): Adam {
  if (checkpoint) return new Adam(checkpoint, recipe.training);
  const layers = autoencoderLayers(recipe.channels, recipe.model);
  return Adam.start(initialWeights(layers, recipe.model.initialisation, Random.of('weights', seed)), recipe.training);
}

interface Loop {
  readonly recipe: Recipe;
  readonly data: PreparedData;
  readonly progress: TrainingProgress;
  readonly step: StepInputs;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: TrainingEvent) => void;
}

async function runEpochs({ recipe, data, progress, step, signal, onEvent }: Loop): Promise<void> {
  const { batch, epochs } = recipe.training;
  const stepsPerEpoch = Math.ceil(data.patches.count / batch);
  onEvent({
    kind: 'prepared',
    trainImages: data.trainImages,
    validationImages: data.validation.length,
    trainPatches: data.patches.count,
    epochs,
    stepsPerEpoch,
    parameters: progress.manifest.parameters,
    dataVariance: data.statistics.variance,
    history: progress.history,
  });
  if (data.validation.length > 0) onEvent({ kind: 'preview', epoch: 0, images: await previewInputs(data.validation) });
  await progress.begin();
  const validator = new Validator(step, recipe.geometry, data.validation);
  const clock = new TrainingClock(stepsPerEpoch);
  let warned = false;
  for (let epoch = progress.epochsDone + 1; epoch <= epochs; epoch++) {
    clock.startEpoch();
    const { trainLoss, rate } = await runEpoch({ recipe, data, progress, step, signal, onEvent }, epoch, clock, stepsPerEpoch);
    const { loss: validationLoss, preview } = await validator.measure(signal);
    refuseDivergence([validationLoss ?? trainLoss], step.adam.steps, recipe.training);
    const seconds = clock.epochDone();
    const record: EpochRecord = {
      epoch,
      trainLoss,
      validationLoss,
      learningRate: rate,
      seconds,
      imagesPerSecond: data.patches.count / seconds,
    };
    await progress.commit(record, step.adam);
    onEvent({ kind: 'epoch', ...record, secondsLeft: clock.secondsLeft((epochs - epoch) * stepsPerEpoch) });
    if (preview.length > 0) onEvent({ kind: 'preview', epoch, images: preview });
    const dead = isDeadStart(trainLoss, data.statistics.variance, step.adam.steps);
    if (dead && (!warned || epoch === epochs)) {
      warned = true;
      onEvent({ kind: 'warning', code: 'dead-start', message: deadStartMessage(trainLoss, data.statistics.variance, step.adam.steps) });
    } else if (warned && !dead) {
      warned = false;
      onEvent({ kind: 'left-dead-start', epoch });
    }
  }
}

/** Every patch once, in random order. Returns the mean loss over the patches and the last step's learning rate. */
async function runEpoch(
  loop: Loop,
  epoch: number,
  clock: TrainingClock,
  stepsPerEpoch: number,
): Promise<{ trainLoss: number; rate: number }> {
  const { recipe, data, progress, step, signal, onEvent } = loop;
  const { batch, epochs } = recipe.training;
  const order = progress.random.permutation(data.patches.count);
  const { side, channels } = step.frame;
  let sum = 0;
  let rate = 0;
  for (let at = 0; at < order.length; at += batch) {
    // Lets timers and signals in: the engine computes on this thread.
    await setImmediate();
    throwIfAborted(signal, 'Training');
    const chosen = order.subarray(at, at + batch);
    rate = learningRate(recipe.training, step.adam.steps, epochs * stepsPerEpoch);
    const target = tf.tensor4d(data.patches.batch(chosen), [chosen.length, side, side, channels]);
    const loss = await trainingStep(step, target, rate);
    target.dispose();
    refuseDivergence([loss], step.adam.steps, recipe.training);
    sum += loss * chosen.length;
    if (clock.stepDone()) {
      const secondsLeft = clock.secondsLeft(epochs * stepsPerEpoch - step.adam.steps);
      onEvent({ kind: 'step', step: step.adam.steps, epoch, loss, imagesPerSecond: batch / clock.secondsPerStep, secondsLeft });
    }
  }
  return { trainLoss: sum / order.length, rate };
}
