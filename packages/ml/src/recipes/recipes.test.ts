import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CATALOGUE, describeRecipe, recipeHash, RecipeError, recipeSchema, resolveRecipe, sha256Hex } from './index.ts';

const refusal = (source: string | object, ...sets: string[]): string => {
  try {
    resolveRecipe(source, sets);
  } catch (error) {
    expect(error).toBeInstanceOf(RecipeError);
    return (error as Error).message;
  }
  return 'accepted';
};

describe('resolving', () => {
  test('every catalogue recipe is complete: parsing it again changes nothing', () => {
    for (const { name } of CATALOGUE) {
      const recipe = resolveRecipe(name);
      expect(recipe.name).toBe(name);
      expect(recipeSchema.parse(recipe)).toEqual(recipe);
    }
  });
  test("paper/ae states the paper's letter", () => {
    const recipe = resolveRecipe('paper/ae');
    expect(recipe.geometry).toEqual({ kind: 'patch', resize: 256, patch: 128, padded: 181, input: 128 });
    expect(recipe.training).toMatchObject({ epochs: 200, batch: 128, learningRate: 2e-4, schedule: 'constant', epsilon: 1e-7 });
    expect(recipe.model).toMatchObject({ latent: 100, slope: 0.2, output: 'sigmoid' });
  });
  test('a partial recipe object takes every other value from the defaults', () => {
    const recipe = resolveRecipe({ name: 'mine', geometry: { scale: { by: 'factor' } }, model: { latent: 8 } });
    expect(recipe.geometry).toMatchObject({ kind: 'image', scale: { by: 'factor', value: 0.7071 }, patch: 90 });
    expect(recipe.model).toMatchObject({ latent: 8, slope: 0.2 });
  });
  test('settings apply in order, and a change of form drops what belonged to the other form', () => {
    expect(resolveRecipe('ae', ['training.epochs=3', 'training.epochs=4', 'data.trainPatches=null']).training.epochs).toBe(4);
    expect(resolveRecipe('ae', ['geometry.stride=30', 'geometry.kind=patch']).geometry).toEqual(resolveRecipe('paper/ae').geometry);
  });
});

describe('bad input gets one sentence that names the option', () => {
  test.each([
    ['training.epoch=5', 'training.epoch is not an option of a recipe; did you mean training.epochs?'],
    ['training.epochs=x', 'training.epochs is "x", but must be a whole number from 1 up to 100000.'],
    ['geometry.kind=foo', 'geometry.kind is "foo", but must be one of image, patch.'],
    ['channels=2', 'channels is 2, but must be one of 3, 1.'],
    ['residual.ssim.size=4', 'residual.ssim.size is 4, but must be odd, so that the window has a centre.'],
    ['model=3', 'model is 3, but must be a group of options, such as model.kind.'],
    ['epochs', '--set epochs: write it as option=value, for example --set training.epochs=5.'],
    ['__proto__.x=1', '--set __proto__.x=1: write it as option=value, for example --set training.epochs=5.'],
  ])('%s', (set, message) => expect(refusal('ae', set)).toBe(message));

  test.each([
    [
      ['loss.image.kind=ssim', 'loss.image.size=63', 'geometry.patch=60'],
      'loss.image.size is 63, but must be at most 60, or no window lies whole inside the region of interest.',
    ],
    [
      ['loss.latent.kind=siamese', 'training.batch=1'],
      'training.batch is 1, but must be at least 2 with loss.latent.kind=siamese, which compares pairs of a batch.',
    ],
    [
      ['loss.corruption.kind=noise', 'loss.corruption.touched=0'],
      'loss.corruption.touched is 0, but must be above 0, as noise touches every pixel of a patch.',
    ],
    [
      ['regime.kind=stn-finetuned', 'regime.sampler=nearest'],
      'regime.sampler is "nearest", but must be bilinear or legacy with regime.kind=stn-finetuned: nearest gives the localisation network no gradient, and decay alone would unlearn it.',
    ],
    [
      ['regime.kind=stn-random', 'loss.image.kind=ssim', 'loss.taken=before'],
      'loss.taken is "before", but must be after with regime.kind=stn-random and loss.image.kind=ssim, whose gradient towards the turned patch is not known.',
    ],
    [
      ['regime.kind=search', 'geometry.patch=16', 'geometry.stride=16'],
      'geometry.patch is 16, but must leave at least 32 px of content in the input for an orientation to be measured.',
    ],
  ])('what would train nothing or the wrong thing: %j', (sets, message) => expect(refusal('ae', ...sets)).toBe(message));

  test('the error knows every option that is wrong, the one of its sentence first', () => {
    const attempt = (): unknown => resolveRecipe('ae', ['training.epochs=0', 'model.latent=x', 'data.trainPatches=-1']);
    const error = (() => {
      try {
        return attempt();
      } catch (caught) {
        return caught;
      }
    })() as RecipeError;
    expect(error.issues.map(({ option }) => option).sort()).toEqual(['data.trainPatches', 'model.latent', 'training.epochs']);
    expect(error.issues[0]).toEqual({ option: error.option, message: error.message });
    for (const { option, message } of error.issues) expect(message).toMatch(new RegExp(`^${option} is .*, but must be a whole number`));
  });

  test('an unknown recipe', () =>
    expect(refusal('aee')).toMatch(/^There is no recipe named aee; use one of ae, stn-frozen, .*paper\/ae, .*sample\/ae/));
  test('a list in place of a recipe', () => expect(refusal([1])).toMatch(/not a list/));
});

describe('hash', () => {
  test("our SHA-256 agrees with Node's at every length around a block's end", () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const text = 'ä'.repeat(length);
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });
  test('does not depend on the order of keys or the name, but on every value', () => {
    const recipe = resolveRecipe('ae');
    const reordered = Object.fromEntries(Object.entries(recipe).reverse()) as typeof recipe;
    expect(recipeHash(reordered)).toBe(recipeHash(recipe));
    expect(recipeHash({ ...recipe, name: 'other' })).toBe(recipeHash(recipe));
    expect(recipeHash(resolveRecipe('ae', ['training.epochs=41']))).not.toBe(recipeHash(recipe));
  });
});

test('every option has a title, a help text and a default that the schema accepts', () => {
  const fields = describeRecipe();
  expect(new Set(fields.map((field) => `${field.path} ${field.when?.value}`)).size).toBe(fields.length);
  for (const field of fields) {
    expect(field.title, field.path).toMatch(/^[A-Z]/);
    expect(field.help, field.path).not.toBe('');
    const form = field.when ? [`${field.when.option}=${field.when.value}`] : [];
    expect(() => resolveRecipe('ae', [...form, `${field.path}=${String(field.default)}`]), field.path).not.toThrow();
  }
});
