import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import type { Picture } from '../pixels/decode.ts';
import type { OrientationSweep, Turning } from '../pixels/patches.ts';
import type { ImageCounts } from '../pixels/pixel-counts.ts';
import type { MapOptions } from '../view/protocol.ts';
import type { Measure } from '../view/view-state.ts';

interface MapTask {
  readonly inputUrl: string;
  readonly reconstructionUrl: string;
  readonly measure: Measure;
  readonly options: MapOptions;
}
interface TaskSize {
  readonly width: number;
  readonly height: number;
}

/** What a residual worker can be asked for; addresses are same-origin /files/… paths. */
export type ResidualTask =
  | { readonly kind: 'picture'; readonly url: string }
  /** Ground truth at the given size (nearest, when the file has another one). */
  | { readonly kind: 'mask'; readonly url: string; readonly width: number; readonly height: number }
  /** The residual at network scale, or upsampled to `size` as the exported maps and the metrics have it. */
  | (MapTask & { readonly kind: 'map'; readonly size: TaskSize | null })
  /** Pixels of the exported map by value and ground truth, in the bins of `ThresholdEdges(thresholds)`. */
  | (MapTask & {
      readonly kind: 'counts';
      readonly size: TaskSize;
      readonly maskUrl: string | null;
      readonly thresholds: readonly number[];
    })
  /** Every patch as the network saw it, turned by its α (radians), side by side. */
  | { readonly kind: 'patches'; readonly url: string; readonly turning: Turning; readonly turns: readonly number[] }
  /** J(α) of one patch. */
  | { readonly kind: 'sweep'; readonly url: string; readonly turning: Turning; readonly patch: number };

export interface ResidualAnswers {
  readonly picture: Picture;
  readonly mask: Mask;
  readonly map: FloatMap;
  readonly counts: ImageCounts;
  readonly patches: Picture;
  readonly sweep: OrientationSweep;
}
export type ResidualResult = ResidualAnswers[keyof ResidualAnswers];

/** The memory that an answer holds: handed over by the worker instead of copied, and counted by the cache. */
export function buffersOf(result: ResidualResult): ArrayBuffer[] {
  if ('rgba' in result) return [result.rgba.buffer];
  if ('good' in result) return [result.good.buffer, result.defective.buffer];
  return [('values' in result ? result.values : result.data).buffer as ArrayBuffer];
}
