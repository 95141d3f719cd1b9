import { recipeHash, resolveRecipe } from '@plumbline/ml/recipes';
import { expect, it } from 'vitest';
import { decodeChanges, setsOf } from '../recipes/recipe-document.ts';
import { trainAgainQuery } from './train-again.ts';

it('the form of “train again” holds the recipe, data, name and seed of the run', () => {
  const document = resolveRecipe('sample/ae', [
    'training.epochs=9',
    'data.trainPatches=null',
    'regime.kind=multi-start',
    'regime.starts=6',
  ]);
  const run = { seed: 7, variant: { name: 'mine & yours' }, datasetVersion: { dataset: { id: 'dst_1' } } };
  for (const name of ['sample/ae', 'a recipe of yesterday']) {
    const query = new URLSearchParams(trainAgainQuery({ ...run, recipe: { name, document } }));
    expect([query.get('dataset'), query.get('variant'), query.get('seed')]).toEqual(['dst_1', 'mine & yours', '7']);
    const again = resolveRecipe(query.get('recipe') ?? '', setsOf(decodeChanges(query.get('set'))));
    expect(recipeHash(again), name).toBe(recipeHash(document));
  }
});
