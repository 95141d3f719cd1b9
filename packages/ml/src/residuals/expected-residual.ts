import { z } from 'zod';
import type { FloatMap, PixelImage } from '../geometry/index.ts';

/** An evaluation's table as metrics.json has it; null for one that divides by nothing, or is older than the option. */
export const storedExpectation = z
  .object({ expectedResidual: z.object({ edges: z.array(z.number()), values: z.array(z.number()) }).nullish() })
  .transform(({ expectedResidual }): ExpectedResidual | null => expectedResidual ?? null);

/** What squared error good images have, by how much the input changes at the pixel: bins of gradient magnitude. */
export interface ExpectedResidual {
  /** Borders of the bins in grey levels a pixel (0–255 scale), ascending, one more than values. */
  readonly edges: readonly number[];
  /** Expected squared error (0–255 scale) in each bin, above 0. */
  readonly values: readonly number[];
}

/**
 * How fast the image changes at every pixel, in grey levels (0–255 scale) a pixel: the length of Sobel's gradient (1/8 of its weights), root mean square
 * over channels, edge pixels repeated at the borders.
 */
export function gradientMagnitude({ width, height, channels, data }: PixelImage): FloatMap {
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [above, here, below] = [Math.max(y - 1, 0) * width, y * width, Math.min(y + 1, height - 1) * width];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(x - 1, 0), Math.min(x + 1, width - 1)];
      let sum = 0;
      for (let c = 0; c < channels; c++) {
        const at = (row: number, column: number): number => data[(row + column) * channels + c]!;
        const [topLeft, topRight, bottomLeft, bottomRight] = [at(above, left), at(above, right), at(below, left), at(below, right)];
        const gx = topRight + bottomRight - topLeft - bottomLeft + 2 * (at(here, right) - at(here, left));
        const gy = bottomLeft + bottomRight - topLeft - topRight + 2 * (at(below, x) - at(above, x));
        sum += gx * gx + gy * gy;
      }
      result[y * width + x] = (255 / 8) * Math.sqrt(sum / channels);
    }
  }
  return { width, height, data: result };
}

/** Borders of the bins that are counted first; √2 · 127.5 is the steepest that 8 bits allow. */
const fineWidth = 0.25;
const fineBins = Math.ceil((Math.SQRT2 * 127.5) / fineWidth) + 1;
/** A bin of the table holds at least this share of the pixels, so that its mean is one of many. */
const leastShare = 0.01;
/** Less than one grey level squared is rounding, not something to measure by. */
const leastExpected = 1;

/** Gathers the table from good images, one at a time; memory does not grow with their number. */
export class ExpectedResidualFit {
  readonly #counts = new Float64Array(fineBins);
  readonly #sums = new Float64Array(fineBins);

  /** @param squaredError of the same size as the input, on the 0–255 scale */
  add(input: PixelImage, squaredError: FloatMap): void {
    const gradient = gradientMagnitude(input).data;
    for (let i = 0; i < gradient.length; i++) {
      const bin = Math.min(Math.floor(gradient[i]! / fineWidth), fineBins - 1);
      this.#counts[bin] = this.#counts[bin]! + 1;
      this.#sums[bin] = this.#sums[bin]! + squaredError.data[i]!;
    }
  }

  /** The table: bins of at least 1 % of the pixels each, values at least 1; null where nothing was added. */
  table(): ExpectedResidual | null {
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return null;
    const edges = [0];
    const bins: { count: number; sum: number }[] = [];
    let open = { count: 0, sum: 0 };
    const last = this.#counts.findLastIndex((count) => count > 0);
    for (let bin = 0; bin <= last; bin++) {
      open = { count: open.count + this.#counts[bin]!, sum: open.sum + this.#sums[bin]! };
      if (open.count < leastShare * total) continue;
      bins.push(open);
      edges.push((bin + 1) * fineWidth);
      open = { count: 0, sum: 0 };
    }
    if (open.count > 0) {
      // What is left is too little for a bin of its own; the first bin alone holds enough.
      const before = bins.pop()!;
      bins.push({ count: before.count + open.count, sum: before.sum + open.sum });
      edges[edges.length - 1] = (last + 1) * fineWidth;
    }
    return { edges, values: bins.map(({ count, sum }) => Math.max(sum / count, leastExpected)) };
  }
}

function requireTable({ edges, values }: ExpectedResidual): void {
  const ascending = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!));
  if (values.length === 0 || edges.length !== values.length + 1 || !ascending || !values.every((value) => value > 0 && value < Infinity))
    throw new RangeError(
      `a table of expected residuals needs ascending edges, one more than values, and values above 0; this one has ${edges.length} edges and ${values.length} values: evaluate again`,
    );
}

/** The squared error as a multiple of what is expected where the input changes as much; steeper than the table means its last bin. */
export function overExpected(squaredError: FloatMap, input: PixelImage, table: ExpectedResidual): FloatMap {
  requireTable(table);
  const { edges, values } = table;
  const gradient = gradientMagnitude(input).data;
  const data = new Float32Array(squaredError.data.length);
  for (let i = 0; i < data.length; i++) {
    let [low, high] = [0, values.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (gradient[i]! < edges[middle + 1]!) high = middle;
      else low = middle + 1;
    }
    data[i] = squaredError.data[i]! / values[low]!;
  }
  return { ...squaredError, data };
}
