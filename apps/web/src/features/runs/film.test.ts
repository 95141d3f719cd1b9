import { describe, expect, it } from 'vitest';
import { addPreviews, filmOf } from './film.ts';

const preview = (epoch: number, imageId: string, url = `${imageId}@${epoch}`) => ({ epoch, imageId, url });

describe('filmOf', () => {
  it('puts the input beside reconstructions by ascending epoch, one row an image', () => {
    const film = filmOf([preview(5, 'b'), preview(0, 'a'), preview(1, 'a'), preview(5, 'a'), preview(0, 'b')]);
    expect(film.epochs).toEqual([1, 5]);
    expect(film.rows.map((row) => row.imageId)).toEqual(['a', 'b']);
    expect(film.rows[0]?.input).toBe('a@0');
    expect(film.rows[1]?.byEpoch.get(1)).toBeUndefined();
  });
});

describe('addPreviews', () => {
  it('replaces the same image and epoch instead of showing it twice', () => {
    const merged = addPreviews([preview(1, 'a', 'old'), preview(1, 'b')], [preview(1, 'a', 'new')]);
    expect(merged).toHaveLength(2);
    expect(merged).toContainEqual(preview(1, 'a', 'new'));
  });
});
