import { count, plural } from '../../../lib/numbers.ts';

export interface EffectCounts {
  readonly changed: number;
  readonly moved: number;
  readonly relabelled: number;
  readonly deleted: number;
  readonly restored: number;
  readonly masksDropped: number;
  readonly renamed: number;
  readonly renameExample?: string | null | undefined;
  readonly stay: number;
}

/** What a change did, for a message: "12 images moved, 3 renamed". */
export function effectInWords(effect: EffectCounts): string {
  const parts = (
    [
      [effect.deleted, 'deleted'],
      [effect.restored, 'restored'],
      [effect.moved, 'moved'],
      [effect.relabelled, 'labelled anew'],
    ] as const
  ).filter(([number]) => number > 0);
  const [first, ...others] = parts;
  if (!first) return `${plural(effect.changed, 'image')} changed`;
  return [`${plural(first[0], 'image')} ${first[1]}`, ...others.map(([number, word]) => `${count(number)} ${word}`)].join(', ');
}

/** What a person should know before they agree: one sentence each. */
export function effectNotes(effect: EffectCounts): string[] {
  return [
    effect.renamed > 0
      ? `${plural(effect.renamed, 'image')} would have the name of another one there, and ${effect.renamed === 1 ? 'is' : 'are'} renamed (${effect.renameExample ?? ''}).`
      : null,
    effect.masksDropped > 0
      ? `${plural(effect.masksDropped, 'mask')} ${effect.masksDropped === 1 ? 'goes' : 'go'}: good images have none.`
      : null,
    effect.stay > 0
      ? `${plural(effect.stay, 'defective image')} ${effect.stay === 1 ? 'stays' : 'stay'} in test: models learn from good images alone.`
      : null,
  ].filter((note) => note !== null);
}
