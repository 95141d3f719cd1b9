import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkpointFiles, type CheckpointFile } from '@plumbline/jobs';
import type { WhichCheckpoint } from '@plumbline/ml';
import { deleteEvaluations, discardFiles, type Prisma } from '@plumbline/prisma';
import type { Storage } from '@plumbline/storage';
import { z } from 'zod';
import { asJson } from '../registration.ts';
import { keepFiles } from '../runs/keepFiles.ts';

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
  for (const { name, sha256 } of checkpointFiles(files)) {
    const target = join(runFolder, name);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(await storage.localPath(sha256), target);
  }
}

/** The manifest of a run's folder as JSON. */
export async function readManifestJson(runFolder: string): Promise<object> {
  return JSON.parse(await readFile(join(runFolder, manifestFile), 'utf8')) as object;
}

export type StoredCheckpoints = Readonly<Record<WhichCheckpoint, { readonly epoch: number; readonly files: CheckpointFile[] } | null>> & {
  readonly manifest: object;
  /** The run's folder, where the files still lie. */
  readonly folder: string;
};

const epochsSchema = z.object({ checkpoints: z.record(z.string(), z.object({ epoch: z.number() }).nullable()).default({}) });

/** Puts both checkpoints of a run's folder into storage; null where it has none yet. */
export async function storeCheckpoints(storage: Storage, runFolder: string): Promise<StoredCheckpoints | null> {
  const files = { best: await storeCheckpoint(storage, runFolder, 'best'), last: await storeCheckpoint(storage, runFolder, 'last') };
  if (!files.last) return null;
  const manifest = await readManifestJson(runFolder);
  const { checkpoints } = epochsSchema.parse(manifest);
  const stored = (which: WhichCheckpoint) => {
    const of = files[which];
    return of && { epoch: checkpoints[which]?.epoch ?? 0, files: of };
  };
  return { best: stored('best'), last: stored('last'), manifest, folder: runFolder };
}

/**
 * Writes the rows of stored checkpoints, in place of earlier ones. What was measured of weights that are no more goes with them.
 * @returns the ids that they have
 */
export async function writeCheckpoints(
  tx: Prisma.TransactionClient,
  storage: Storage,
  runId: string,
  stored: StoredCheckpoints,
): Promise<Partial<Record<WhichCheckpoint, string>>> {
  const ids: Partial<Record<WhichCheckpoint, string>> = {};
  for (const kind of ['best', 'last'] as const) {
    const one = stored[kind];
    if (!one) continue;
    const before = await tx.checkpoint.findUnique({ where: { runId_kind: { runId, kind } }, select: { id: true, files: true } });
    if (before) {
      const files = checkpointFiles(before.files);
      if (!sameWeights(files, one.files)) await deleteEvaluations(tx, { checkpointId: before.id });
      await discardFiles(
        tx,
        files.map(({ sha256 }) => sha256),
      );
    }
    await keepFiles(
      tx,
      storage,
      one.files.map(({ name, sha256 }) => ({ sha256, content: { file: join(stored.folder, name) } })),
    );
    const data = { epoch: one.epoch, files: asJson(one.files), manifest: asJson(stored.manifest) };
    const { id } = await tx.checkpoint.upsert({ where: { runId_kind: { runId, kind } }, create: { runId, kind, ...data }, update: data });
    ids[kind] = id;
  }
  return ids;
}

/** The manifest tells of the whole run and changes with every epoch; the other files are the checkpoint. */
function sameWeights(before: readonly CheckpointFile[], now: readonly CheckpointFile[]): boolean {
  const contents = (files: readonly CheckpointFile[]) =>
    files.flatMap(({ name, sha256 }) => (name === manifestFile ? [] : [`${name} ${sha256}`])).sort();
  return contents(before).join() === contents(now).join();
}

/** After which epoch the last checkpoint of a run's folder was made; null where there is no such folder. */
async function lastEpochOf(runFolder: string): Promise<number | null> {
  if (!existsSync(join(runFolder, manifestFile))) return null;
  return epochsSchema.parse(await readManifestJson(runFolder)).checkpoints['last']?.epoch ?? 0;
}

/**
 * Makes a run's folder out of stored checkpoints where this machine has none of it, or one that another machine has gone beyond since. It appears
 * whole or not at all.
 * @throws MissingFileError
 */
export async function restoreRun(
  storage: Storage,
  checkpoints: readonly { readonly epoch: number; readonly files: unknown }[],
  runFolder: string,
): Promise<void> {
  if (checkpoints.length === 0) return;
  const there = await lastEpochOf(runFolder);
  if (there !== null && there >= Math.max(...checkpoints.map(({ epoch }) => epoch))) return;
  const making = `${runFolder}.restoring`;
  await rm(making, { recursive: true, force: true });
  for (const { files } of checkpoints) await restoreCheckpoint(storage, files, making);
  await rm(runFolder, { recursive: true, force: true });
  await rename(making, runFolder);
}
