import { describe, expect, test } from 'vitest';
import { CATALOGUE, describeRecipe, idleReason, recipeHash, resolveRecipe } from './index.ts';
import { factKey, factKeys, factsOf } from './recipe-fields.ts';

const fields = describeRecipe();

describe('what a form says of a recipe’s options', () => {
  test('every option has an entry and no entry is left over', () => {
    expect(new Set(fields.map(({ path, when }) => factKey(path, when?.value ?? null)))).toEqual(new Set(factKeys));
  });
  test('an option without an entry is an error that names it', () => {
    expect(() => factsOf('model.width', null)).toThrow('model.width has no entry');
  });
  test('a sensible range lies within what the schema allows, and holds the default of an option that is always there', () => {
    for (const { path, sensible, minimum, maximum, default: fallback, when } of fields) {
      if (!sensible) continue;
      expect(sensible[0], path).toBeLessThan(sensible[1]);
      if (minimum !== null) expect(sensible[0], path).toBeGreaterThanOrEqual(minimum);
      if (maximum !== null) expect(sensible[1], path).toBeLessThanOrEqual(maximum);
      if (typeof fallback !== 'number' || when?.option === 'loss.image.kind') continue;
      expect(fallback, path).toBeGreaterThanOrEqual(sensible[0]);
      expect(fallback, path).toBeLessThanOrEqual(sensible[1]);
    }
  });
  test('a place in the paper is a section', () => {
    for (const { path, paper } of fields) if (paper !== null) expect(paper, path).toMatch(/^Sections? \d/);
  });
});

describe('options that do nothing', () => {
  test('are those of the localisation network where there is none', () => {
    const plain = resolveRecipe('ae');
    expect(idleReason(plain, 'orientation.side')).toContain('no localisation network');
    expect(idleReason(resolveRecipe('stn-frozen'), 'orientation.side')).toBeNull();
    expect(idleReason(resolveRecipe('search'), 'orientation.mask')).toBeNull();
    expect(idleReason(resolveRecipe('search'), 'orientation.training.epochs')).not.toBeNull();
    expect(idleReason(resolveRecipe('stn-random'), 'orientation.patches')).not.toBeNull();
    expect(idleReason(resolveRecipe('stn-random'), 'orientation.head')).toBeNull();
  });
  test('are σ of a uniform window and the slope of a plain ReLU', () => {
    const recipe = resolveRecipe('ae', ['residual.ssim.window=uniform', 'model.activation=relu', 'augmentation.rotation.probability=0']);
    for (const path of ['residual.ssim.sigma', 'model.slope', 'augmentation.rotation.degrees'])
      expect(idleReason(recipe, path), path).not.toBeNull();
    expect(idleReason(resolveRecipe('ae'), 'model.slope')).toBeNull();
  });
  test('can be set all the same, and decide the hash: a recipe is what it says', () => {
    const recipe = resolveRecipe('ae', ['model.activation=relu']);
    expect(recipeHash(resolveRecipe('ae', ['model.activation=relu', 'model.slope=0.1']))).not.toBe(recipeHash(recipe));
  });
  test('the sentences are whole, for every recipe of the catalogue', () => {
    for (const { name } of CATALOGUE) {
      const recipe = resolveRecipe(name);
      for (const { path } of fields) expect(idleReason(recipe, path) ?? 'Takes effect.', `${name} ${path}`).toMatch(/^[A-Z].*\.$/);
    }
  });
});
