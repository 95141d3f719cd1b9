/** `pnpm bench transformer`: milliseconds of the spatial transformer's parts on one thread, 128 × 128, medians of 15. */
import { Random } from '../src/random/index.ts';
import { angleGradients, rotate, rotateBack, type BatchShape } from '../src/transformer/index.ts';

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

for (const channels of [1, 3] as const) {
  const shape: BatchShape = { count: 32, side: 128, channels };
  const images = noise(32 * 128 * 128 * channels);
  const dy = noise(images.length);
  const out = new Float32Array(images.length);
  const angles = Float64Array.from({ length: 32 }, () => 2 * Math.PI * random.next());
  for (const sampler of ['bilinear', 'legacy', 'nearest'] as const) {
    const name = `${sampler}, batch 32, ${channels} channel${channels === 1 ? '' : 's'}`;
    console.log(`${name}: forward ${milliseconds(() => rotate(sampler, images, shape, angles, out))}`);
    console.log(`${name}: to the images ${milliseconds(() => rotateBack(sampler, dy, shape, angles, out))}`);
    console.log(`${name}: to the angles ${milliseconds(() => angleGradients(sampler, images, dy, shape, angles))}`);
  }
}
