import { describe, expect, it } from 'vitest';
import { cliques, inScheme, rankDiagram } from './index.ts';

describe('the diagram of ranks', () => {
  it('ties together the longest runs of neighbours that lie closer than the critical difference', () => {
    expect(cliques([1, 1.5, 2.4, 4], 1)).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(cliques([1, 1.5, 1.9, 4], 1)).toEqual([[0, 2]]);
    expect(cliques([1, 2, 3], 1)).toEqual([]);
  });

  it('names every variant once with its rank, best first, and draws the same text for the same ranks', () => {
    const ranks = [
      { name: 'b <2>', rank: 2.5 },
      { name: 'a', rank: 1.25 },
      { name: 'c', rank: 2.25 },
    ];
    const drawn = rankDiagram({ title: 'Ranks', ranks, criticalDifference: 1.1 });
    expect([...drawn.matchAll(/>([^<>]+ \d\.\d\d)<\/text>/g)].map(([, text]) => text)).toEqual([
      'critical difference 1.10',
      'a 1.25',
      'c 2.25',
      'b &lt;2&gt; 2.50',
    ]);
    expect(rankDiagram({ title: 'Ranks', ranks: ranks.toReversed(), criticalDifference: 1.1 })).toBe(drawn);
  });

  it('is drawn for one scheme where that is asked for', () => {
    const drawn = rankDiagram({ title: 'Ranks', ranks: [], criticalDifference: 1 });
    expect(drawn).toContain('prefers-color-scheme');
    for (const scheme of ['light', 'dark'] as const) expect(inScheme(drawn, scheme)).not.toContain('prefers-color-scheme');
    expect(inScheme(drawn, 'dark')).not.toBe(inScheme(drawn, 'light'));
  });
});
