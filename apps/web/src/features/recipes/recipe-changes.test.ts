import { resolveRecipe } from '@plumbline/ml/recipes';
import { expect, it } from 'vitest';
import { changesInWords, sideBySide } from './recipe-changes.ts';

const differing = (a: string[], b: string[]): [string, string | null, string | null][] =>
  sideBySide(resolveRecipe('ae', a), resolveRecipe('ae', b))
    .flatMap(({ pairs }) => pairs)
    .filter(({ differs }) => differs)
    .map(({ field, a: before, b: after }) => [field.path, before, after]);

it('two recipes differ in the options that say something else, and in those that only one of them has', () => {
  expect(differing(['model.latent=12'], ['model.latent=13'])).toEqual([['model.latent', '12', '13']]);
  expect(differing([], ['loss.image.kind=ssim', 'loss.image.sigma=2'])).toEqual([
    ['loss.image.kind', 'squared difference', '1 − SSIM'],
    ['loss.image.window', null, 'Gaussian'],
    ['loss.image.sigma', null, '2 px'],
    ['loss.image.size', null, '11 px'],
  ]);
});

it('the same recipe differs in nothing, and a changed one says what was changed', () => {
  expect(differing([], [])).toEqual([]);
  expect(changesInWords(resolveRecipe('sample/ae'))).toBe('');
  expect(changesInWords(resolveRecipe('sample/ae', ['model.latent=12', 'training.epochs=3']))).toMatch(/ 12 · .* 3$/);
});
