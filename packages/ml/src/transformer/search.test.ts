import { describe, expect, it } from 'vitest';
import { cuts, roi, stripes, waves } from './fixture.ts';
import {
  defaultSearch,
  halfTurnGrid,
  minima,
  multiStart,
  orientationDifference,
  OrientationLoss,
  recoveryErrors,
  searchOrientation,
  SteeredOrientation,
  summariseRecovery,
  type Localise,
} from './index.ts';

const degrees = Math.PI / 180;
const turns = [0, 10, 25, 45, 71, 90, 118, 133, 160, 179].map((angle) => angle * degrees);
const apart = (a: number, b: number) => Math.abs(orientationDifference(a, b)) / degrees;

describe('minima', () => {
  it('of a wave sampled coarsely are found between the samples, lowest first', () => {
    const curve = halfTurnGrid(60).map((angle) => 2 - Math.cos(2 * (angle - 0.71)) - 0.6 * Math.cos(4 * (angle - 0.71)));
    const [first, second, ...more] = minima(curve);
    expect(first!.angle).toBeCloseTo(0.71, 3);
    expect(first!.value).toBeCloseTo(0.4, 3);
    expect(second!.angle).toBeCloseTo(0.71 + Math.PI / 2, 3);
    expect(more).toEqual([]);
  });

  it('lie across the end of the curve too', () => {
    const curve = halfTurnGrid(36).map((angle) => -Math.cos(2 * (angle - 3.13)));
    expect(minima(curve).map(({ angle }) => angle)).toEqual([expect.closeTo(3.13, 3)]);
  });

  it('of a full turn appear once per half turn, at the same orientation', () => {
    const curve = Float64Array.from({ length: 72 }, (_, k) => -Math.cos(2 * (5 * degrees * k - 0.4)));
    const found = minima(curve, 2 * Math.PI);
    expect(found).toHaveLength(2);
    for (const { angle } of found) expect(angle).toBeCloseTo(0.4, 3);
  });

  it('of a flat floor count once, in its middle, a step on the way down not at all, and a constant curve has none', () => {
    expect(minima([5, 4, 4, 3, 2, 2, 2, 6])).toEqual([{ angle: expect.closeTo((5 * Math.PI) / 8, 12) as number, value: 2 }]);
    expect(minima([1, 1, 1, 1])).toEqual([]);
  });
});

describe('The steered J', () => {
  it.each(['after', 'disc'] as const)('has its lowest minimum within 2.5° of that of J, mask %s', (mask) => {
    const [images, shape] = cuts(waves, turns);
    const grid = halfTurnGrid(180);
    const curves = new SteeredOrientation(roi, mask).curves(images, shape, grid);
    const loss = new OrientationLoss(roi, mask);
    for (let n = 0; n < shape.count; n += 3) {
      const one = images.subarray(n * 128 * 128, (n + 1) * 128 * 128);
      const exact = Float64Array.from(grid, (angle) => loss.values(one, { ...shape, count: 1 }, [angle])[0]!);
      const steered = curves.subarray(n * 180, (n + 1) * 180);
      expect(apart(minima(steered)[0]!.angle, minima(exact)[0]!.angle)).toBeLessThan(2.5);
    }
  });
});

describe('The search', () => {
  it.each(['after', 'disc'] as const)('turns level stripes cut at φ back by φ, mask %s', (mask) => {
    const found = searchOrientation(new OrientationLoss(roi, mask), ...cuts(stripes, turns));
    turns.forEach((turn, n) => expect(apart(found.angles[n]!, -turn)).toBeLessThan(0.5));
  });

  it('never ends above the steered minimum it began with, and gives J where it ends', () => {
    const loss = new OrientationLoss(roi);
    const [images, shape] = cuts(waves, turns);
    const started = searchOrientation(loss, images, shape, { ...defaultSearch, steps: 0 });
    const found = searchOrientation(loss, images, shape);
    const again = loss.values(images, shape, found.angles);
    found.values.forEach((value, n) => {
      expect(value).toBeLessThanOrEqual(started.values[n]!);
      expect(again[n]).toBeCloseTo(value, 7);
    });
  });

  it('leaves a picture without gradients as it is', () => {
    const found = searchOrientation(new OrientationLoss(roi), new Float32Array(128 * 128), { count: 1, side: 128, channels: 1 });
    expect(found).toEqual({ angles: new Float64Array(1), values: new Float64Array(1) });
  });
});

