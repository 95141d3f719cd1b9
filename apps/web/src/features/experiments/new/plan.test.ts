import { describe, expect, it } from 'vitest';
import { cloneQuery, decodeVariants, encodeVariants, parseSeeds, planInput, seedWords, suggestedName, type PlanVariant } from './plan.ts';

describe('seeds', () => {
  it('are read as numbers and ranges and written in the same way', () => {
    expect(parseSeeds('1-3, 7')).toEqual({ seeds: [1, 2, 3, 7], problem: null });
    expect(parseSeeds(' 5 5 ').seeds).toEqual([5]);
    expect(seedWords([7, 3, 1, 2])).toBe('1-3, 7');
    expect(parseSeeds(seedWords([0, 9, 10])).seeds).toEqual([0, 9, 10]);
  });

  it.each([
    ['', 'at least one seed'],
    ['one', 'one is no seed'],
    ['-3', '-3 is no seed'],
    ['5-2', 'write 2-5'],
    ['1-200', 'More than 100 seeds'],
    ['9999999999', 'too large'],
  ])('are refused where %o says nothing usable', (text, problem) => {
    expect(parseSeeds(text)).toEqual({ seeds: [], problem: expect.stringContaining(problem) });
  });
});

describe('a plan in the address', () => {
  const variants: PlanVariant[] = [
    { kind: 'known', id: 'var_1' },
    { kind: 'recipe', base: 'sample/ae', changes: 'model.latent=8;training.epochs=2', name: 'small, "quoted"' },
  ];

  it('comes back as it was, and a broken one is empty', () => {
    expect(decodeVariants(encodeVariants(variants))).toEqual(variants);
    expect(decodeVariants('[["a"],3,"var_2"]')).toEqual([{ kind: 'known', id: 'var_2' }]);
    expect(decodeVariants('{')).toEqual([]);
    expect(decodeVariants(null)).toEqual([]);
  });

  it('of a clone names every variant and dataset once and no orientation training', () => {
    const run = (variant: string, kind = 'reconstruction') => ({
      kind,
      variant: { id: variant },
      datasetVersion: { dataset: { id: 'dst_1' } },
    });
    const params = new URLSearchParams(
      cloneQuery({ name: 'first', seeds: [1, 2] }, [run('o', 'orientation'), run('a'), run('a'), run('b')]),
    );
    expect(Object.fromEntries(params)).toEqual({ name: 'first, again', variants: '["a","b"]', datasets: 'dst_1', seeds: '1-2' });
  });
});

describe('what is asked of the server', () => {
  it('names known variants by id and others by recipe and settings', () => {
    const variants: PlanVariant[] = [
      { kind: 'known', id: 'var_1' },
      { kind: 'recipe', base: 'ae', changes: 'model.latent=8;training.decay=', name: ' small ' },
    ];
    expect(planInput('prj_1', { variants, datasetIds: ['dst_1'], seeds: [1, 2] })).toEqual({
      projectId: 'prj_1',
      datasetIds: ['dst_1'],
      seeds: [1, 2],
      variants: [{ variantId: 'var_1' }, { recipe: { base: 'ae', sets: ['model.latent=8', 'training.decay=null'] }, name: 'small' }],
    });
  });

  it('suggests a name of what is compared, within its length', () => {
    expect(suggestedName(['ae', 'stn', 'search', 'other'], ['brick'])).toBe('ae, stn, 2 more on brick');
    expect(suggestedName([], ['brick'])).toBe('');
    expect(suggestedName(['a'.repeat(60), 'b'.repeat(60)], []).length).toBe(80);
  });
});
