import { resolveRecipe } from '@plumbline/ml/recipes';
import { expect, it } from 'vitest';
import { differingOptions } from './what-differs.tsx';

it('an option is listed once, with what every recipe says of it', () => {
  const recipes = [
    resolveRecipe('ae'),
    resolveRecipe('ae', ['model.latent=17']),
    resolveRecipe('ae', ['model.latent=17', 'training.epochs=3']),
  ];
  const found = differingOptions(recipes);
  expect(found.map(({ path }) => path).sort()).toEqual(['model.latent', 'training.epochs']);
  const latent = found.find(({ path }) => path === 'model.latent')!;
  expect(latent.values.slice(1)).toEqual(['17', '17']);
  const epochs = found.find(({ path }) => path === 'training.epochs')!;
  expect(epochs.values[0]).toBe(epochs.values[1]);
  expect(epochs.values[2]).toBe('3');
  expect(differingOptions([recipes[0]!, resolveRecipe('ae')])).toEqual([]);
});
