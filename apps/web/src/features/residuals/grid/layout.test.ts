import { describe, expect, it } from 'vitest';
import { CAPTION, GAP, gridLayout, moveBy } from './layout.ts';

describe('grid of images', () => {
  it('fills the width with equal cells of the images’ aspect', () => {
    const layout = gridLayout(10, 4 * 150 + 3 * GAP, 150, 1.5);
    expect(layout).toEqual({ columns: 4, rows: 3, cellWidth: 150, cellHeight: 100 + CAPTION });
    expect(gridLayout(10, 4 * 150 + 3 * GAP - 1, 150, 1).columns).toBe(3);
  });

  it('has one column where not even one cell fits', () => {
    expect(gridLayout(3, 60, 150, 1)).toMatchObject({ columns: 1, rows: 3, cellWidth: 60 });
  });

  it('moves by one, by a row and by a page, and stays inside', () => {
    const at = (key: string, index: number) => moveBy(key, index, 10, 4, 2);
    expect([at('ArrowRight', 3), at('j', 9), at('ArrowLeft', 0), at('k', 5)]).toEqual([4, 9, 0, 4]);
    expect([at('ArrowDown', 1), at('ArrowDown', 7), at('ArrowDown', 9), at('ArrowUp', 5), at('ArrowUp', 2)]).toEqual([5, 9, 9, 1, 2]);
    expect([at('PageDown', 0), at('PageDown', 5), at('PageUp', 9), at('Home', 5), at('End', 5)]).toEqual([8, 9, 1, 0, 9]);
  });

  it('starts at the first image, ignores other keys and an empty grid', () => {
    expect(moveBy('ArrowDown', -1, 10, 4, 2)).toBe(0);
    expect(moveBy('x', 1, 10, 4, 2)).toBeNull();
    expect(moveBy('ArrowDown', -1, 0, 4, 2)).toBeNull();
  });
});
