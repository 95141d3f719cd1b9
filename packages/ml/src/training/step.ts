import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { l2Loss, meanSquare255 } from '../losses/index.ts';
import { negated, turn, turnAngleGradient, turnGradient, type Layer, type NetworkFrame, type Sampler } from '../models/index.ts';
import type { Recipe } from '../recipes/index.ts';
import type { Adam } from './adam.ts';
import { AutoencoderPass } from './autoencoder-pass.ts';

/** What a step trains and by what. */
export interface StepInputs {
  readonly operations: Operations;
  readonly layers: readonly Layer[];
  readonly frame: NetworkFrame;
  readonly adam: Adam;
  readonly loss: Pick<Recipe['loss'], 'region' | 'taken'>;
}

/** How the patches of a step are turned; see `trainingStep`. */
export interface Turned {
  readonly sampler: Sampler;
  /** α a patch, radians. */
  readonly angles: Float64Array;
  /** Given where α is learnt: receives the gradient of the loss towards each α. */
  readonly learn?: (gradient: Float64Array) => void;
}

/**
 * Forward, loss, backward and one step of Adam. With `turned`, the autoencoder sees each patch turned by its α, and its reconstruction is turned
 * back (Fig. 2) before it is compared, or, with `loss.taken` before, compared with the turned patch as it is.
 * @param target [batch, side, side, channels] in [0,1], 0 in the padding; stays the caller's
 * @returns mean squared difference before the step, 0–255 scale, over the region of interest
 */
export async function trainingStep(inputs: StepInputs, target: tf.Tensor4D, rate: number, turned: Turned | null = null): Promise<number> {
  const { operations, layers, frame, adam, loss } = inputs;
  const upright = frame.standardised(target);
  const input = turned ? await turn(turned.sampler, upright, turned.angles) : upright;
  const pass = new AutoencoderPass(operations, layers, adam.weights, input);
  const back = turned && loss.taken === 'after' ? { sampler: turned.sampler, angles: negated(turned.angles) } : null;
  const output = back ? await turn(back.sampler, pass.output, back.angles) : pass.output.clone();
  const compared = await comparedWith(inputs, target, turned);
  const counted = loss.region === 'roi' ? frame.roiEntries : frame.entries;
  const { squares, gradient } = l2Loss(output, compared.target, compared.roi, counted, loss.region);
  const sums = await squares.data();
  tf.dispose([output, squares, compared.target, compared.roi]);

  // The reconstruction is disposed with its pass, so what depends on it comes first.
  const angleGradient = new Float64Array(target.shape[0]);
  if (back && turned?.learn) subtract(angleGradient, await turnAngleGradient(back.sampler, pass.output, gradient, back.angles));
  // Before turning back, what the output is compared with turns as well.
  else if (turned?.learn) subtract(angleGradient, await turnAngleGradient(turned.sampler, target, gradient, turned.angles));
  const towardsOutput = back ? await turnGradient(back.sampler, gradient, back.angles) : gradient.clone();
  gradient.dispose();
  const { weights, input: towardsInput } = pass.backward(towardsOutput, null, turned?.learn !== undefined);
  if (turned?.learn && towardsInput) {
    add(angleGradient, await turnAngleGradient(turned.sampler, upright, towardsInput, turned.angles));
    turned.learn(angleGradient);
  }
  adam.apply(weights, rate);
  tf.dispose(towardsInput ? [weights, input, upright, towardsInput] : [weights, input, upright]);
  return meanSquare255(sums, target.shape[0] * frame.roiEntries);
}

/** What the output is compared with, and where: the patch, or the turned one in its turned region. New tensors. */
async function comparedWith(
  { frame, loss }: StepInputs,
  target: tf.Tensor4D,
  turned: Turned | null,
): Promise<{ target: tf.Tensor4D; roi: tf.Tensor4D }> {
  if (!turned || loss.taken === 'after') return { target: target.clone(), roi: frame.roi.clone() };
  const rois = tf.tile(frame.roi, [target.shape[0], 1, 1, 1]);
  const [turnedTarget, turnedRoi] = [await turn(turned.sampler, target, turned.angles), await turn(turned.sampler, rois, turned.angles)];
  rois.dispose();
  return { target: turnedTarget, roi: turnedRoi };
}

function add(sum: Float64Array, values: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += values[i]!;
}

function subtract(sum: Float64Array, values: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! -= values[i]!;
}
