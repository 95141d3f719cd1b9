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

/** What the training will take, one sentence, as far as it can be known. */
export function costHint({ patches, epochs, speeds }: Cost): string {
  if (!Number.isFinite(epochs) || epochs < 1) return 'Set the number of epochs to see the cost.';
  if (patches === null)
    return `${count(epochs)} epochs over as many patches as the evaluation grid lays over the training images; the time is known once it starts.`;
  const work = `${count(epochs)} epochs of ${count(patches)} patches (${compact(epochs * patches)} in all)`;
  const speed = median(speeds);
  return speed === null
    ? `${work}; the time is known once it starts.`
    : `${work}: about ${duration((epochs * patches) / speed)} at ${Math.round(speed)} patches/s, as recent runs here.`;
}
