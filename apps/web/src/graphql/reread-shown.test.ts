import { describe, expect, it, vi } from 'vitest';
import { rereadShown } from './reread-shown.ts';

describe('a list that is read again', () => {
  it.each([
    [null, 50],
    [12, 50],
    [150, 150],
    [2000, 500],
  ])('of which %s entries are shown asks for %i', (shown, asked) => {
    const refetch = vi.fn(async () => undefined);
    rereadShown(refetch, shown === null ? null : { edges: Array.from({ length: shown }) }, 50);
    expect(refetch.mock.calls).toEqual([[{ first: asked }]]);
  });

  it('leaves a failure to the query, which shows it', async () => {
    const refused = vi.fn(() => Promise.reject(new Error('unreachable')));
    rereadShown(refused, null, 50);
    await expect(refused.mock.results[0]?.value).rejects.toThrow('unreachable');
  });
});
