import { CATALOGUE, recipeHash, resolveRecipe } from '@plumbline/ml/recipes';
import { describe, expect, it } from 'vitest';
import {
  changesBetween,
  decodeChanges,
  encodeChanges,
  fieldsOf,
  issueFor,
  problemsOf,
  setsOf,
  soundChanges,
  suggestedVariant,
  valueAt,
  valueText,
  withChange,
} from './recipe-document.ts';

describe('a recipe document', () => {
  it('is read by dotted path, and missing parts are undefined instead of an error', () => {
    expect(valueAt({ training: { epochs: 20 } }, 'training.epochs')).toBe(20);
    expect(valueAt({ training: null }, 'training.epochs')).toBeUndefined();
    expect(valueText(null)).toBe('');
    expect(valueText(false)).toBe('false');
  });
});

describe('changes', () => {
  it('become settings; an emptied option is null', () => {
    expect(setsOf({ 'training.epochs': ' 20 ', 'data.trainPatches': '' })).toEqual(['training.epochs=20', 'data.trainPatches=null']);
  });

  it('survive the way through the address', () => {
    const changes = { 'training.learningRate': '1e-3', 'model.output': 'linear', 'data.trainPatches': '' };
    expect(decodeChanges(encodeChanges(changes))).toEqual(changes);
    expect(decodeChanges(null)).toEqual({});
    expect(decodeChanges('=1;;x;__proto__=3;a.b=1')).toEqual({ 'a.b': '1' });
  });
});

describe('the options of a recipe', () => {
  it('are those of the forms that it takes, each once', () => {
    const paths = fieldsOf(resolveRecipe('paper/ae')).map(({ path }) => path);
    expect(paths).toContain('geometry.resize');
    expect(paths).not.toContain('geometry.scale.by');
    for (const { name } of CATALOGUE) {
      const all = fieldsOf(resolveRecipe(name)).map(({ path }) => path);
      expect(new Set(all).size, name).toBe(all.length);
    }
  });

  it('that differ between two recipes lead from one to the other', () => {
    const from = resolveRecipe('ae');
    for (const { name } of CATALOGUE) {
      const to = resolveRecipe(name, ['training.epochs=7', 'loss.latent.kind=sparse-kl', 'loss.latent.weight=0.5']);
      expect(recipeHash(resolveRecipe('ae', setsOf(changesBetween(from, to)))), name).toBe(recipeHash(to));
    }
    expect(changesBetween(from, from)).toEqual({});
  });

  it('of a form go with it when another form is chosen, and its choice comes before them', () => {
    const base = resolveRecipe('ae');
    const features = withChange({ 'training.epochs': '3', 'loss.image.size': '9' }, base, 'loss.image.kind', 'features');
    const weighted = withChange(features, base, 'loss.image.weight', '2');
    expect(setsOf(weighted)).toEqual(['loss.image.kind=features', 'training.epochs=3', 'loss.image.weight=2']);
    expect(problemsOf('ae', weighted)).toEqual([]);
    expect(withChange(weighted, base, 'loss.image.kind', 'l2')).toEqual({ 'training.epochs': '3' });
    expect(withChange({ 'model.latent': '8' }, base, 'model.latent', '100')).toEqual({});
  });

  it('that are wrong are told all at once, and keep out of a suggested name', () => {
    const changes = { 'training.epochs': '0', 'model.latent': '64', 'data.trainPatches': 'many' };
    const problems = problemsOf('ae', changes);
    expect(problems.map(({ path }) => path).sort()).toEqual(['data.trainPatches', 'training.epochs']);
    expect(suggestedVariant('ae', soundChanges(changes, problems))).toBe('ae latent 64');
    expect(problemsOf('ae', { 'model.latent': '8' })).toEqual([]);
  });
});

describe('suggestedVariant', () => {
  it('is the base as it is, and otherwise says what was changed in at most 80 characters', () => {
    expect(suggestedVariant('ae', {})).toBe('ae');
    expect(suggestedVariant('sample/ae', { 'model.latent': '64', 'data.trainPatches': '' })).toBe('sample/ae latent 64 trainPatches auto');
    expect(suggestedVariant('ae', { 'regime.kind': 'multi-start', 'regime.starts': '6' })).toBe('ae multi-start starts 6');
    expect(suggestedVariant('ae', { 'model.latent': '6'.repeat(90) })).toHaveLength(80);
  });
});

describe('issueFor', () => {
  it('finds the message of a field or of something under it', () => {
    const issues = [{ path: 'geometry.patch', message: 'too big' }];
    expect(issueFor(issues, 'geometry.patch')).toBe('too big');
    expect(issueFor(issues, 'geometry')).toBe('too big');
    expect(issueFor(issues, 'geometry.pat')).toBeNull();
  });
});
