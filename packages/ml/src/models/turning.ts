import * as tf from '@tensorflow/tfjs';
import { angleGradients, rotate, rotateBack, type Angles, type BatchShape, type Sampler } from '../transformer/index.ts';

const shapeOf = (x: tf.Tensor4D): BatchShape => ({ count: x.shape[0], side: x.shape[1], channels: x.shape[3] as 1 | 3 });
const valuesOf = async (x: tf.Tensor4D): Promise<Float32Array> => (await x.data()) as Float32Array;

/** Every image turned by its angle (radians); a new tensor of the caller. Computed outside the engine, the same on each. */
export async function turn(sampler: Sampler, x: tf.Tensor4D, angles: Angles): Promise<tf.Tensor4D> {
  return tf.tensor4d(rotate(sampler, await valuesOf(x), shapeOf(x), angles), x.shape);
}

/** Gradient towards what `turn` was given, from the one towards what it gave. */
export async function turnGradient(sampler: Sampler, gradient: tf.Tensor4D, angles: Angles): Promise<tf.Tensor4D> {
  return tf.tensor4d(rotateBack(sampler, await valuesOf(gradient), shapeOf(gradient), angles), gradient.shape);
}

/** Gradient towards each angle. @param x what `turn` was given; @param gradient towards what it gave */
export async function turnAngleGradient(sampler: Sampler, x: tf.Tensor4D, gradient: tf.Tensor4D, angles: Angles): Promise<Float64Array> {
  return angleGradients(sampler, await valuesOf(x), await valuesOf(gradient), shapeOf(x), angles);
}

export const negated = (angles: Angles): Float64Array => Float64Array.from(angles, (angle) => -angle);
