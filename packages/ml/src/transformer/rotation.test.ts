import { describe, expect, it } from 'vitest';
import { inverseTheta, orientationDifference, thetaOf, wrapHalfTurn, wrapTurn, type Affine } from './index.ts';

const degrees = Math.PI / 180;

describe('θ', () => {
  it('is the rotation of Eq. 8', () => {
    const expected = [Math.cos(0.3), -Math.sin(0.3), 0, Math.sin(0.3), Math.cos(0.3), 0];
    thetaOf(0.3).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 15));
  });

  it('inverted is the rotation back', () => {
    const back = thetaOf(-1.1);
    inverseTheta(thetaOf(1.1)).forEach((value, i) => expect(value).toBeCloseTo(back[i]!, 15));
  });

  it('inverted undoes any invertible θ, translation included', () => {
    const theta: Affine = [1.5, -0.4, 0.3, 0.2, 0.7, -0.9];
    const apply = (t: Affine, [x, y]: readonly [number, number]) =>
      [t[0] * x + t[1] * y + t[2], t[3] * x + t[4] * y + t[5]] as [number, number];
    const [x, y] = apply(inverseTheta(theta), apply(theta, [0.25, -2]));
    expect(x).toBeCloseTo(0.25, 12);
    expect(y).toBeCloseTo(-2, 12);
  });

  it('without an inverse is refused', () => {
    expect(() => inverseTheta([1, 2, 0, 2, 4, 0])).toThrow('this θ has no inverse');
  });
});

describe('An angle', () => {
  it.each([
    [0, 0],
    [190, 10],
    [-10, 170],
    [180, 0],
    [-180, 0],
    [725, 5],
  ])('of %d° is the orientation %d°', (angle, expected) => {
    expect(wrapHalfTurn(angle * degrees) / degrees).toBeCloseTo(expected, 9);
  });

  it('stays below the period however little it lies below 0', () => {
    expect(wrapHalfTurn(-1e-20)).toBe(0);
    expect(wrapTurn(-1e-20)).toBe(0);
  });

  it('keeps its half under a whole turn', () => {
    expect(wrapTurn(-170 * degrees) / degrees).toBeCloseTo(190, 9);
  });

  it.each([
    [10, 170, 20],
    [170, 10, -20],
    [5, 185, 0],
    [90, 0, -90],
    [400, 30, 10],
  ])('%d° less %d° is %d° as orientations', (a, b, expected) => {
    expect(orientationDifference(a * degrees, b * degrees) / degrees).toBeCloseTo(expected, 9);
  });
});
