import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operationsOf, type Operations } from '../engine/index.ts';
import { filledMask, type Mask, type PixelImage } from '../geometry/index.ts';
import { Random } from '../random/index.ts';
import { recipeSchema, type RecipeInput } from '../recipes/index.ts';
import { defaultSsim, meanOverValid, ssimMap } from '../similarity/index.ts';
import { expectGradient, uniform } from './gradient-check.ts';
import { createImageLoss, total, type Counted, type ImageLoss } from './index.ts';

type ImageOptions = NonNullable<NonNullable<RecipeInput['loss']>['image']>;

const SIDE = 16;
const CHANNELS = 3;
const BATCH = 2;
const SHAPE = [BATCH, SIDE, SIDE, CHANNELS] as const;
const ENTRIES = SIDE * SIDE * CHANNELS;

/** A region two pixels from the rim. */
const roi: Mask = filledMask(SIDE, SIDE, 0);
for (let i = 0; i < SIDE * SIDE; i++) {
  const near = Math.min(i % SIDE, Math.floor(i / SIDE), SIDE - 1 - (i % SIDE), SIDE - 1 - Math.floor(i / SIDE));
  if (near >= 2) roi.data[i] = 1;
}
const roiEntries = roi.data.reduce((sum, inside) => sum + inside, 0) * CHANNELS;
const perEntry = (mask: Mask): Float32Array => Float32Array.from({ length: ENTRIES }, (_, i) => mask.data[Math.floor(i / CHANNELS)]!);

const random = Random.of('image losses');
const target = uniform(random, BATCH * ENTRIES, 0, 1);
// Away from the target, where absolute differences have a kink.
const output = target.map((value) => value + (random.next() < 0.5 ? -1 : 1) * (0.05 + 0.3 * random.next()));
/** Some pixels of the region count threefold; one set a patch. */
const weights = new Float32Array(BATCH * ENTRIES);
for (let pixel = 0; pixel < BATCH * SIDE * SIDE; pixel++)
  weights.fill(roi.data[pixel % (SIDE * SIDE)]! * (random.next() < 0.3 ? 3 : 1), pixel * CHANNELS, (pixel + 1) * CHANNELS);

const optionsOf = (image: ImageOptions) => recipeSchema.parse({ loss: { image } }).loss.image;

/** With step and tolerance of the differences. Features have kinks, and their absolute differences many: a short step crosses few, but float32 makes it rough. */
const KINDS: readonly [ImageOptions, { step: number; tolerance: number }][] = [
  [{ kind: 'l2' }, { step: 2 ** -9, tolerance: 1e-3 }],
  [{ kind: 'l1' }, { step: 2 ** -9, tolerance: 1e-3 }],
  [
    { kind: 'ssim', size: 7 },
    { step: 2 ** -9, tolerance: 5e-3 },
  ],
  [
    { kind: 'ssim', size: 5, window: 'uniform' },
    { step: 2 ** -9, tolerance: 5e-3 },
  ],
  [{ kind: 'features' }, { step: 2 ** -12, tolerance: 5e-3 }],
  [
    { kind: 'perceptual', image: 0.5 },
    { step: 2 ** -12, tolerance: 3e-2 },
  ],
];

