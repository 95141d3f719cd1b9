import type { EngineKind } from '../src/index.ts';

/** A failure in the engine's own code that is known and does not concern us. Both patterns have to match; anything else that fails is a fault. */
interface KnownFailure {
  readonly name: RegExp;
  readonly message: RegExp;
  readonly reason: string;
  /** How many specs fail so; fewer is welcome, more is a fault. */
  readonly count: number;
}

const known: Readonly<Record<EngineKind, readonly KnownFailure[]>> = {
  native: [{ name: /^round .* int32$/, message: /Arrays differ/, reason: 'TensorFlow does not round int32', count: 1 }],
  wasm: [
    { name: / NCHW/, message: /does not support dataFormat|rank-1 bias/, reason: 'the backend computes channels-last only', count: 33 },
    {
      name: /^fused (conv2d|depthwiseConv2D) /,
      message: /only supports rank-1 bias/,
      reason: 'the backend fuses a vector bias only',
      count: 5,
    },
    {
      name: /depthwiseConv2D .*gradient|depthwiseConv2d gradients/i,
      message: /Kernel 'DepthwiseConv2dNativeBackprop(Input|Filter)' not registered/,
      reason: 'the backend has no gradients of depthwise convolutions',
      count: 10,
    },
    { name: /^RGBToGrayscale /, message: /Kernel 'Einsum' not registered/, reason: 'the backend has no Einsum', count: 2 },
    {
      name: /^pool .* f=\[1,1\] s=2 p=1 /,
      message: /Arrays differ/,
      reason: "the backend's library refuses pooling over one value",
      count: 2,
    },
  ],
};

/** The reason for a failure when it is a known one, else null. */
export function knownReason(engine: EngineKind, failure: { readonly name: string; readonly message: string }): string | null {
  return known[engine].find(({ name, message }) => name.test(failure.name) && message.test(failure.message))?.reason ?? null;
}

/** The most failures that may be known on an engine. */
export function mostKnown(engine: EngineKind): number {
  return known[engine].reduce((sum, { count }) => sum + count, 0);
}

/** How many specs a full run contains at least: a suite that shrank has stopped testing. */
export const leastSpecs: Readonly<Record<EngineKind, number>> = { native: 3883, wasm: 1010 };

/** On WebAssembly: what concerns convolutions, pooling, sums and gradients. */
const inScope = /conv|pool|gradient|grad\b|grads|^sum|^mean|Backprop/i;

export function isOutOfScope(name: string): boolean {
  return !inScope.test(name);
}
