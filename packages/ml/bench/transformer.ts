/** `pnpm bench transformer`: milliseconds of the spatial transformer's parts on one thread, 128 × 128, medians of 15. */
import { regionOfInterest } from '../src/geometry/index.ts';
import { Random } from '../src/random/index.ts';
import {
  angleGradients,
  halfTurnGrid,
  OrientationLoss,
  rotate,
  rotateBack,
  rotateGradients,
  searchOrientation,
  SteeredOrientation,
  type BatchShape,
} from '../src/transformer/index.ts';

const ROUNDS = 15;

function milliseconds(work: () => unknown): string {
  const times: number[] = [];
  for (let round = -5; round < ROUNDS; round++) {
    const start = performance.now();
    work();
    if (round >= 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return `${times[ROUNDS >> 1]!.toFixed(1)} ms (least ${times[0]!.toFixed(1)})`;
}

const random = new Random(1);
const noise = (length: number): Float32Array => Float32Array.from({ length }, () => random.next());

const roi = regionOfInterest({ kind: 'image', scale: { by: 'shortSide', value: 181 }, patch: 90, input: 128, stride: 45 });
for (const channels of [1, 3] as const) {
  const shape: BatchShape = { count: 32, side: 128, channels };
  const images = noise(32 * 128 * 128 * channels);
  const dy = noise(images.length);
  const out = new Float32Array(images.length);
  const angles = Float64Array.from({ length: 32 }, () => 2 * Math.PI * random.next());
  const inside = (values: Float32Array): Float32Array =>
    values.map((value, i) => value * roi.data[Math.floor(i / channels) % roi.data.length]!);
  const [patches, towards] = [inside(images), inside(dy)];
  console.log(
    `bilinear, padded patches, ${channels} channel${channels === 1 ? '' : 's'}: forward ${milliseconds(() => rotate('bilinear', patches, shape, angles, out))}, ` +
      `both gradients ${milliseconds(() => rotateGradients('bilinear', out, towards, shape, angles))}, to the angles ${milliseconds(() => angleGradients('bilinear', patches, dy, shape, angles))}`,
  );
  for (const sampler of ['bilinear', 'legacy', 'nearest'] as const) {
    const name = `${sampler}, batch 32, ${channels} channel${channels === 1 ? '' : 's'}`;
    console.log(`${name}: forward ${milliseconds(() => rotate(sampler, images, shape, angles, out))}`);
    console.log(`${name}: to the images ${milliseconds(() => rotateBack(sampler, dy, shape, angles, out))}`);
    console.log(`${name}: to the angles ${milliseconds(() => angleGradients(sampler, images, dy, shape, angles))}`);
  }
}

for (const channels of [1, 3] as const) {
  const shape: BatchShape = { count: 16, side: 128, channels };
  const images = noise(16 * 128 * 128 * channels);
  const angles = Float64Array.from({ length: 16 }, () => Math.PI * random.next());
  const name = `batch 16, ${channels} channel${channels === 1 ? '' : 's'}`;
  for (const mask of ['after', 'before', 'disc'] as const) {
    const loss = new OrientationLoss(roi, mask);
    console.log(`J, mask ${mask}, ${name}: ${milliseconds(() => loss.values(images, shape, angles))}`);
    console.log(`J and its gradient, mask ${mask}, ${name}: ${milliseconds(() => loss.gradients(images, shape, angles))}`);
  }
  const loss = new OrientationLoss(roi);
  const steered = new SteeredOrientation(roi);
  console.log(`steered J at 60 angles, ${name}: ${milliseconds(() => steered.curves(images, shape, halfTurnGrid(60)))}`);
  console.log(`search, ${name}: ${milliseconds(() => searchOrientation(loss, images, shape))}`);
}
