import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import {
  negated,
  turn,
  turnAngleGradient,
  turnGradient,
  turning,
  turningGradients,
  type Layer,
  type NetworkFrame,
  type Sampler,
  type Turning,
} from '../models/index.ts';
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
  const seen = turned ? await turning(turned.sampler, upright, turned.angles) : null;
  const input = seen?.output ?? upright;
  const random = objective.random('code', adam.steps);
  const pass = new AutoencoderPass(operations, layers, adam.weights, input, objective.code.draw(target.shape[0], random));
  const back = turned && objective.taken === 'after' ? await turning(turned.sampler, pass.output, negated(turned.angles)) : null;
  const output = back?.output ?? pass.output.clone();
  const compared = await comparedWith(inputs, target, turned, shown?.weights ?? null);
  const { gradient, read } = objective.compare(output, compared);
  const image = await read();
  tf.dispose(compared.weights ? [output, compared.target, compared.roi, compared.weights] : [output, compared.target, compared.roi]);

  const learn = turned?.learn;
  const towards = await towardsOutput(gradient, back, compared.turning, learn !== undefined);
  gradient.dispose();
  const region = turned && objective.code.needsRegion ? await turnedRegion(frame, turned) : frame.roi.clone();
  const term = objective.code.measure({ pass, random, region });
  region.dispose();
  const { weights, input: towardsInput } = pass.backward(towards.output, term ?? undefined, learn !== undefined);
  if (learn && seen && towardsInput) {
    const first = await turnAngleGradient(seen, towardsInput);
    learn(first.map((value, n) => value - towards.angles[n]!));
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
): Promise<Compared & { readonly turning: Turning | null }> {
  if (!turned || objective.taken === 'after')
    return { target: target.clone(), roi: frame.roi.clone(), weights: weights?.clone() ?? null, turning: null };
  // The mask is a constant for the gradient, as that of J is.
  const [seen, roi] = [await turning(turned.sampler, target, turned.angles), await turnedRegion(frame, turned)];
  return { target: seen.output, roi, weights: weights && (await turnedWeights(weights, turned)), turning: seen };
}

/**
 * The gradient towards what the autoencoder gave (a new tensor), and what is to be taken from the one towards the angles: those of turning back,
 * which are the negative ones, or, before turning back, those of the patch that the output is compared with, whose gradient is −`gradient`.
 */
async function towardsOutput(gradient: tf.Tensor4D, back: Turning | null, compared: Turning | null, learns: boolean) {
  if (back && learns) {
    const { input, angles } = await turningGradients(back, gradient);
    return { output: input, angles };
  }
  const angles = compared && learns ? await turnAngleGradient(compared, gradient) : new Float64Array(gradient.shape[0]);
  return { output: back ? await turnGradient(back, gradient) : gradient.clone(), angles };
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