describe('Known turns', () => {
  const loss = new OrientationLoss(roi);
  const [images, shape] = cuts(waves, turns);
  const estimates = searchOrientation(loss, images, shape).angles;
  const plain = new Float64Array(turns.length).fill(estimates[0]!);

  it('are recovered by the search from patches cut turned: α₂ = α₁ − φ', () => {
    const recovery = summariseRecovery(recoveryErrors(plain, estimates, turns));
    expect(recovery).toMatchObject({ pairs: 10, missedShare: 0 });
    expect(recovery.percentile90Degrees).toBeLessThan(3);
  });

  it('are missed with the turn taken the other way', () => {
    const wrong = recoveryErrors(
      plain,
      estimates,
      turns.map((turn) => -turn),
    );
    expect(summariseRecovery(wrong).medianDegrees).toBeGreaterThan(15);
  });

  it('are not recovered by a constant answer', () => {
    const spread = Array.from(halfTurnGrid(36));
    const constant = new Float64Array(36).fill(0.3);
    const recovery = summariseRecovery(recoveryErrors(constant, constant, spread));
    expect(recovery.medianDegrees).toBeCloseTo(45, 0);
    expect(recovery.missedShare).toBeCloseTo(29 / 36, 9);
  });

  it('errors count modulo 180°, and quantiles are interpolated', () => {
    const errors = recoveryErrors([0, 0.1, 3.1], [3.14, 0.1, 0], [0, 0.2, 0]);
    expect(errors[0]).toBeCloseTo(Math.PI - 3.14, 12);
    expect(errors[1]).toBeCloseTo(0.2, 12);
    expect(errors[2]).toBeCloseTo(Math.PI - 3.1, 12);
    const summary = summariseRecovery(Float64Array.from([1, 2, 3, 40], (angle) => angle * degrees));
    expect(summary).toEqual({
      pairs: 4,
      medianDegrees: expect.closeTo(2.5, 9) as number,
      percentile90Degrees: expect.closeTo(28.9, 9) as number,
      missedShare: 0.25,
    });
  });

  it('need a pair of estimates each, and at least one', () => {
    expect(() => recoveryErrors([0], [0, 1], [0, 1])).toThrow('2 turns need as many pairs of estimates, not 1 and 2');
    expect(() => summariseRecovery(new Float64Array(0))).toThrow('no pairs of patches were given');
  });
});

describe('Multi-start', () => {
  const loss = new OrientationLoss(roi);
  /** An estimator that sees 20° far: the lowest J within that reach. */
  const shortSighted: Localise = (images, shape) => {
    const best = { angles: new Float64Array(shape.count), values: new Float64Array(shape.count).fill(Infinity) };
    for (let angle = -20; angle <= 20; angle += 2)
      loss.values(images, shape, new Float64Array(shape.count).fill(angle * degrees)).forEach((value, n) => {
        if (value < best.values[n]!) [best.values[n], best.angles[n]] = [value, angle * degrees];
      });
    return Promise.resolve(best.angles);
  };

  it('finds with five starts what an estimator that sees 20° far misses with one', async () => {
    const some = turns.slice(2, 8);
    const [images, shape] = cuts(stripes, some);
    const misses = (angles: Float64Array) => some.filter((turn, n) => apart(angles[n]!, -turn) > 3).length;
    expect(misses((await multiStart(loss, images, shape, shortSighted, 1)).angles)).toBeGreaterThan(3);
    const found = await multiStart(loss, images, shape, shortSighted, 5);
    expect(misses(found.angles)).toBe(0);
    loss.values(images, shape, found.angles).forEach((value, n) => expect(value).toBeCloseTo(found.values[n]!, 7));
  });

  it('refuses no starts, and an estimate that is not a number', async () => {
    const [images, shape] = cuts(stripes, [0.3]);
    await expect(multiStart(loss, images, shape, shortSighted, 0)).rejects.toThrow('multi-start needs one start or more, not 0');
    await expect(multiStart(loss, images, shape, () => Promise.resolve([NaN]), 1)).rejects.toThrow('angle 0 of the batch is NaN');
  });
});
