import { plural } from '../../lib/numbers.ts';

interface Size {
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

/** "256 × 256", "256 × 256 and 2 other sizes" (the commonest first), "–" for none. */
export function sizesInWords(sizes: readonly Size[]): string {
  const [first, ...others] = [...sizes].sort((a, b) => b.count - a.count);
  if (!first) return '–';
  const main = `${first.width} × ${first.height}`;
  return others.length === 0 ? main : `${main} and ${plural(others.length, 'other size')}`;
}
