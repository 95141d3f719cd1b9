import { classifyMvtecPath, isBystander } from '@plumbline/ml/datasets/layout';
import { placesOfLayout } from '@plumbline/ml/datasets/detect-layout';
import type { ChosenFile } from './dropped-files.ts';

/** What an archive holds, by its names alone and by the functions that the import asks. */
export interface ArchiveOutline {
  /** Images and masks by where they go ("train/good", "masks"), in the order of their names. */
  readonly places: readonly { readonly place: string; readonly files: number }[];
  /** Files whose folder does not tell what they are, and the first few of their paths. */
  readonly untold: { readonly files: number; readonly examples: readonly string[] };
  /** Files that are no images: left out. */
  readonly bystanders: number;
  /** Class folders, where there are several: an import takes one of them. */
  readonly classes: readonly string[];
}

/** An archive that was chosen, with what it holds or why it cannot be read. */
export interface ChosenArchive {
  readonly chosen: ChosenFile;
  readonly outline: ArchiveOutline | null;
}

/** @param paths of the archive's files, folders left out */
export function outlineOf(paths: readonly string[]): ArchiveOutline {
  const detected = placesOfLayout(paths);
  const counts = new Map<string, number>();
  const classes = new Set<string>();
  const untold: string[] = [];
  let bystanders = 0;
  for (const path of paths) {
    const told = classifyMvtecPath(path);
    const place = told ?? detected.get(path);
    if (isBystander(path)) bystanders += 1;
    else if (!place) untold.push(path);
    else {
      if (told) classes.add(told.root);
      const key = place.kind === 'mask' ? 'masks' : `${place.split}/${place.label}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return {
    places: [...counts].map(([place, files]) => ({ place, files })).sort((a, b) => (a.place < b.place ? -1 : 1)),
    untold: { files: untold.length, examples: untold.slice(0, 3) },
    bystanders,
    classes: classes.size > 1 ? [...classes].sort() : [],
  };
}

const isArchive = ({ file }: ChosenFile): boolean => /\.zip$/i.test(file.name) || /zip/.test(file.type);

/** The archives among what was chosen. Only their directories are read, at their ends: nothing is unpacked, nothing is sent. */
export async function chosenArchives(files: readonly ChosenFile[]): Promise<readonly ChosenArchive[]> {
  return Promise.all(
    files.filter(isArchive).map(async (chosen) => ({
      chosen,
      outline: await namesIn(chosen.file).then(outlineOf, () => null),
    })),
  );
}

async function namesIn(file: File): Promise<string[]> {
  const { BlobReader, ZipReader } = await import('@zip.js/zip.js');
  const names: string[] = [];
  for await (const { directory, filename } of new ZipReader(new BlobReader(file)).getEntriesGenerator())
    if (!directory) names.push(filename.normalize('NFC'));
  return names;
}
