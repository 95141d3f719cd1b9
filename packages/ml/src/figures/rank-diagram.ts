import { documentOf } from './frame.ts';
import { coordinate, element, textAt } from './svg.ts';
import { TYPE } from './theme.ts';

export interface RankDiagram {
  readonly title: string;
  /** What is ranked, with its average rank; 1 is best. */
  readonly ranks: readonly { readonly name: string; readonly rank: number }[];
  /** Ranks closer than this are not told apart. */
  readonly criticalDifference: number;
  readonly width?: number;
}

interface Ranked {
  readonly name: string;
  readonly rank: number;
}

const ROW = 20;

/**
 * The longest runs of neighbours that lie closer together than the critical difference, as index pairs of the sorted ranks; runs inside a longer
 * one are left out.
 */
export function cliques(sorted: readonly number[], criticalDifference: number): (readonly [number, number])[] {
  const runs = sorted.map((rank, i): readonly [number, number] => [i, sorted.findLastIndex((other) => other - rank < criticalDifference)]);
  return runs.filter(([from, to], i) => to > from && (i === 0 || runs[i - 1]![1] < to));
}

/**
 * Critical-difference diagram (Demšar 2006): average ranks on an axis, names beside it, and bars that tie together what the test does not tell
 * apart; the critical difference stands above as a length.
 */
export function rankDiagram({ title, ranks, criticalDifference, width = 640 }: RankDiagram): string {
  const sorted = [...ranks].sort((a, b) => a.rank - b.rank);
  const left = Math.ceil(sorted.length / 2);
  const longest = Math.max(0, ...sorted.map(({ name }) => name.length)) * TYPE.CHARACTER + 44;
  const margin = Math.min(longest, width * 0.36);
  const [from, to] = [1, Math.max(sorted.length, 2)];
  const x = (rank: number): number => margin + ((rank - from) / (to - from)) * (width - 2 * margin);
  const axis = 82;
  const bars = cliques(
    sorted.map(({ rank }) => rank),
    criticalDifference,
  );
  const firstName = axis + 22 + bars.length * 9;
  const height = firstName + left * ROW + 8;
  const named = (entry: Ranked, row: number, side: 'left' | 'right'): string => {
    const y = firstName + row * ROW;
    const end = side === 'left' ? margin - 8 : width - margin + 8;
    const text = `${entry.name} ${entry.rank.toFixed(2)}`;
    return [
      element('path', { class: 'pf-axis', fill: 'none', d: `M${coordinate(x(entry.rank))} ${axis}V${y}H${coordinate(end)}` }),
      textAt(side === 'left' ? end - 4 : end + 4, y + 4, text, side === 'left' ? { 'text-anchor': 'end' } : {}),
    ].join('');
  };
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const reach = Math.min(criticalDifference, to - from);
  return documentOf(title, width, height, [
    element('path', {
      class: 'pf-line pf-neutral',
      d: `M${x(from)} 40H${coordinate(x(from + reach))}M${x(from)} 36v8M${coordinate(x(from + reach))} 36v8`,
    }),
    textAt(x(from), 32, `critical difference ${criticalDifference.toFixed(2)}`, { class: 'pf-soft' }),
    element('path', { class: 'pf-axis', d: `M${x(from)} ${axis}H${x(to)}` }),
    ...ticks.map(
      (tick) =>
        element('path', { class: 'pf-axis', d: `M${coordinate(x(tick))} ${axis}v-6` }) +
        textAt(x(tick), axis - 11, String(tick), { 'text-anchor': 'middle' }),
    ),
    ...sorted.map((entry, i) => (i < left ? named(entry, i, 'left') : named(entry, sorted.length - 1 - i, 'right'))),
    ...bars.map(([first, last], i) => {
      const y = axis + 9 + 9 * i;
      const ends = `M${coordinate(x(sorted[first]!.rank) - 4)} ${y}H${coordinate(x(sorted[last]!.rank) + 4)}`;
      return element('path', { class: 'pf-line pf-accent', style: 'stroke-width:4', d: ends });
    }),
  ]);
}
