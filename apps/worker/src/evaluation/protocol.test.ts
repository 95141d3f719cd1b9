import { resolveRecipe } from '@plumbline/ml';
import { expect, it } from 'vitest';
import { readProtocol } from './protocol.ts';

it('gives an evaluation every residual option of its protocol, whatever the run was trained with', () => {
  const wanted = resolveRecipe('ae', [
    'residual.ssim.window=uniform',
    'residual.ssim.size=7',
    'residual.mse.sigma=2.5',
    'residual.mse.expected=true',
    'residual.imageScore=max',
    'residual.thresholdQuantile=0.9',
    'residual.paperMode=true',
  ]);
  const { split, sets } = readProtocol({ split: 'validation', ...wanted.residual });
  expect(split).toBe('validation');
  expect(resolveRecipe(resolveRecipe('ae'), sets)).toEqual(wanted);
});

it('refuses what is no split, and takes a protocol that says nothing as the test split of the recipe itself', () => {
  expect(() => readProtocol({ split: 'holdout' })).toThrow();
  expect(readProtocol({})).toEqual({ split: 'test', sets: [] });
});
