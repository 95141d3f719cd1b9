import type { Split } from './dataset.ts';
import { classifyMvtecPath, isBystander, stemOf } from './layout.ts';

/** Where a file belongs whose path is in no MVTec AD folder. */
export interface DetectedPlace {
  readonly kind: 'image' | 'mask';
  readonly split: Split;
  readonly label: string;
}

/** Images, or masks, of one folder that one answer is about. */
export interface LooseGroup {
  /** The folder's path, '' for none. */
  readonly folder: string;
  readonly kind: 'image' | 'mask';
  /** For images of a folder in which some have a mask: whether these do. Null where the folder has none. */
  readonly masked: boolean | null;
  /** Indices of the files among the paths given. */
  readonly files: readonly number[];
  /** What names suggest; null for masks that belong to no image, which are left out. */
  readonly suggested: DetectedPlace | null;
}

export interface DetectedLayout {
  /**
   * `mvtec` every image lies in its folders · `folders` a folder of good images beside others · `pairs` masks that belong to images by name ·
   * `unknown` somebody has to say
   */
  readonly kind: 'mvtec' | 'folders' | 'pairs' | 'unknown';
  readonly groups: readonly LooseGroup[];
  /** Index of the image that a mask belongs to, by the mask's index. */
  readonly imageOfMask: ReadonlyMap<number, number>;
}

const imageNames = /\.(png|jpe?g|tiff?|bmp|webp|gif|avif|heic)$/i;
const maskSuffix = /[_-](mask|gt|seg|label)$/i;
const maskFolder = /^(masks?|ground[_-]?truth|gt|labels?|annotations?|segmentations?)$/i;
const imageFolder = /^(images?|img|imgs|photos?|pictures?|data)$/i;
const goodFolder = /^(good|ok|okay|normal|pass(ed)?|fine|defect[_-]?free)$/i;
const trainFolder = /^(train|training)$/i;
/** Says that images are defective, not how. */
const plainDefect = 'defect';

const partsOf = (path: string): string[] => path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');

/** What image and mask have in common: the name without extension and without what says that it is a mask. */
export const maskStemOf = (name: string): string => stemOf(name).replace(maskSuffix, '');

interface Loose {
  readonly index: number;
  readonly folder: string;
  readonly name: string;
  readonly mask: boolean;
  /** Folder and stem under which image and mask meet: folders that only say "images" or "masks" are left out. */
  readonly meeting: string;
}

function looseFile(path: string, index: number): Loose | null {
  const parts = partsOf(path);
  const name = parts.at(-1) ?? '';
  if (!imageNames.test(name) || isBystander(path) || classifyMvtecPath(path) !== null) return null;
  const folders = parts.slice(0, -1);
  const mask = maskSuffix.test(stemOf(name)) || folders.some((part) => maskFolder.test(part));
  const telling = folders.filter((part) => !maskFolder.test(part) && !imageFolder.test(part));
  return { index, folder: folders.join('/'), name, mask, meeting: `${telling.join('/')}/${mask ? maskStemOf(name) : stemOf(name)}` };
}

/** The image of each mask: the one of its name in the same place; failing that the only one of its name anywhere. */
function pairUp(loose: readonly Loose[]): Map<number, number> {
  const byMeeting = new Map<string, number[]>();
  const byStem = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, key: string, index: number): void => {
    const known = map.get(key);
    if (known) known.push(index);
    else map.set(key, [index]);
  };
  for (const file of loose) {
    if (file.mask) continue;
    add(byMeeting, file.meeting, file.index);
    add(byStem, stemOf(file.name), file.index);
  }
  const pairs = new Map<number, number>();
  for (const file of loose) {
    if (!file.mask) continue;
    const here = byMeeting.get(file.meeting) ?? byStem.get(maskStemOf(file.name)) ?? [];
    if (here.length === 1) pairs.set(file.index, here[0]!);
  }
  return pairs;
}

