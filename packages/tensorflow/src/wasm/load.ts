import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import type { Engine } from '../engine.ts';
import { filterGradientKernel, inputGradientKernel } from './convolution-kernels.ts';
import { identityKernel } from './identity-kernel.ts';
import { replaceKernel } from './kernel.ts';
import { maxPoolGradientKernel } from './max-pool-gradient.ts';
import { meanKernel, sumKernel } from './reduction-kernels.ts';
import { segmentSumKernel } from './segment-sum-kernel.ts';
import { repairSamePadding } from './same-padding.ts';

const require = createRequire(import.meta.url);

/** Our kernels where the backend has none, a slow one, or an inexact one. */
const kernels = [filterGradientKernel, inputGradientKernel, maxPoolGradientKernel, meanKernel, sumKernel, segmentSumKernel, identityKernel];

/**
 * Makes WebAssembly the tfjs backend, with our kernels. It computes in one thread: the backend's threaded module is made for browsers and does not start in Node.
 * @throws Error when the module cannot be started
 */
export async function loadWasm(): Promise<Engine> {
  require('@tensorflow/tfjs-backend-wasm');
  kernels.forEach(replaceKernel);
  repairSamePadding();
  if (!(await tf.setBackend('wasm'))) throw new Error('The WebAssembly engine could not be started.');
  return { kind: 'wasm', device: 'cpu', tensorflow: null, backend: 'wasm', threads: 1, reason: null, call: null };
}
