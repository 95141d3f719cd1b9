import { datasetHash, imagesOf, withValidationSplit, type Dataset, type Split } from '../datasets/index.ts';
import type { Engine } from '../engine/index.ts';
import type { MetricsMode, PaperMetrics } from '../metrics/index.ts';
import { recipeHash, resolveRecipe, type Recipe } from '../recipes/index.ts';
import { measures, type Measure, type ResidualOptions } from '../residuals/index.ts';
import { loadCheckpoint, RunError, type LoadedCheckpoint, type WhichCheckpoint } from '../run/index.ts';
import { openExaminer } from './examiner.ts';
import { EvaluationFolder } from './output.ts';
import type { EvaluationEvent, EvaluationMetrics, EvaluationResult, Threshold } from './result.ts';
import { isPatchGeometry, modeFor, scoreMeasure, scorePatches, type MeasureScore, type Scoring } from './scoring.ts';
import { survey, type Survey } from './survey.ts';
import { fitExpectedResidual, fitThresholds } from './thresholds.ts';

export interface EvaluateOptions {
  readonly engine: Engine;
  /** Folder of the run. */
  readonly run: string;
  /** Default `best`. */
  readonly which?: WhichCheckpoint;
  readonly dataset: Dataset;
  /** Default `test`. */
  readonly split?: Split;
  readonly out: string;
  /** `residual.…` settings that this evaluation changes; what was trained stays as it is. */
  readonly sets?: readonly string[];
  /** What the recipe is called in the results; default the run's. */
  readonly name?: string;
  /** How pixels are ranked. Default `auto`: exactly where memory allows. */
  readonly metricsMode?: MetricsMode | 'auto';
  /** Bytes that exact ranking may take in `auto`. Default 1 GiB: fifteen million defective pixels. */
  readonly metricsMemory?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: EvaluationEvent) => void;
}

const defaultMetricsMemory = 2 ** 30;

/**
 * Evaluates a checkpoint on a split: reconstructions, residual maps, scores, metrics and thresholds, all written to `out` (metrics.json last) and returned.
 * Thresholds come from the validation images the run held out.
 * @throws RunError for a run, split or folder that cannot be used; DOMException `AbortError` when cancelled
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationResult> {
  const { engine, signal, onEvent = () => undefined, split = 'test', which = 'best' } = options;
  const loaded = await loadCheckpoint(options.run, which);
  const { seed } = loaded.manifest;
  const recipe = evaluatedRecipe(loaded.manifest.recipe, options);
  const dataset = withValidationSplit(options.dataset, recipe.data.validationShare, seed);
  const images = imagesOf(dataset, split);
  if (images.length === 0)
    throw new RunError(`${dataset.name} has no ${split} images; put them into its ${split} folder or give another --split.`);
  const validation = imagesOf(dataset, 'validation').filter((image) => image.label === 'good');
  const folder = await EvaluationFolder.open(options.out);
  const start = performance.now();
  const examiner = openExaminer(engine, { recipe, seed }, loaded.checkpoint);
  try {
    const evaluatedDataHash = await datasetHash(options.dataset);
    const origin = originOf(options.dataset.name, evaluatedDataHash, loaded);
    const good = { examiner, recipe, images: validation, origin, signal, onEvent };
    examiner.expected = await fitExpectedResidual(good);
    const thresholds = await fitThresholds(good);
    const before = { ...examiner.work, at: performance.now() };
    const found = await survey({ examiner, folder, recipe, className: dataset.name, split, images, signal, onEvent });
    if (found.images.length === 0)
      throw new RunError(`None of the ${images.length} ${split} images of ${dataset.name} can be used; see the warnings.`);
    const surveySeconds = (performance.now() - before.at) / 1000;
    const work = { patches: examiner.work.patches - before.patches, seconds: examiner.work.seconds - before.seconds };
    const mode = modeFor(found.images, options.metricsMode ?? 'auto', options.metricsMemory ?? defaultMetricsMemory);
    const scoring = { images: found.images, mode, path: (file: string) => folder.path(file), signal };
    const scores = await scoreAll(scoring, recipe, examiner.options, thresholds, onEvent);
    const evaluated = found.images.map((entry) => entry.image);
    const metrics: EvaluationMetrics = {
      class: dataset.name,
      recipe: recipe.name,
      regime: recipe.regime.kind,
      recipeHash: recipeHash(recipe),
      trainedRecipeHash: loaded.manifest.recipeHash,
      seed,
      dataHash: loaded.manifest.dataHash,
      evaluatedDataHash,
      geometry: recipe.geometry.kind,
      imageScore: recipe.residual.imageScore,
      split,
      checkpoint: { which, epoch: loaded.checkpoint.epoch, sha256: loaded.manifest.checkpoints[which]?.sha256 ?? null },
      images: countImages(found),
      mode,
      paperMode: recipe.residual.paperMode,
      measures: { ssim: scores.ssim.metrics, mse: scores.mse.metrics },
      byDefect: byDefectOf(found, scores),
      ...patchAndPaper(scores),
      expectedResidual: examiner.expected,
      thresholds,
      reconstruction: reconstructionQuality(found),
      throughput: {
        images: evaluated.length,
        patches: work.patches,
        imagesPerSecond: evaluated.length / surveySeconds,
        patchesPerSecond: work.patches / work.seconds,
        seconds: (performance.now() - start) / 1000,
      },
    };
    const result: EvaluationResult = {
      metrics,
      images: evaluated,
      thresholds,
      histogram: { ssim: scores.ssim.histogram, mse: scores.mse.histogram },
      curves: { ssim: scores.ssim.curves, mse: scores.mse.curves },
    };
    await folder.writeScores(evaluated);
    await folder.writeOrientations(evaluated);
    await folder.finish(result);
    return result;
  } finally {
    examiner.dispose();
  }
}

/** The run's recipe as this evaluation scores it: what reaches the network stays. */
function evaluatedRecipe(trained: Recipe, { sets = [], name }: EvaluateOptions): Recipe {
  const foreign = sets.find((set) => !set.startsWith('residual.'));
  if (foreign !== undefined)
    throw new RunError(`--set ${foreign}: an evaluation changes only residual.… options; train a run with the others.`);
  const recipe = sets.length === 0 ? trained : resolveRecipe(trained, sets);
  return name === undefined ? recipe : { ...recipe, name };
}

