import { describe, expect, it } from 'vitest';
import { gridLayout, moved } from './grid-layout.ts';

describe('gridLayout', () => {
  it('fills the width with whole columns and never exceeds it', () => {
    for (const width of [358, 700, 1013, 1240, 2500]) {
      const { columns, tile } = gridLayout(width, 120, 4, 100, 1);
      expect(columns * tile + (columns - 1) * 4).toBeLessThanOrEqual(width);
      expect(columns * (tile + 1) + (columns - 1) * 4).toBeGreaterThan(width);
    }
  });

  it('keeps two columns on the narrowest screen and counts the last, partial row', () => {
    expect(gridLayout(200, 160, 4, 5, 1)).toMatchObject({ columns: 2, rows: 3 });
    expect(gridLayout(200, 160, 4, 0, 1).rows).toBe(0);
  });

  it('gives tiles the proportions of the images, about the same area, and no extremes', () => {
    for (const aspect of [0.6, 1, 2.5]) {
      const { tile, height } = gridLayout(1240, 132, 4, 100, aspect);
      expect(tile / height).toBeCloseTo(aspect, 1);
      expect(Math.sqrt(tile * height)).toBeGreaterThan(120);
      expect(Math.sqrt(tile * height)).toBeLessThan(165);
    }
    const strip = gridLayout(1240, 132, 4, 100, 30);
    expect(strip.tile / strip.height).toBeCloseTo(4, 1);
  });
});

describe('moved', () => {
  it('stays inside the grid', () => {
    expect(moved(null, 'ArrowDown', 5, 12)).toBe(0);
    expect(moved(0, 'ArrowLeft', 5, 12)).toBe(0);
    expect(moved(11, 'ArrowRight', 5, 12)).toBe(11);
    expect(moved(8, 'ArrowDown', 5, 12)).toBe(8);
    expect(moved(2, 'ArrowDown', 5, 12)).toBe(7);
    expect(moved(7, 'ArrowUp', 5, 12)).toBe(2);
  });
});
