import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { operationsOf } from '../src/engine/index.ts';
import { filledMask } from '../src/geometry/index.ts';
import { autoencoderLayers, initialWeights, NetworkFrame, parameterCount } from '../src/models/index.ts';
import { Random } from '../src/random/index.ts';
import { resolveRecipe } from '../src/recipes/index.ts';
import { Adam } from '../src/training/adam.ts';
import { trainingStep } from '../src/training/step.ts';
const engine = await openEngine({ log: console.error });
console.log(engine);
const recipe = resolveRecipe('ae');
const layers = autoencoderLayers(3, recipe.model);
const adam = Adam.start(initialWeights(layers, 'kaiming-true-fan', new Random(1)), recipe.training);
const frame = new NetworkFrame(filledMask(128, 128, 1), 3, null);
console.log(parameterCount(layers));
const B = Number(process.argv[2] ?? 32);
const x = tf.randomUniform([B, 128, 128, 3]) as tf.Tensor4D;
const ts: number[] = [];
for (let i = 0; i < 14; i++) {
  const t = performance.now();
  const loss = await trainingStep({ operations: operationsOf(engine), layers, frame, adam, region: 'roi' }, x, 2e-4);
  ts.push(performance.now() - t);
  if (i % 6 === 0) console.log(loss, tf.memory().numTensors);
}
console.log('median', ts.slice(2).sort((a, b) => a - b)[6]);
