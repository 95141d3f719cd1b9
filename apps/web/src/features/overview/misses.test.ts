import { expect, it } from 'vitest';
import { worstMisses } from './misses.ts';

it('are the defective images with the lowest scores; good ones and unscored ones are not misses', () => {
  const images = [
    { label: 'good', score: 0.1 },
    { label: 'hole', score: 0.4 },
    { label: 'crack', score: 0.2 },
    { label: 'stain', score: null },
    { label: 'hole', score: 0.9 },
  ];
  expect(worstMisses(images, 0.3, 2)).toEqual([
    { label: 'crack', score: 0.2, missed: true },
    { label: 'hole', score: 0.4, missed: false },
  ]);
  expect(worstMisses(images, null, 1)[0]?.missed).toBeNull();
});
