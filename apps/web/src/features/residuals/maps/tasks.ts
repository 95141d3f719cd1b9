import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import type { ResidualOptions } from '@plumbline/ml/residuals';
import type { Picture } from '../pixels/decode.ts';
import type { Measure } from '../view/view-state.ts';

/** What a residual worker can be asked for; addresses are same-origin /files/… paths. */
export type ResidualTask =
  | { readonly kind: 'picture'; readonly url: string }
  /** Ground truth at the given size (nearest, when the file has another one). */
  | { readonly kind: 'mask'; readonly url: string; readonly width: number; readonly height: number }
  /** The residual at network scale, or upsampled to `size` as the exported maps and the metrics have it. */
  | {
      readonly kind: 'map';
      readonly inputUrl: string;
      readonly reconstructionUrl: string;
      readonly measure: Measure;
      readonly options: ResidualOptions;
      readonly size: { readonly width: number; readonly height: number } | null;
    };

export type ResidualResult = Picture | Mask | FloatMap;
