import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { operationsOf } from '../src/engine/index.ts';
import { filledMask } from '../src/geometry/index.ts';
import { autoencoderLayers, initialWeights, NetworkFrame, cutWeights, forward, backward, disposeWeights } from '../src/models/index.ts';
import { Random } from '../src/random/index.ts';
import { resolveRecipe } from '../src/recipes/index.ts';
import { Adam } from '../src/training/adam.ts';
import { l2Loss } from '../src/losses/index.ts';
const engine = await openEngine({ log: console.error });
const recipe = resolveRecipe('ae');
const layers = autoencoderLayers(3, recipe.model);
const adam = Adam.start(initialWeights(layers, 'kaiming-true-fan', new Random(1)), recipe.training);
const frame = new NetworkFrame(filledMask(128, 128, 1), 3, null);
const B = 32;
const x = tf.randomUniform([B, 128, 128, 3]) as tf.Tensor4D;
const be = tf.backend() as any;
const o = be.executeSingleOutput.bind(be);
const om = be.executeMultipleOutputs.bind(be);
let log: Record<string, [number, number]> = {};
be.executeSingleOutput = (n: string, a: any, i: any) => {
  const t = performance.now();
  const r = o(n, a, i);
  const d = performance.now() - t;
  const e = (log[n] ??= [0, 0]);
  e[0] += d;
  e[1]++;
  return r;
};
be.executeMultipleOutputs = (n: string, a: any, i: any, k: number) => {
  const t = performance.now();
  const r = om(n, a, i, k);
  const d = performance.now() - t;
  const e = (log[n] ??= [0, 0]);
  e[0] += d;
  e[1]++;
  return r;
};
const phases: Record<string, number> = {};
const ops = operationsOf(engine);
const N = 14;
for (let k = 0; k < N + 2; k++) {
  if (k === 2) {
    log = {};
    for (const p in phases) delete phases[p];
  }
  let t = performance.now();
  const mark = (n: string) => {
    const u = performance.now();
    phases[n] = (phases[n] ?? 0) + u - t;
    t = u;
  };
  const w = cutWeights(layers, adam.weights);
  mark('cut');
  const input = frame.standardised(x);
  const outs = forward(ops, layers, w, input);
  mark('forward');
  const { squares, gradient } = l2Loss(outs.at(-1)!, x, frame.roi, frame.entries, 'roi');
  mark('loss');
  const g = backward(ops, layers, w, input, outs, gradient);
  mark('backward');
  adam.apply(g, 1e-3);
  mark('adam');
  g.dispose();
  disposeWeights(w);
  input.dispose();
  await squares.data();
  squares.dispose();
  mark('end');
}
let tot = 0;
for (const [n, v] of Object.entries(phases)) {
  console.log(n, (v / N).toFixed(1));
  tot += v / N;
}
console.log('total', tot.toFixed(1));
let ops_ = 0;
for (const [n, [v, c]] of Object.entries(log).sort((a, b) => b[1][0] - a[1][0])) {
  console.log('  ', n.padEnd(24), (v / N).toFixed(1), c / N);
  ops_ += v / N;
}
console.log('in ops', ops_.toFixed(1));
