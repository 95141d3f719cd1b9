import { describe, expect, it } from 'vitest';
import { initialView } from '#web/features/residuals/view/view-state.ts';
import { togetherAddress } from './address.ts';
import { nothingListed, withWords } from './finished.ts';
import { leftOut } from './left-out.ts';
import { protocolDifferences } from './shown.ts';

describe('evaluations that are looked at together', () => {
  it('are told apart by what their protocols do not have in common', () => {
    const plain = { split: 'test', ssim: { window: 'gaussian', sigma: 1.5, size: 11 }, imageScore: 'max' };
    const other = { ...plain, ssim: { window: 'uniform', sigma: 1.5, size: 7 } };
    expect(protocolDifferences([plain, other])).toEqual(['SSIM Gaussian σ 1.5, 11 px', 'SSIM uniform 7 px']);
    expect(protocolDifferences([plain, plain])).toEqual(['', '']);
  });

  it('are found by words in any order, and an empty list says whether there are more', () => {
    const one = { run: { variant: { name: 'Plain' } }, detail: 'brick version 2, seed 7', words: 'SSIM uniform 7 px' };
    const other = { ...one, detail: 'wood version 1, seed 7' };
    expect(withWords([one, other], ' seed PLAIN brick')).toEqual([one]);
    expect(withWords([one, other], '')).toEqual([one, other]);
    expect(withWords([one, other], 'plain grass')).toEqual([]);
    expect(nothingListed('grass', true)).toContain('show more');
    expect(nothingListed('grass', false)).toBe('No evaluation has these words.');
  });

  it('stand in the address with the view that was there', () => {
    const view = { ...initialView, imageThreshold: { ssim: [0.3], mse: [] } };
    const address = new URL(togetherAddress('prj_1', ['evl_2', 'evl_1'], view, ['evl_1']), 'http://localhost');
    expect(address.pathname).toBe('/projects/prj_1/compare/images');
    expect(Object.fromEntries(address.searchParams)).toEqual({ evaluations: 'evl_2,evl_1', 'it.ssim': ',0.3', lead: '2' });
  });

  it('are left out with the reason: too many, not there, not finished', () => {
    const found = [{ imagesUrl: '/files/1' }, { imagesUrl: null }];
    expect(leftOut(9, found)).toBe(
      'At most 8 evaluations are looked at together and the address names 9: the first 8 are shown. 6 evaluations are not in this project, or deleted. 1 evaluation has no results yet: come back when done.',
    );
    expect(leftOut(2, [{ imagesUrl: '/files/1' }])).toBe('1 evaluation is not in this project, or deleted.');
  });
});
