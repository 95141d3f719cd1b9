import { existsSync } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { classifyMvtecPath, isBystander } from '@plumbline/ml/datasets/layout';
import { detectLayout, placesOfLayout } from '@plumbline/ml/datasets/detect-layout';
import { UsageError } from '../failure.ts';

export interface Place {
  readonly split: 'train' | 'validation' | 'test';
  readonly label: string;
  readonly mask?: boolean;
}

/** A file that is to be sent. */
export interface ChosenFile {
  /** Absolute. */
  readonly file: string;
  /** What the server is told: the folder that was given, and the path in it. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly place: Place | null;
}

/** `train/good`, `validation/good` or `test/<defect>`, for files whose folders do not tell. */
export function placeFrom(text: string): Place {
  const [split, label, more] = text.split('/');
  const known = split === 'train' || split === 'validation' || split === 'test' ? split : null;
  if (!known || !label || more !== undefined)
    throw new UsageError(`--as is ${text}; give train/good, validation/good, test/good or test/DEFECT, such as test/scratch.`);
  return { split: known, label };
}

const isZip = (path: string): boolean => /\.zip$/i.test(path);

/**
 * Every file below the given folders, and the given files. What folders and archives carry along unasked (hidden files, lists, licences) stays here.
 * @param place of files that lie in no folder that tells; where it is left out, names decide if they leave no doubt
 * @throws UsageError
 */
export async function chooseFiles(paths: readonly string[], place: Place | null): Promise<ChosenFile[]> {
  const found: Omit<ChosenFile, 'place'>[] = [];
  const add = async (file: string, path: string): Promise<void> => {
    const { size, mtimeMs } = await stat(file);
    found.push({ file, path, bytes: size, modifiedMs: Math.trunc(mtimeMs) });
  };
  const walk = async (folder: string, path: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const [file, below] = [join(folder, entry.name), `${path}/${entry.name}`];
      if (isBystander(entry.name)) continue;
      // A link to a file is one; a link to a folder might lead around in a circle.
      if (entry.isDirectory()) await walk(file, below);
      else if (entry.isFile() || (entry.isSymbolicLink() && existsSync(file) && (await stat(file)).isFile())) await add(file, below);
    }
  };
  for (const path of paths) {
    const absolute = resolve(path);
    if (!existsSync(absolute)) throw new UsageError(`${path}: there is no such file or folder (looked for ${absolute}).`);
    if ((await stat(absolute)).isDirectory()) await walk(absolute, basename(absolute));
    else if ((await lstat(absolute)).isFile() || (await stat(absolute)).isFile()) await add(absolute, basename(absolute));
  }
  if (found.length === 0) throw new UsageError(`${paths.join(', ')} holds no files to import.`);
  return placed(found, place);
}

function placed(files: readonly Omit<ChosenFile, 'place'>[], place: Place | null): ChosenFile[] {
  const names = files.map(({ path }) => path);
  const told = place ? new Map<string, never>() : placesOfLayout(names);
  if (!place && told.size === 0 && detectLayout(names).kind === 'unknown') {
    const loose = files.find(({ path }) => !isZip(path) && classifyMvtecPath(path) === null);
    throw new UsageError(
      `${loose?.path ?? 'A file'} lies in no folder that tells what it is; say it with --as train/good or --as test/DEFECT, or use the folders train/good, test/DEFECT and ground_truth/DEFECT.`,
    );
  }
  return files.map((file) => {
    const by = told.get(file.path);
    const detected = by ? { split: by.split, label: by.label, ...(by.kind === 'mask' ? { mask: true } : {}) } : null;
    return { ...file, place: classifyMvtecPath(file.path) ? null : (place ?? detected) };
  });
}
