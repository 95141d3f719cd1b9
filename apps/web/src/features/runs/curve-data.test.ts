import { describe, expect, it } from 'vitest';
import { bestValidation, curveColumns, mergePoints, sparkline, type CurvePoint } from './curve-data.ts';

const point = (series: string, step: number, value: number, epoch = 1): CurvePoint => ({ series, step, epoch, value });

describe('mergePoints', () => {
  it('lets a later attempt replace the same steps and keeps the rest', () => {
    const merged = mergePoints([point('step', 1, 10), point('step', 2, 9)], [point('step', 2, 8), point('train', 2, 7)]);
    expect(merged).toHaveLength(3);
    expect(merged).toContainEqual(point('step', 2, 8));
  });
});

describe('curveColumns', () => {
  it('sorts by step and leaves gaps where a series has no value', () => {
    const columns = curveColumns([point('validation', 20, 5), point('step', 10, 8), point('train', 20, 6)]);
    expect(columns.steps).toEqual([10, 20]);
    expect(columns.step).toEqual([8, null]);
    expect(columns.train).toEqual([null, 6]);
    expect(columns.validation).toEqual([null, 5]);
  });

  it('leaves out values that are not finite, so that a diverged run still has a scale', () => {
    expect(curveColumns([point('step', 1, Number.NaN), point('step', 2, Number.POSITIVE_INFINITY), point('step', 3, 1)]).steps).toEqual([
      3,
    ]);
  });
});

describe('bestValidation', () => {
  it('is the first lowest validation value, and null before any', () => {
    expect(bestValidation([point('step', 1, 1)])).toBeNull();
    expect(bestValidation([point('validation', 1, 4), point('validation', 2, 3), point('validation', 3, 3)])).toEqual(
      point('validation', 2, 3),
    );
  });
});

describe('sparkline', () => {
  it('shows validation once there are two points and the steps before', () => {
    expect(sparkline([point('step', 1, 9), point('step', 2, 8), point('validation', 2, 7)])).toEqual([9, 8]);
    expect(sparkline([point('validation', 1, 7), point('validation', 2, 6)])).toEqual([7, 6]);
  });
});
