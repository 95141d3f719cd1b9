import { detectLayout, type DetectedLayout } from '@plumbline/ml/datasets/detect-layout';
import type { ImportPlaceInput } from '#web/graphql/generated/graphql.ts';
import type { ChosenFile } from './dropped-files.ts';

/** What a person can say about images whose folder does not tell what they are. */
export const placeKinds = ['train', 'test', 'defect', 'validation', 'leave'] as const;
/** What a person can say about masks: that they belong to the images of their names. */
export const maskKinds = ['mask', 'leave'] as const;
export type PlaceKind = (typeof placeKinds)[number] | (typeof maskKinds)[number];

export interface PlaceAnswer {
  readonly kind: PlaceKind;
  /** Name of the defect, for the kind `defect`. */
  readonly defect: string;
}

/** Loose images of one folder: what one answer is about. */
export interface LooseGroup {
  /** The folder's path, '' for none; its masks are a group of their own. */
  readonly folder: string;
  readonly masks: boolean;
  /** Images of a folder in which some have a mask: whether these do. */
  readonly masked: boolean | null;
  readonly files: readonly ChosenFile[];
  readonly suggested: PlaceAnswer;
}

/** What was chosen, as its names tell it. */
export interface LooseFiles {
  readonly kind: DetectedLayout['kind'];
  readonly groups: readonly LooseGroup[];
  /** The image that a mask belongs to. */
  readonly imageOfMask: ReadonlyMap<ChosenFile, ChosenFile>;
}

const leave: PlaceAnswer = { kind: 'leave', defect: '' };
const endsInType = /\.[a-z]{3,5}$/i;

/** Images whose path does not tell what they are, by folder. Archives and files that are no images are not among them. */
export function looseFiles(files: readonly ChosenFile[]): LooseFiles {
  // A picture without an ending is one by what the browser says.
  const paths = files.map(({ path, file }) => (!endsInType.test(path) && file.type.startsWith('image/') ? `${path}.png` : path));
  const { kind, groups, imageOfMask } = detectLayout(paths);
  return {
    kind,
    imageOfMask: new Map([...imageOfMask].map(([mask, image]) => [files[mask]!, files[image]!])),
    groups: groups.map((group) => ({
      folder: group.folder,
      masks: group.kind === 'mask',
      masked: group.masked,
      files: group.files.map((index) => files[index]!),
      suggested:
        group.suggested === null
          ? leave
          : group.kind === 'mask'
            ? { kind: 'mask', defect: '' }
            : group.suggested.label === 'good'
              ? { kind: 'train', defect: '' }
              : { kind: 'defect', defect: group.suggested.label },
    })),
  };
}

/** Why an answer cannot be used, or null. */
export function answerProblem({ kind, defect }: PlaceAnswer): string | null {
  if (kind !== 'defect') return null;
  const name = defect.trim();
  if (name === '') return 'Name the defect.';
  if (name.toLowerCase() === 'good') return 'Good is no defect: choose good images above.';
  return /[\\/]|^\./.test(name) ? 'No slashes, and no dot in front.' : null;
}

/** Where an answer puts an image; null where it is left out. */
export function placeOf({ kind, defect }: PlaceAnswer): ImportPlaceInput | null {
  if (kind === 'leave' || kind === 'mask') return null;
  if (kind === 'defect') return { split: 'test', label: defect.trim() };
  return { split: kind, label: 'good' };
}

/**
 * The files to send: loose ones with what was said of their group (in the groups' order), those left out not at all, the others as they are. A mask
 * goes with its image, and stays away where that is left out or good.
 */
export function placedFiles(files: readonly ChosenFile[], loose: LooseFiles, answers: readonly PlaceAnswer[]): ChosenFile[] {
  const places = new Map<ChosenFile, ImportPlaceInput | null>();
  loose.groups.forEach((group, index) => {
    const place = placeOf(answers[index] ?? leave);
    for (const file of group.files) places.set(file, place);
  });
  loose.groups.forEach((group, index) => {
    if (answers[index]?.kind !== 'mask') return;
    for (const file of group.files) {
      const image = loose.imageOfMask.get(file);
      const place = image && places.get(image);
      if (place && place.label !== 'good') places.set(file, { ...place, mask: true });
    }
  });
  return files.flatMap((file) => {
    const place = places.get(file);
    if (place === undefined) return [file];
    return place === null ? [] : [{ ...file, place }];
  });
}
