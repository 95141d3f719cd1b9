import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { trainingOf, withEpochs, type Recipe } from '../recipes/index.ts';
import { lockRun, readCheckpoint, type Checkpoint, type EpochRecord, type RunManifest } from '../run/index.ts';
import { DeadStartWatch } from './dead-start.ts';
import { runEpochs } from './epochs.ts';
import type { TrainingEvent } from './events.ts';
import { OrientationTrainee } from './orientation-trainee.ts';
import { preTrained, refuseOtherNetwork } from './pre-trained.ts';
import { prepareData, type PreparedData } from './prepare.ts';
import { TrainingProgress } from './progress.ts';
import { ReconstructionTrainee } from './reconstruction-trainee.ts';
import { noOrientationMessage, type RecoveryReport } from './recovery-report.ts';
import { startRun, type StartOptions } from './start.ts';
import { previewInputs } from './validation.ts';

export interface TrainOptions extends StartOptions {
  /** Overrules the recipe's epochs, and so is part of the run's recipe. */
  readonly epochs?: number;
  /** Folder of a run whose localisation network the regime begins with; without it one is trained in `orientation` inside the run. */
  readonly stn?: string;
  /** Milliseconds to wait for another process that trains this run; default 0. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  /** Ends the training after the checkpoint of the epoch under way; resuming goes on as if it had not ended. */
  readonly pause?: AbortSignal;
  readonly onEvent?: (event: TrainingEvent) => void;
}

export interface TrainingResult {
  readonly manifest: RunManifest;
  readonly history: readonly EpochRecord[];
}

/**
 * Trains a recipe and leaves a run folder: manifest.json, history.csv, checkpoints/{best,last}. Everything follows from recipe, data and seed;
 * on one thread two trainings, or an interrupted and resumed one, end with the same bytes. A regime that begins with a trained localisation network
 * and is given none trains it first.
 * @throws RunError for a folder or data that cannot be used, RunBusyError while another process trains it; RunPaused where it was paused; DOMException `AbortError` within a step of the signal, the last epoch's checkpoint standing
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
  const { recipe, signal, seed, engine } = options;
  const { manifest, checkpoint } = await startRun(options);
  if (manifest.state === 'complete') {
    // Whoever goes on with this run's network has not heard it yet.
    if (manifest.recovery) tellRecovery(manifest.recovery, onEvent);
    return { manifest, history: checkpoint?.history ?? [] };
  }
  if (checkpoint) await refuseOtherNetwork(options.stn, manifest);
  const pre = checkpoint?.networks['localisation']
    ? null
    : await preTrained({ ...options, onEvent }, async (orientation, out) => {
        const { epochs: _, stn: __, ...rest } = options;
        return await train({
          ...rest,
          recipe: orientation,
          out,
          resume: true,
          onEvent: (event) => onEvent({ kind: 'pre-training', event }),
        });
      });
  const data = await prepareData({
    recipe,
    dataset: options.dataset,
    seed,
    ...(signal ? { signal } : {}),
    onProblem: ({ error }) => onEvent({ kind: 'warning', code: 'unusable-image', message: error.message }),
  });
  const begun = { ...manifest, dataVariance: data.statistics.variance, localisation: manifest.localisation ?? pre?.from ?? null };
  const progress = new TrainingProgress(options.out, begun, checkpoint, onEvent);
  onEvent(preparedEvent(recipe, data, progress));
  const common = { engine, recipe, data, seed, checkpoint };
  const recovery =
    recipe.regime.kind === 'orientation'
      ? await trainOrientation(new OrientationTrainee(common), options, progress, onEvent)
      : await trainReconstruction(
          new ReconstructionTrainee({ ...common, localisation: pre?.network ?? null }),
          options,
          data,
          progress,
          onEvent,
        );
  await progress.complete({ recovery });
  return { manifest: progress.manifest, history: progress.history };
}

function preparedEvent(recipe: Recipe, data: PreparedData, progress: TrainingProgress): TrainingEvent {
  const { batch, epochs } = trainingOf(recipe);
  return {
    kind: 'prepared',
    trainImages: data.trainImages,
    validationImages: data.heldImages,
    trainPatches: data.patches.count,
    epochs,
    stepsPerEpoch: Math.ceil(data.patches.count / batch),
    parameters: progress.manifest.parameters,
    dataVariance: data.statistics.variance,
    history: progress.history,
  };
}

async function trainReconstruction(
  trainee: ReconstructionTrainee,
  { recipe, signal, pause }: TrainOptions,
  data: PreparedData,
  progress: TrainingProgress,
  onEvent: (event: TrainingEvent) => void,
): Promise<null> {
  try {
    if (data.validation.length > 0) onEvent({ kind: 'preview', epoch: 0, images: await previewInputs(data.validation) });
    const watch = new DeadStartWatch(data.statistics.variance, recipe.training.epochs, onEvent);
    await runEpochs({ recipe, trainee, progress, signal, pause, onEvent, afterEpoch: (record) => watch.epoch(record, trainee.steps) });
    return null;
  } finally {
    trainee.dispose();
  }
}

/** Ends with how well the best checkpoint recovers known rotations. */
async function trainOrientation(
  trainee: OrientationTrainee,
  { recipe, signal, pause, seed, out }: TrainOptions,
  progress: TrainingProgress,
  onEvent: (event: TrainingEvent) => void,
): Promise<RunManifest['recovery']> {
  try {
    await runEpochs({ recipe, trainee, progress, signal, pause, onEvent, afterEpoch: () => undefined });
    const best: Checkpoint | null = await readCheckpoint(join(out, 'checkpoints', 'best'));
    const recovery = await trainee.recovery(best?.networks['localisation'] ?? (await trainee.networks())['localisation']!, seed, signal);
    if (recovery) tellRecovery(recovery, onEvent);
    return recovery;
  } finally {
    trainee.dispose();
  }
}

function tellRecovery(recovery: RecoveryReport, onEvent: (event: TrainingEvent) => void): void {
  onEvent({ kind: 'recovery', ...recovery });
  const message = noOrientationMessage(recovery);
  if (message) onEvent({ kind: 'warning', code: 'no-orientation', message });
}
