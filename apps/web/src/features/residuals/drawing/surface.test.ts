import { describe, expect, it } from 'vitest';
import { seenTiles, TILE_SIDE } from './surface.ts';

const pane = { width: 400, height: 300 };

describe('the tiles of an image', () => {
  it('of a small image are one, which lies where the image lies, to a fraction of a pixel', () => {
    const { tiles, smooth } = seenTiles({ width: 100, height: 50 }, { x: 10.3, y: -4.7, scaleX: 3, scaleY: 3 }, pane, 1);
    expect(smooth).toBe(false);
    expect(tiles).toEqual([
      { blocks: { x: 0, y: 0, columns: 100, rows: 50, step: 1 }, left: 10.3, top: -4.7, right: 310.3, bottom: 145.3 },
    ]);
  });

  it('of a large one are only those in sight, and meet on whole device pixels', () => {
    const pixelRatio = 1.5;
    const size = { width: 4 * TILE_SIDE + 7, height: 3 * TILE_SIDE };
    const { tiles } = seenTiles(size, { x: -700.21, y: -511.4, scaleX: 1, scaleY: 1 }, pane, pixelRatio);
    expect(tiles.map(({ blocks }) => [blocks.x / TILE_SIDE, blocks.y / TILE_SIDE])).toEqual([
      [1, 0],
      [2, 0],
      [1, 1],
      [2, 1],
    ]);
    expect(tiles[0]!.right).toBe(tiles[1]!.left);
    for (const { left, top } of tiles) for (const edge of [left, top]) expect((edge * pixelRatio) % 1).toBeCloseTo(0, 9);
  });

  it('are read as coarsely as they are seen, and the last one ends with the image', () => {
    const size = { width: 5000, height: 5000 };
    const { tiles, smooth } = seenTiles(size, { x: 0, y: 0, scaleX: 0.06, scaleY: 0.06 }, pane, 1);
    expect(smooth).toBe(true);
    expect(tiles).toHaveLength(1);
    expect(tiles[0]!.blocks).toEqual({ x: 0, y: 0, columns: 313, rows: 313, step: 16 });
    expect(tiles[0]!.right).toBeCloseTo(300);
  });
});
