import { describe, expect, it } from 'vitest';
import { chosenEvaluations, counted, viewQuery, type Choice, type Comparable } from './choice.ts';

const comparable: Comparable[] = ['a', 'b'].flatMap((variant) =>
  ['brick', 'wood'].flatMap((dataset) =>
    [1, 2].map((seed) => ({
      ...{ id: `${variant} ${dataset} ${seed}`, seed, experimentId: variant === 'a' ? 'x' : null },
      ...{ variantId: variant, variantName: variant.toUpperCase(), datasetId: dataset, datasetName: dataset },
    })),
  ),
);
const choice: Choice = { way: 'variants', variants: [], datasets: [], experiments: [], evaluations: [] };

describe('what is chosen', () => {
  it('is every class of the variants where no class is chosen, and nothing without a variant', () => {
    expect(chosenEvaluations(comparable, choice)).toEqual([]);
    expect(chosenEvaluations(comparable, { ...choice, variants: ['a'] })).toHaveLength(4);
    expect(chosenEvaluations(comparable, { ...choice, variants: ['a', 'b'], datasets: ['wood'] })).toEqual([
      'a wood 1',
      'a wood 2',
      'b wood 1',
      'b wood 2',
    ]);
  });

  it('is what experiments brought about, or what was ticked by hand', () => {
    expect(chosenEvaluations(comparable, { ...choice, way: 'experiments', experiments: ['x'] })).toHaveLength(4);
    expect(chosenEvaluations(comparable, { ...choice, way: 'evaluations', evaluations: ['by hand'] })).toEqual(['by hand']);
  });

  it('stands in the address by what was chosen, and not by what it comes to', () => {
    expect(viewQuery({ ...choice, variants: ['a', 'b'], datasets: ['wood'], evaluations: ['z'] })).toBe('variants=a,b&datasets=wood');
    expect(viewQuery({ ...choice, way: 'experiments', experiments: ['x'] })).toBe('experiments=x');
    expect(viewQuery({ ...choice, way: 'evaluations', evaluations: ['y', 'z'] })).toBe('evaluations=y,z');
  });
});

it('variants and classes are listed once with how many evaluations they have', () => {
  expect(counted(comparable, 'variantId', 'variantName')).toEqual([
    { id: 'a', name: 'A', count: 4 },
    { id: 'b', name: 'B', count: 4 },
  ]);
});
