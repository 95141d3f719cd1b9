import { describe, expect, it } from 'vitest';
import { changedQuery } from './query-state.ts';

describe('changedQuery', () => {
  it('sets, replaces and takes out names and leaves the others', () => {
    expect(changedQuery('?a=1&b=2', { b: '3', c: '4' })).toBe('?a=1&b=3&c=4');
    expect(changedQuery('?a=1&b=2', { a: null, b: '' })).toBe('');
    expect(changedQuery('', { label: 'dark stain' })).toBe('?label=dark+stain');
  });
});
