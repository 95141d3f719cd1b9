import { expect, it } from 'vitest';
import { changeSince } from './change.ts';

const best = (mean: number, variantName = 'ae') => ({ variantId: variantName, variantName, mean });

it('tells the difference of the numbers as they are printed, and who led before', () => {
  expect(changeSince(best(0.9), null, 3)).toEqual({ direction: 'new', text: 'new this week' });
  expect(changeSince(best(0.9), best(0.85), 3)).toEqual({ direction: 'up', text: '▲ 0.050 in a week' });
  expect(changeSince(best(0.8, 'ours'), best(0.85), 3)).toEqual({ direction: 'down', text: '▼ 0.050 in a week, was ae' });
  expect(changeSince(best(0.9002), best(0.8998), 3)).toEqual({ direction: 'same', text: 'unchanged in a week' });
});