/** Says where the threshold's images come from; images of other data than the run's may have been trained on, or never been seen. */
function originOf(name: string, dataHash: string, { manifest }: LoadedCheckpoint): string {
  if (dataHash !== manifest.dataHash) return `of ${name}, which is not the data the run was trained on`;
  const stn = manifest.localisation;
  const seen = stn && (stn.seed !== manifest.seed || stn.dataHash !== manifest.dataHash);
  return `held out from training (seed ${manifest.seed})${seen ? `; its localisation network was trained with seed ${stn.seed}, maybe on some of them` : ''}`;
}

type Scored = MeasureScore & { readonly patches: PatchScore | null };
type PatchScore = Awaited<ReturnType<typeof scorePatches>>;

async function scoreAll(
  scoring: Scoring,
  recipe: Recipe,
  options: ResidualOptions,
  thresholds: Record<Measure, Threshold | null>,
  onEvent: (event: EvaluationEvent) => void,
): Promise<Record<Measure, Scored>> {
  const { geometry, residual } = recipe;
  const scores: Partial<Record<Measure, Scored>> = {};
  for (const [done, measure] of measures.entries()) {
    onEvent({ kind: 'progress', phase: 'metrics', done, total: measures.length, secondsLeft: null });
    const threshold = thresholds[measure];
    const byPatch = isPatchGeometry(geometry);
    scores[measure] = {
      ...(await scoreMeasure(measure, scoring, threshold, residual.paperMode && !byPatch)),
      patches: byPatch ? await scorePatches(measure, scoring, threshold?.pixel ?? null, residual.paperMode, geometry, options) : null,
    };
  }
  onEvent({ kind: 'progress', phase: 'metrics', done: measures.length, total: measures.length, secondsLeft: 0 });
  return scores as Record<Measure, Scored>;
}

/** The defect types in the order of their names. */
function byDefectOf(found: Survey, scores: Record<Measure, Scored>): EvaluationMetrics['byDefect'] {
  const labels = Object.keys(scores.ssim.byDefect).sort();
  const of = (label: string): EvaluationMetrics['byDefect'][string] => {
    const images = found.images.filter(({ image }) => image.label === label);
    return {
      images: images.length,
      withoutMask: images.filter(({ readMask }) => readMask === null).length,
      measures: { ssim: scores.ssim.byDefect[label]!, mse: scores.mse.byDefect[label]! },
    };
  };
  return Object.fromEntries(labels.map((label) => [label, of(label)]));
}

/** The blocks that only some evaluations have. */
function patchAndPaper({ ssim, mse }: Record<Measure, Scored>): Pick<EvaluationMetrics, 'patches' | 'paper'> {
  const paperOf = ({ paper, patches }: Scored): PaperMetrics | null => patches?.paper ?? paper;
  const paper = { ssim: paperOf(ssim), mse: paperOf(mse) };
  return {
    ...(ssim.patches && mse.patches ? { patches: { ssim: { pixel: ssim.patches.metrics }, mse: { pixel: mse.patches.metrics } } } : {}),
    ...(paper.ssim && paper.mse ? { paper: { ssim: paper.ssim, mse: paper.mse } } : {}),
  };
}

function countImages(found: Survey): EvaluationMetrics['images'] {
  const good = found.images.filter((entry) => entry.image.label === 'good').length;
  const withoutMask = found.images.filter((entry) => entry.readMask === null).length;
  return { good, defective: found.images.length - good, withoutMask, unusable: found.unusable };
}

/** Over good images, since a defect is not meant to be reconstructed. */
function reconstructionQuality(found: Survey): EvaluationMetrics['reconstruction'] {
  const good = found.images.filter((entry) => entry.image.label === 'good').map((entry) => entry.quality);
  const mean = (values: readonly (number | null)[]): number | null =>
    values.length === 0 || values.includes(null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length;
  return { mse: mean(good.map((quality) => quality.mse)), ssim: mean(good.map((quality) => quality.ssim)), images: good.length };
}
