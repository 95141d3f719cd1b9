import { createHash } from 'node:crypto';
import type { Split } from './dataset.ts';
import { namePattern } from './name-pattern.ts';

export interface SplitItem {
  readonly id: string;
  /** What the lot is drawn over: content or name, so that the same images fall the same way wherever they are. */
  readonly lot: string;
  readonly name: string;
  readonly label: string;
  readonly split: Split;
}

export type SplitFractions = Readonly<Record<Split, number>>;

const order: readonly Split[] = ['train', 'validation', 'test'];

/** Whole numbers in the proportion of `fractions` that add up to `total`: largest remainders first. A fraction above 0 gets at least one while there are enough. */
export function shares(total: number, fractions: SplitFractions): Record<Split, number> {
  const sum = order.reduce((all, split) => all + fractions[split], 0);
  const exact = order.map((split) => ({ split, wanted: (total * fractions[split]) / sum }));
  const counts = Object.fromEntries(exact.map(({ split, wanted }) => [split, Math.floor(wanted)])) as Record<Split, number>;
  const byRemainder = [...exact].sort((a, b) => (b.wanted % 1) - (a.wanted % 1));
  for (let left = total - order.reduce((all, split) => all + counts[split], 0), i = 0; left > 0; left--, i++)
    counts[byRemainder[i % order.length]!.split] += 1;
  for (const split of order) {
    if (fractions[split] === 0 || counts[split] > 0) continue;
    const largest = order.reduce((most, one) => (counts[one] > counts[most] ? one : most));
    if (counts[largest] < 2) continue;
    counts[largest] -= 1;
    counts[split] += 1;
  }
  return counts;
}

/**
 * Divides images by fractions, each label by itself: good images by the lot that the seed draws, defective ones all into test, since trainings learn
 * from good images alone.
 * @param how `draw` gives every image its lot anew; `least` moves as few as possible, those whose lot is drawn first
 */
export function assignByFractions(
  items: readonly SplitItem[],
  fractions: SplitFractions,
  seed: number,
  how: 'draw' | 'least',
): Map<string, Split> {
  const assigned = new Map<string, Split>();
  for (const item of items) if (item.label !== 'good') assigned.set(item.id, 'test');
  const good = items
    .filter(({ label }) => label === 'good')
    .map((item) => ({ item, lot: createHash('sha256').update(`${seed}\n${item.lot}`).digest('hex') }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ item }) => item);
  const wanted = shares(good.length, fractions);
  if (how === 'draw') {
    let at = 0;
    for (const split of order) {
      for (const item of good.slice(at, at + wanted[split])) assigned.set(item.id, split);
      at += wanted[split];
    }
    return assigned;
  }
  const room = { ...wanted };
  const surplus: SplitItem[] = [];
  // The last of the lot stay: moving a border there and back moves the same images.
  for (const item of good.toReversed()) {
    if (room[item.split] > 0) {
      room[item.split] -= 1;
      assigned.set(item.id, item.split);
    } else surplus.push(item);
  }
  for (const item of surplus.reverse()) {
    const split = order.find((one) => room[one] > 0)!;
    room[split] -= 1;
    assigned.set(item.id, split);
  }
  return assigned;
}

export interface NameRule {
  readonly pattern: string;
  readonly split: Split;
}

/** Divides images by their names: the first rule that fits decides; images that none fits stay. */
export function assignByName(items: readonly SplitItem[], rules: readonly NameRule[]): Map<string, Split> {
  const matchers = rules.map(({ pattern, split }) => ({ fits: namePattern(pattern), split }));
  return new Map(items.map(({ id, name, split }) => [id, matchers.find(({ fits }) => fits(name))?.split ?? split]));
}
