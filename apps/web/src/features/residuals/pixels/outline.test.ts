import { describe, expect, it } from 'vitest';
import { outlineSegments } from './outline.ts';

const mask = (rows: string[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  data: Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0)),
});
const length = (segments: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < segments.length; i += 4)
    sum += Math.abs(segments[i + 2]! - segments[i]!) + Math.abs(segments[i + 3]! - segments[i + 1]!);
  return sum;
};

describe('outline of a mask', () => {
  it('is empty for an empty mask', () => {
    expect(outlineSegments(mask(['...', '...']))).toHaveLength(0);
  });

  it('surrounds a rectangle with four merged segments on its pixel edges', () => {
    const segments = outlineSegments(mask(['....', '.##.', '....']));
    expect([...segments]).toEqual([1, 1, 3, 1, 1, 2, 3, 2, 1, 1, 1, 2, 3, 1, 3, 2]);
  });

  it('closes at the border of the picture', () => {
    expect(length(outlineSegments(mask(['##', '##'])))).toBe(8);
  });

  it('draws holes and regions that touch at a corner', () => {
    expect(length(outlineSegments(mask(['###', '#.#', '###'])))).toBe(16);
    expect(length(outlineSegments(mask(['#.', '.#'])))).toBe(8);
  });
});
