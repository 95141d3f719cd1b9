import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { WhichCheckpoint } from '@plumbline/ml';
import type { Storage } from '@plumbline/storage';
import { z } from 'zod';

/** A file of a checkpoint, named relative to the run's folder. */
const fileSchema = z.object({ name: z.string(), sha256: z.string(), bytes: z.number() });
const filesSchema = z.array(fileSchema);
export type CheckpointFile = z.infer<typeof fileSchema>;

const manifestFile = 'manifest.json';

/** Puts a checkpoint and the run's manifest into storage. Null where the run has none of this kind. */
export async function storeCheckpoint(storage: Storage, runFolder: string, which: WhichCheckpoint): Promise<CheckpointFile[] | null> {
  const folder = join('checkpoints', which);
  const names = await readdir(join(runFolder, folder)).catch(() => []);
  if (names.length === 0) return null;
  const files: CheckpointFile[] = [];
  for (const name of [manifestFile, ...names.sort().map((file) => join(folder, file))]) {
    const { sha256, bytes } = await storage.put({ file: join(runFolder, name) });
    files.push({ name, sha256, bytes });
  }
  return files;
}

/** Lays a stored checkpoint out as the run folder it came from. @throws MissingFileError */
export async function restoreCheckpoint(storage: Storage, files: unknown, runFolder: string): Promise<void> {
  for (const { name, sha256 } of filesSchema.parse(files)) {
    const target = join(runFolder, name);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(await storage.localPath(sha256), target);
  }
}

/** The manifest of a run's folder as JSON. */
export async function readManifestJson(runFolder: string): Promise<object> {
  return JSON.parse(await readFile(join(runFolder, manifestFile), 'utf8')) as object;
}
