import { describeRecipe, resolveRecipe } from '@plumbline/ml/recipes';
import { describe, expect, it } from 'vitest';
import { choiceWords, fieldHelp, fieldProblem, fieldTitle, notTrainedHere, sectionOrder, valueWords } from './recipe-words.ts';

const fields = describeRecipe();

describe('a recipe in words', () => {
  it('names every section, every choice and every option that chooses a form', () => {
    const missing = fields.flatMap(({ path, choices }) =>
      (choices ?? [])
        .filter((choice) => typeof choice === 'string' && choiceWords(path, choice) === undefined)
        .map((choice) => `${path}=${choice}`),
    );
    expect(missing).toEqual([]);
    expect(fields.filter((field) => fieldTitle(field) === 'Form').map(({ path }) => path)).toEqual([]);
    expect(fields.map(({ section }) => section).filter((section) => !sectionOrder.includes(section))).toEqual([]);
  });

  it('says empty where a recipe file says null', () => {
    for (const field of fields) expect(fieldHelp(field), field.path).not.toMatch(/\bnull\b|^Which form/);
    const patches = fields.find(({ path }) => path === 'data.trainPatches')!;
    expect(valueWords(patches, '')).toBe('automatic');
    expect(valueWords(patches, '200')).toBe('200');
  });

  it('says under a field what is wrong, without names of the recipe file', () => {
    expect(fieldProblem('training.epochs is 0, but must be a whole number from 1 up to 100000.', 'training.epochs', fields)).toBe(
      'Must be a whole number from 1 up to 100000.',
    );
    expect(
      fieldProblem('geometry.stride is 91, but must be at most geometry.patch, or pixels stay uncovered.', 'geometry.stride', fields),
    ).toBe('Must be at most “Patch”, or pixels stay uncovered.');
    expect(fieldProblem('data.trainPatches is "x", but must be a whole number from 1 or null.', 'data.trainPatches', fields)).toBe(
      'Must be a whole number from 1 or empty.',
    );
  });

  it('knows which recipes the platform does not train', () => {
    expect(notTrainedHere(resolveRecipe('paper/orientation'))).toContain('command line');
    expect(notTrainedHere(resolveRecipe('stn-frozen'))).toBeNull();
  });
});
