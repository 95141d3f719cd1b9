import { compact, count } from '../../../lib/numbers.ts';
import { duration } from '../../../lib/time.ts';

export interface Cost {
  /** Patches an epoch; null when it follows from the images' sizes at the start. */
  readonly patches: number | null;
  readonly epochs: number;
  /** Patches a second of recent runs here, fastest lane not assumed; empty when none ran. */
  readonly speeds: readonly number[];
}

/** Median of what was measured; null for none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.filter((value) => Number.isFinite(value) && value > 0).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** What is to be learned from, without a time. */
function workHint({ patches, epochs }: Pick<Cost, 'patches' | 'epochs'>): string {
  return patches === null
    ? `${count(epochs)} epochs over as many patches as the evaluation grid lays over the training images`
    : `${count(epochs)} epochs of ${count(patches)} patches (${compact(epochs * patches)} in all)`;
}

const sound = (epochs: number): boolean => Number.isFinite(epochs) && epochs >= 1;
const noEpochs = 'Set the number of epochs to see the cost.';

/** What a training will take, one sentence, before it is known on which images. */
export function costHint({ patches, epochs, speeds }: Cost): string {
  if (!sound(epochs)) return noEpochs;
  const speed = median(speeds);
  return speed === null || patches === null
    ? `${workHint({ patches, epochs })}; the time is known once it starts.`
    : `${workHint({ patches, epochs })}: about ${duration((epochs * patches) / speed)} at ${Math.round(speed)} patches/s, as recent runs here.`;
}

/** What the platform reckons for one training on known images. */
export interface TrainingEstimate {
  /** With its evaluation and the training of its localisation network; null where nothing was measured yet. */
  readonly seconds: number | null;
  readonly workers: number;
  readonly imagesPerSecond: number | null;
}

/** The estimate of a plan of one run, whose time is told shared by all workers: one run has one of them. */
export const ofOneRun = (plan: {
  readonly seconds: number | null;
  readonly workers: number;
  readonly variants: readonly { readonly imagesPerSecond: number | null }[];
}): TrainingEstimate => ({
  seconds: plan.seconds === null ? null : plan.seconds * Math.max(1, plan.workers),
  workers: plan.workers,
  imagesPerSecond: plan.variants[0]?.imagesPerSecond ?? null,
});

/** What the training will take, in words. @param estimate null while it is not there */
export function estimateHint(work: Pick<Cost, 'patches' | 'epochs'>, estimate: TrainingEstimate | null): string {
  if (!sound(work.epochs)) return noEpochs;
  if (estimate === null) return `${workHint(work)}.`;
  const { seconds, workers, imagesPerSecond } = estimate;
  const waits = workers === 0 ? ' It waits until a worker comes.' : '';
  if (seconds === null) return `${workHint(work)}; how long it takes is known once a first training has run here.${waits}`;
  const speed = imagesPerSecond === null ? '' : ` at ${Math.round(imagesPerSecond)} patches/s`;
  return `${workHint(work)}: about ${duration(seconds)}${speed}, evaluation included.${waits}`;
}
