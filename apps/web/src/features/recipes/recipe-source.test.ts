import { CATALOGUE, recipeHash, resolveRecipe } from '@plumbline/ml/recipes';
import { describe, expect, it } from 'vitest';
import { asSettings, baseName, catalogueSource, resolved } from './recipe-source.ts';

describe('a recipe begun from another', () => {
  it('is the same recipe to the server, for every two of the catalogue: the settings lead from the base to it', () => {
    for (const { name } of CATALOGUE) {
      const changed = resolveRecipe(name, ['model.latent=17', 'training.epochs=3', 'data.trainPatches=99']);
      const { base, sets } = asSettings(changed);
      expect(recipeHash(resolveRecipe(base, sets)), name).toBe(recipeHash(changed));
    }
  });
  it('that came from a name which the catalogue lost is begun from ae', () => {
    const document = { ...resolveRecipe('sample/ae'), name: 'gone' };
    expect(baseName(document)).toBe('ae');
    const { base, sets } = asSettings(document);
    expect(recipeHash(resolveRecipe(base, sets))).toBe(recipeHash(document));
  });
  it('has the hash of the command line after its changes, and says at which option it is wrong', () => {
    const { document } = catalogueSource('stn-frozen')!;
    expect(resolved(document, { 'model.latent': '12' }).hash).toBe(recipeHash(resolveRecipe('stn-frozen', ['model.latent=12'])));
    expect(
      resolved(document, { 'model.latent': 'x', 'geometry.stride': '900' })
        .problems.map(({ path }) => path)
        .sort(),
    ).toEqual(['geometry.stride', 'model.latent']);
  });
});
