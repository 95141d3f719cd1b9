import { filterGradientKernel, inputGradientKernel } from './convolution-kernels.ts';
import { identityKernel } from './identity-kernel.ts';
import { replaceKernel } from './kernel.ts';
import { maxPoolGradientKernel } from './max-pool-gradient.ts';
import { meanKernel, sumKernel } from './reduction-kernels.ts';
import { repairSamePadding } from './same-padding.ts';
import { segmentSumKernel } from './segment-sum-kernel.ts';

/** Our kernels where the backend has none, a slow one, or an inexact one. */
const kernels = [filterGradientKernel, inputGradientKernel, maxPoolGradientKernel, meanKernel, sumKernel, segmentSumKernel, identityKernel];

/** Puts our kernels into the WebAssembly backend. Once, after its package was imported and before it is made the current one; in Node and in browsers. */
export function repairWasmBackend(): void {
  kernels.forEach(replaceKernel);
  repairSamePadding();
}
