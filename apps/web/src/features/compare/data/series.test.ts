import { describe, expect, it } from 'vitest';
import { onGrid, outlineOf } from './series.ts';

describe('a curve on a grid', () => {
  it('goes through its own points, takes the upper end of a step, and is straight between them', () => {
    const grid = onGrid(
      [
        { x: 0, y: 0 },
        { x: 0, y: 0.5 },
        { x: 0.5, y: 0.5 },
        { x: 1, y: 1 },
      ],
      4,
    );
    expect(grid).toEqual([
      { x: 0, y: 0.5 },
      { x: 0.25, y: 0.5 },
      { x: 0.5, y: 0.5 },
      { x: 0.75, y: 0.75 },
      { x: 1, y: 1 },
    ]);
  });

  it('is read from left to right however it comes, and is empty where there is none', () => {
    expect(onGrid([{ x: 1, y: 0.2 }, { x: 0, y: 1 }], 1)).toEqual([
      { x: 0, y: 1 },
      { x: 1, y: 0.2 },
    ]);
    expect(onGrid([])).toEqual([]);
  });
});

it('the outline of bars holds every value once, the highest too', () => {
  const outline = outlineOf([0, 0.4, 0.6, 1], [0, 1], 2);
  expect(outline.map(({ y }) => y)).toEqual([0, 2, 2, 2, 2, 0]);
  expect(outline.at(-1)).toEqual({ x: 1, y: 0 });
});
