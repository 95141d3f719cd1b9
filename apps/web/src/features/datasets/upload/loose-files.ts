import { classifyMvtecPath } from '@plumbline/ml/datasets/layout';
import type { ImportPlaceInput } from '#web/graphql/generated/graphql.ts';
import type { ChosenFile } from './dropped-files.ts';

/** What a person can say about images whose folder does not tell what they are. */
export const placeKinds = ['train', 'test', 'defect', 'validation', 'leave'] as const;
export type PlaceKind = (typeof placeKinds)[number];

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
  readonly files: readonly ChosenFile[];
}

const imageNames = /\.(png|jpe?g|tiff?|bmp|webp|gif|avif|heic)$/i;
const maskNames = /_mask\.[^.]+$/i;
const goodNames = /^(good|ok|normal|train|training)$/i;

/** Images whose path does not tell what they are, by folder. Archives and files that are no images are not among them. */
export function looseGroups(files: readonly ChosenFile[]): LooseGroup[] {
  const groups = new Map<string, { folder: string; masks: boolean; files: ChosenFile[] }>();
  for (const chosen of files) {
    const { path, file } = chosen;
    const image = imageNames.test(path) || file.type.startsWith('image/');
    if (!image || classifyMvtecPath(path) !== null) continue;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const masks = maskNames.test(path);
    const key = `${folder}/${String(masks)}`;
    const group = groups.get(key) ?? { folder, masks, files: [] };
    group.files.push(chosen);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => Number(a.masks) - Number(b.masks) || a.folder.localeCompare(b.folder));
}

/**
 * What the folders' own names suggest: good for learning, or a defect of that name where there are several folders. Masks are left out, since
 * no folder tells whose they are.
 */
export function suggestedAnswers(groups: readonly Pick<LooseGroup, 'folder' | 'masks'>[]): PlaceAnswer[] {
  const several = groups.filter(({ masks }) => !masks).length > 1;
  return groups.map(({ folder, masks }) => {
    if (masks) return { kind: 'leave', defect: '' };
    const name = folder.split('/').at(-1) ?? '';
    return name === '' || goodNames.test(name) || !several ? { kind: 'train', defect: '' } : { kind: 'defect', defect: name };
  });
}

/** Why an answer cannot be used, or null. */
export function answerProblem({ kind, defect }: PlaceAnswer): string | null {
  if (kind !== 'defect') return null;
  const name = defect.trim();
  if (name === '') return 'Name the defect.';
  if (name.toLowerCase() === 'good') return 'Good is no defect: choose good images above.';
  return /[\\/]|^\./.test(name) ? 'No slashes, and no dot in front.' : null;
}

function placeOf({ kind, defect }: PlaceAnswer): ImportPlaceInput | null {
  if (kind === 'leave') return null;
  if (kind === 'defect') return { split: 'test', label: defect.trim() };
  return { split: kind, label: 'good' };
}

/** The files to send: loose ones with what was said of their group (in the groups' order), those left out not at all, the others as they are. */
export function placedFiles(files: readonly ChosenFile[], groups: readonly LooseGroup[], answers: readonly PlaceAnswer[]): ChosenFile[] {
  const places = new Map<ChosenFile, ImportPlaceInput | null>();
  groups.forEach((group, index) => {
    const place = placeOf(answers[index] ?? { kind: 'leave', defect: '' });
    for (const file of group.files) places.set(file, place);
  });
  return files.flatMap((file) => {
    const place = places.get(file);
    if (place === undefined) return [file];
    return place === null ? [] : [{ ...file, place }];
  });
}
