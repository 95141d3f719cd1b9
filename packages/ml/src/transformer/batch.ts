/** A batch of square images, NHWC: value (n, y, x, c) at ((n·side + y)·side + x)·channels + c. */
export interface BatchShape {
  readonly count: number;
  /** Pixels along a side. */
  readonly side: number;
  readonly channels: 1 | 3;
}

/** One angle in radians for each image of a batch. */
export type Angles = Float64Array | readonly number[];

/** Number of values in the batch. */
export function batchLength({ count, side, channels }: BatchShape): number {
  return count * side * side * channels;
}

/** @throws RangeError where values or angles do not fit the shape */
export function requireBatch(values: Float32Array, shape: BatchShape, what: string): void {
  if (values.length !== batchLength(shape))
    throw new RangeError(
      `${what} hold ${values.length} values, but ${shape.count} of ${shape.side} × ${shape.side} × ${shape.channels} have ${batchLength(shape)}`,
    );
}

/** @throws RangeError where an image has no angle of its own or an angle is not finite */
export function requireAngles(angles: Angles, count: number): void {
  if (angles.length !== count) throw new RangeError(`${count} images need ${count} angles, not ${angles.length}`);
  for (let n = 0; n < count; n++) if (!Number.isFinite(angles[n]!)) throw new RangeError(`angle ${n} of the batch is ${angles[n]!}`);
}
