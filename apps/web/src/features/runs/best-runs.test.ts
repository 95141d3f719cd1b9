import { expect, it } from 'vitest';
import { bestRuns } from './best-runs.ts';

it('marks the lowest loss of each dataset with its ties, and nothing where there is nothing to compare', () => {
  const best = bestRuns([
    { id: 'a', group: 'brick', loss: 10 },
    { id: 'b', group: 'brick', loss: 8 },
    { id: 'c', group: 'brick', loss: 8 },
    { id: 'd', group: 'grass', loss: 5 },
    { id: 'e', group: 'brick', loss: null },
    { id: 'f', group: 'brick', loss: Number.NaN },
  ]);
  expect([...best].sort()).toEqual(['b', 'c']);
});
