import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { negated, turn, turnAngleGradient, turnGradient, type Layer, type NetworkFrame, type Sampler } from '../models/index.ts';
import type { Adam } from './adam.ts';
import { AutoencoderPass } from './autoencoder-pass.ts';
import type { Compared, Objective, Shown } from './objective.ts';
import type { StepLoss } from './trainee.ts';

/** What a step trains and by what. */
export interface StepInputs {
  readonly operations: Operations;
  readonly layers: readonly Layer[];
  readonly frame: NetworkFrame;
  readonly adam: Adam;
  readonly objective: Objective;
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
 * @param shown stays the caller's; null where the network is shown the target
 */
export async function trainingStep(
  inputs: StepInputs,
  target: tf.Tensor4D,
  rate: number,
  { turned = null, shown = null }: { readonly turned?: Turned | null; readonly shown?: Shown | null } = {},
): Promise<StepLoss> {
  const { operations, layers, frame, adam, objective } = inputs;
  const upright = frame.standardised(shown?.patches ?? target);
  const input = turned ? await turn(turned.sampler, upright, turned.angles) : upright;
  const random = objective.random('code', adam.steps);
  const pass = new AutoencoderPass(operations, layers, adam.weights, input, objective.code.draw(target.shape[0], random));
  const back = turned && objective.taken === 'after' ? { sampler: turned.sampler, angles: negated(turned.angles) } : null;
  const output = back ? await turn(back.sampler, pass.output, back.angles) : pass.output.clone();
  const compared = await comparedWith(inputs, target, turned, shown?.weights ?? null);
  const { gradient, read } = objective.compare(output, compared);
  const image = await read();
  tf.dispose(compared.weights ? [output, compared.target, compared.roi, compared.weights] : [output, compared.target, compared.roi]);

  // The reconstruction is disposed with its pass, so what depends on it comes first.
  const angleGradient = new Float64Array(target.shape[0]);
  if (back && turned?.learn) subtract(angleGradient, await turnAngleGradient(back.sampler, pass.output, gradient, back.angles));
  // Before turning back, what the output is compared with turns as well.
  else if (turned?.learn) subtract(angleGradient, await turnAngleGradient(turned.sampler, target, gradient, turned.angles));
  const towardsOutput = back ? await turnGradient(back.sampler, gradient, back.angles) : gradient.clone();
  gradient.dispose();
  const learns = turned?.learn !== undefined;
  const region = turned && objective.code.needsRegion ? await turnedRegion(frame, turned) : frame.roi.clone();
  const term = objective.code.measure({ pass, random, region });
  region.dispose();
  const { weights, input: towardsInput } = pass.backward(towardsOutput, term ?? undefined, learns);
  if (turned?.learn && towardsInput) {
    add(angleGradient, await turnAngleGradient(turned.sampler, upright, towardsInput, turned.angles));
    turned.learn(angleGradient);
  }
  adam.apply(weights, rate);
  tf.dispose(towardsInput ? [weights, input, upright, towardsInput] : [weights, input, upright]);
  const value = (await term?.value.data())?.[0] ?? 0;
  term?.value.dispose();
  return { loss: image.squared255, objective: image.value + value };
}

/** What the output is compared with, and where: the patch, or the turned one in its turned region. New tensors. */
async function comparedWith(
  { frame, objective }: StepInputs,
  target: tf.Tensor4D,
  turned: Turned | null,
  weights: tf.Tensor4D | null,
): Promise<Compared> {
  if (!turned || objective.taken === 'after') return { target: target.clone(), roi: frame.roi.clone(), weights: weights?.clone() ?? null };
  const { sampler, angles } = turned;
  // The mask is a constant for the gradient, as that of J is.
  const [turnedTarget, roi] = [await turn(sampler, target, angles), await turnedRegion(frame, turned)];
  return { target: turnedTarget, roi, weights: weights && (await turnedWeights(weights, turned)) };
}

/** The region of interest of each patch, turned with it; a new tensor. */
async function turnedRegion(frame: NetworkFrame, { sampler, angles }: Turned): Promise<tf.Tensor4D> {
  const rois = tf.tile(frame.roi, [angles.length, 1, 1, 1]);
  const turned = await turn(sampler, rois, angles);
  rois.dispose();
  return turned;
}

/** What comes from outside the image counts as untouched: 1, where turning brings 0. */
async function turnedWeights(weights: tf.Tensor4D, { sampler, angles }: Turned): Promise<tf.Tensor4D> {
  const excess = tf.sub(weights, 1) as tf.Tensor4D;
  const turned = await turn(sampler, excess, angles);
  const result = tf.add(turned, 1) as tf.Tensor4D;
  tf.dispose([excess, turned]);
  return result;
}

function add(sum: Float64Array, values: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += values[i]!;
}

function subtract(sum: Float64Array, values: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! -= values[i]!;
}
