import type * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { l2Loss, meanSquare255 } from '../losses/index.ts';
import { backward, cutWeights, disposeWeights, forward, type Layer, type NetworkFrame } from '../models/index.ts';
import type { Adam } from './adam.ts';

/** One step of training on a batch; see `trainingStep`. */
export interface StepInputs {
  readonly operations: Operations;
  readonly layers: readonly Layer[];
  readonly frame: NetworkFrame;
  readonly adam: Adam;
  readonly region: 'roi' | 'all';
}

/**
 * Forward, loss, backward and one step of Adam.
 * @param target [batch, side, side, channels] in [0,1], 0 in the padding; stays the caller's
 * @returns mean squared difference before the step, 0–255 scale, over the region of interest
 */
export async function trainingStep(inputs: StepInputs, target: tf.Tensor4D, rate: number): Promise<number> {
  const { operations, layers, frame, adam, region } = inputs;
  const batch = target.shape[0];
  const input = frame.standardised(target);
  const weights = cutWeights(layers, adam.weights);
  const outputs = forward(operations, layers, weights, input);
  const counted = region === 'roi' ? frame.roiEntries : frame.entries;
  const { squares, gradient } = l2Loss(outputs.at(-1)!, target, frame.roi, counted, region);
  const flat = backward(operations, layers, weights, input, outputs, gradient);
  adam.apply(flat, rate);
  flat.dispose();
  disposeWeights(weights);
  input.dispose();
  const sums = await squares.data();
  squares.dispose();
  return meanSquare255(sums, batch * frame.roiEntries);
}
