import type { ImageChangeKind } from '#web/graphql/generated/graphql.ts';
import { count, plural } from '../../lib/numbers.ts';

export const changeKinds: readonly ImageChangeKind[] = ['added', 'removed', 'moved', 'relabelled', 'masked', 'renamed'];

const words: Readonly<Record<ImageChangeKind, string>> = {
  added: 'added',
  removed: 'removed',
  moved: 'moved to another split',
  relabelled: 'relabelled',
  masked: 'with another mask',
  renamed: 'renamed',
};

export const kindWords = (kind: ImageChangeKind): string => words[kind];

export type ChangeCounts = Readonly<Record<ImageChangeKind | 'unchanged', number>>;

/** "3 images added, 1 relabelled; 140 are as they were." */
export function differenceSentence(counts: ChangeCounts): string {
  const parts = changeKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind, i) => `${i === 0 ? plural(counts[kind], 'image') : count(counts[kind])} ${words[kind]}`);
  const same = counts.unchanged === 1 ? 'is as it was' : 'are as they were';
  return parts.length === 0
    ? `Nothing changed: ${plural(counts.unchanged, 'image')} ${same}.`
    : `${parts.join(', ')}; ${count(counts.unchanged)} ${same}.`;
}

export interface ImageStanding {
  readonly split: string;
  readonly label: string;
  readonly name: string;
  readonly maskUrl?: string | null;
}

/** What became of one image, a line each: "train → test", "good → crack", "mask added". */
export function changeLines(
  kinds: readonly ImageChangeKind[],
  before: ImageStanding | null | undefined,
  after: ImageStanding | null | undefined,
): string[] {
  if (!before || !after) {
    const there = after ?? before;
    return there ? [`${after ? 'added to' : 'removed from'} ${there.split}, ${there.label}`] : [];
  }
  const line: Readonly<Record<ImageChangeKind, string>> = {
    added: '',
    removed: '',
    moved: `${before.split} → ${after.split}`,
    relabelled: `${before.label} → ${after.label}`,
    masked: !before.maskUrl ? 'mask added' : !after.maskUrl ? 'mask taken away' : 'mask corrected',
    renamed: `${before.name} → ${after.name}`,
  };
  return kinds.map((kind) => line[kind]).filter((text) => text !== '');
}