describe.each(['native', 'wasm'] as const)('image losses on the %s engine', (engineKind) => {
  let operations: Operations;
  let available = false;
  beforeAll(async () => {
    const engine = await openEngine({ prefer: engineKind });
    available = engine.kind === engineKind;
    operations = operationsOf(engine);
  });
  beforeEach(({ skip }) => {
    if (!available) skip(`the ${engineKind} engine is not installed`);
  });

  const images = (values: Float32Array): tf.Tensor4D => tf.tensor4d(values, [...SHAPE]);
  const whole = (): Counted => ({ counts: tf.ones([1, SIDE, SIDE, CHANNELS]), entries: ENTRIES });
  const inRegion = (): Counted => ({ counts: tf.tensor4d(perEntry(roi), [1, SIDE, SIDE, CHANNELS]), entries: roiEntries });
  const weighted = (): Counted => ({ counts: images(weights), entries: roiEntries });

  function measured(loss: ImageLoss, values: Float32Array, counted: Counted): { value: number; gradient: Float32Array } {
    const [x, y] = [images(values), images(target)];
    const { parts, gradient } = loss.measure(x, y, counted);
    const result = { value: total(parts.dataSync()), gradient: gradient.dataSync<'float32'>().slice() };
    tf.dispose([x, y, parts, gradient]);
    return result;
  }

  describe.each(KINDS)('%j', (kind, check) => {
    test.each([
      ['the whole image', whole],
      ['the region', inRegion],
      ['pixels of different weight', weighted],
    ])('the gradient over %s is the value’s', async (_, make) => {
      const loss = createImageLoss(optionsOf(kind), operations, SIDE, CHANNELS);
      const counted = make();
      const { gradient } = measured(loss, output, counted);
      await expectGradient((x) => measured(loss, x, counted).value, output, gradient, check);
      counted.counts.dispose();
      loss.dispose();
    });

    test('is 0 for equal images, ignores what does not count, and leaves no tensor behind', () => {
      const before = tf.memory().numTensors;
      const loss = createImageLoss(optionsOf(kind), operations, SIDE, CHANNELS);
      const counted = weighted();
      expect(Math.abs(measured(loss, target, counted).value)).toBeLessThan(1e-6);
      const inside = measured(loss, output, counted);
      const elsewhere = measured(
        loss,
        output.map((value, i) => (weights[i] ? value : 0.5 - value)),
        counted,
      );
      expect(elsewhere.value).toBeCloseTo(inside.value, 6);
      expect(elsewhere.gradient.every((value, i) => weights[i] !== 0 || value === 0)).toBe(true);
      counted.counts.dispose();
      loss.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  test('l2 and l1 are the means of squared and absolute differences over what counts', () => {
    const mean = (of: (difference: number) => number): number =>
      output.reduce((sum, value, i) => sum + weights[i]! * of(value - target[i]!), 0) / (BATCH * roiEntries);
    for (const [kind, of] of [
      ['l2', (d: number) => d * d],
      ['l1', Math.abs],
    ] as const) {
      const { value } = measured(createImageLoss(optionsOf({ kind }), operations, SIDE, CHANNELS), output, weighted());
      expect(value / mean(of)).toBeCloseTo(1, 6);
    }
  });

  test.each([
    { window: 'gaussian', size: 7 },
    { window: 'uniform', size: 5 },
  ] as const)('the SSIM loss is 1 − the mean SSIM of the residual maps: %j', (window) => {
    const pixels = (values: Float32Array, i: number): PixelImage => ({
      width: SIDE,
      height: SIDE,
      channels: CHANNELS,
      data: values.slice(i * ENTRIES, (i + 1) * ENTRIES),
    });
    const loss = createImageLoss(optionsOf({ kind: 'ssim', ...window }), operations, SIDE, CHANNELS);
    for (const [counted, mask] of [
      [inRegion(), roi],
      [whole(), filledMask(SIDE, SIDE, 1)],
    ] as const) {
      const means = [0, 1].map((i) =>
        meanOverValid(ssimMap(pixels(output, i), pixels(target, i), { ...defaultSsim, ...window }), mask, (window.size - 1) / 2)!,
      );
      expect(measured(loss, output, counted).value).toBeCloseTo(1 - (means[0]! + means[1]!) / 2, 5);
    }
  });

  test('relative-perceptual-L1 does not change when both images lose contrast alike', () => {
    const loss = createImageLoss(optionsOf({ kind: 'perceptual' }), operations, SIDE, CHANNELS);
    const counted = whole();
    const faint = (values: Float32Array) => images(values.map((value) => 0.5 + 0.1 * (value - 0.5)));
    const { parts } = loss.measure(faint(output), faint(target), counted);
    expect(total(parts.dataSync()) / measured(loss, output, counted).value).toBeCloseTo(1, 3);
  });

  test('an SSIM window larger than the image is refused', () => {
    expect(() => createImageLoss(optionsOf({ kind: 'ssim', size: 17 }), operations, SIDE, CHANNELS)).toThrow(RangeError);
  });
});