/** The part of a folder's path that says what its images show; '' where none does. */
function tellingPart(folder: string): string {
  return partsOf(folder).findLast((part) => !imageFolder.test(part) && !maskFolder.test(part)) ?? '';
}

function suggest(folder: string, masked: boolean | null, several: boolean): DetectedPlace {
  const name = tellingPart(folder);
  const good: DetectedPlace = { kind: 'image', split: 'train', label: 'good' };
  if (goodFolder.test(name) || trainFolder.test(name)) return good;
  if (masked) return { kind: 'image', split: 'test', label: several && name !== '' ? name : plainDefect };
  if (masked === false && !several) return good;
  return several && name !== '' ? { kind: 'image', split: 'test', label: name } : good;
}

/**
 * What a choice of files, or the content of an archive, is by names alone: which images lie in MVTec AD's folders, and what the others are likely to
 * be, folder by folder. Pure and without Node: the page previews with it what an import of an archive does with it.
 * @param paths as chosen, in any order
 */
export function detectLayout(paths: readonly string[]): DetectedLayout {
  const loose = paths.map(looseFile).filter((file) => file !== null);
  const imageOfMask = pairUp(loose);
  const withMask = new Set(imageOfMask.values());
  const images = loose.filter(({ mask }) => !mask);
  const foldersWithMasks = new Set(images.filter(({ index }) => withMask.has(index)).map(({ folder }) => folder));
  const telling = new Set(images.map(({ folder }) => tellingPart(folder)));
  const several = telling.size > 1;

  const groups = new Map<string, Omit<LooseGroup, 'files'> & { files: number[] }>();
  const group = (file: Loose, masked: boolean | null, suggested: DetectedPlace | null): void => {
    const key = JSON.stringify([file.folder, file.mask, masked]);
    const found = groups.get(key) ?? { folder: file.folder, kind: file.mask ? 'mask' : 'image', masked, files: [], suggested };
    found.files.push(file.index);
    groups.set(key, found);
  };
  for (const file of images) {
    const masked = foldersWithMasks.has(file.folder) ? withMask.has(file.index) : null;
    group(file, masked, suggest(file.folder, masked, several));
  }
  for (const file of loose) {
    if (!file.mask) continue;
    const paired = imageOfMask.has(file.index);
    // The label is the image's: one group may hold masks of several defects.
    group(file, paired, paired ? { kind: 'mask', split: 'test', label: plainDefect } : null);
  }
  const named = [...telling].some((name) => goodFolder.test(name)) && several;
  return {
    kind: loose.length === 0 ? 'mvtec' : imageOfMask.size > 0 ? 'pairs' : named ? 'folders' : 'unknown',
    groups: [...groups.values()].sort(
      (a, b) =>
        Number(a.kind === 'mask') - Number(b.kind === 'mask') ||
        (a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : Number(b.masked) - Number(a.masked)),
    ),
    imageOfMask,
  };
}

/**
 * Where each loose file goes when nobody is asked: by what names suggest, and only where they leave no doubt (`folders`, `pairs`).
 * @returns places by path; paths without one have to be told
 */
export function placesOfLayout(paths: readonly string[]): Map<string, DetectedPlace> {
  const layout = detectLayout(paths);
  const places = new Map<string, DetectedPlace>();
  if (layout.kind !== 'folders' && layout.kind !== 'pairs') return places;
  const byIndex = new Map<number, DetectedPlace>();
  for (const { files, kind, suggested } of layout.groups)
    if (kind === 'image' && suggested) for (const index of files) byIndex.set(index, suggested);
  for (const [mask, image] of layout.imageOfMask) {
    const place = byIndex.get(image);
    if (place && place.label !== 'good') byIndex.set(mask, { kind: 'mask', split: 'test', label: place.label });
  }
  for (const [index, place] of byIndex) places.set(paths[index]!, place);
  return places;
}
