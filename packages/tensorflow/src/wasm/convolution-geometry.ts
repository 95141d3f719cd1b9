/** One axis of a forward convolution: output o reads inputs o·stride - pad … o·stride - pad + filter - 1. */
export interface Axis {
  readonly input: number;
  readonly filter: number;
  readonly stride: number;
  /** Zeros before the first input. */
  readonly pad: number;
  readonly output: number;
}

/** A stretch of an axis; what lies outside counts as zero. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** All inputs that the filter ever covers, including the padding: what a filter gradient reads. */
export function coveredInput(axis: Axis): Stretch {
  return { start: -axis.pad, length: (axis.output - 1) * axis.stride + axis.filter };
}

/**
 * The inputs i ≡ remainder (mod stride) get their gradient from every stride-th filter tap only; for them the input gradient is
 * an ordinary convolution of the output gradient with those taps, reversed.
 */
export interface Phase {
  /** First filter tap taking part; the next ones follow at the stride's distance. */
  readonly firstTap: number;
  /** Number of taps taking part; 0 where the stride jumps over these inputs. */
  readonly taps: number;
  /** What the convolution reads of the output gradient to give ceil(input / stride) results. */
  readonly reads: Stretch;
}

export function phaseOf(axis: Axis, remainder: number): Phase {
  const firstTap = (remainder + axis.pad) % axis.stride;
  const taps = Math.max(0, Math.ceil((axis.filter - firstTap) / axis.stride));
  const shift = (remainder + axis.pad - firstTap) / axis.stride;
  return { firstTap, taps, reads: { start: shift - (taps - 1), length: phaseLength(axis) + taps - 1 } };
}

/** Results of every phase alike: enough for the longest; the shorter ones are cut after interleaving. */
export function phaseLength(axis: Axis): number {
  return Math.ceil(axis.input / axis.stride);
}
