import { describe, expect, it } from 'vitest';
import { decodeChanges, encodeChanges, issueFor, setsOf, suggestedVariant, valueAt, valueText } from './recipe-document.ts';

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

describe('suggestedVariant', () => {
  it('is the base as it is, and otherwise says what was changed in at most 80 characters', () => {
    expect(suggestedVariant('ae', {})).toBe('ae');
    expect(suggestedVariant('sample/ae', { 'model.latent': '64', 'data.trainPatches': '' })).toBe('sample/ae latent 64 trainPatches auto');
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
