import * as tf from '@tensorflow/tfjs';
import { angleGradients, rotate, rotateBack, rotateGradients, type Angles, type BatchShape, type Sampler } from '../transformer/index.ts';

const shapeOf = (x: tf.Tensor4D): BatchShape => ({ count: x.shape[0], side: x.shape[1], channels: x.shape[3] as 1 | 3 });
const valuesOf = async (x: tf.Tensor4D): Promise<Float32Array> => (await x.data()) as Float32Array;

/** A batch turned, and what its gradients are computed from. */
export interface Turning {
  /** The caller's. */
  readonly output: tf.Tensor4D;
  readonly sampler: Sampler;
  readonly angles: Angles;
  /** What was turned, read from the engine once. */
  readonly values: Float32Array;
}

/** Every image turned by its angle (radians). Computed outside the engine, the same on each. */
export async function turning(sampler: Sampler, x: tf.Tensor4D, angles: Angles): Promise<Turning> {
  const values = await valuesOf(x);
  return { output: tf.tensor4d(rotate(sampler, values, shapeOf(x), angles), x.shape), sampler, angles, values };
}

/** As `turning`, where no gradient is asked for; a new tensor of the caller. */
export async function turn(sampler: Sampler, x: tf.Tensor4D, angles: Angles): Promise<tf.Tensor4D> {
  return (await turning(sampler, x, angles)).output;
}

/** Gradients towards what was turned (a new tensor of the caller) and towards each angle, from the one towards what came of it. */
export async function turningGradients(
  { sampler, angles, values }: Turning,
  gradient: tf.Tensor4D,
): Promise<{ input: tf.Tensor4D; angles: Float64Array }> {
  const found = rotateGradients(sampler, values, await valuesOf(gradient), shapeOf(gradient), angles);
  return { input: tf.tensor4d(found.images, gradient.shape), angles: found.angles };
}

/** As `turningGradients`, towards what was turned alone; a new tensor of the caller. */
export async function turnGradient(turned: Turning, gradient: tf.Tensor4D): Promise<tf.Tensor4D> {
  const dy = await valuesOf(gradient);
  return tf.tensor4d(rotateBack(turned.sampler, dy, shapeOf(gradient), turned.angles), gradient.shape);
}

/** As `turningGradients`, towards the angles alone. */
export async function turnAngleGradient(turned: Turning, gradient: tf.Tensor4D): Promise<Float64Array> {
  return angleGradients(turned.sampler, turned.values, await valuesOf(gradient), shapeOf(gradient), turned.angles);
}

export const negated = (angles: Angles): Float64Array => Float64Array.from(angles, (angle) => -angle);
