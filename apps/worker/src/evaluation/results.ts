import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvaluationResult } from '@plumbline/ml';
import type { Prisma } from '@plumbline/prisma';
import type { Storage } from '@plumbline/storage';
import { Cancelled } from '../compute/failures.ts';
import { asJson } from '../registration.ts';
import { keepFiles, type KeptFile } from '../runs/keepFiles.ts';
import { fence, requireHeld, startRunning, type Lease } from '../runs/lease.ts';
import { uuidv7 } from './uuid.ts';

const measures = ['ssim', 'mse'] as const;
const rowsAtOnce = 500;
/** Images whose pictures are made safe together. */
const imagesAtOnce = 64;

export interface ResultRows {
  readonly reconstructions: Prisma.ReconstructionCreateManyInput[];
  readonly residualMaps: Prisma.ResidualMapCreateManyInput[];
  /** The pictures that they refer to. */
  readonly files: KeptFile[];
}

/**
 * Puts an evaluation's pictures into storage and gives the rows that refer to them. The maps are derived from the pictures on demand and not kept.
 * @throws the signal's reason, at the latest after a portion of pictures
 */
export async function storeResult(
  storage: Storage,
  result: EvaluationResult,
  folder: string,
  evaluationId: string,
  imageIds: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ResultRows> {
  const rows: ResultRows = { reconstructions: [], residualMaps: [], files: [] };
  for (let at = 0; at < result.images.length; at += imagesAtOnce) {
    signal.throwIfAborted();
    const batch = storage.batch();
    const put = async (name: string): Promise<string> => {
      const file = join(folder, name);
      const { sha256 } = await batch.put(await readFile(file));
      rows.files.push({ sha256, content: { file } });
      return sha256;
    };
    try {
      for (const image of result.images.slice(at, at + imagesAtOnce)) {
        const imageId = imageIds.get(image.imageId);
        if (imageId === undefined) throw new Error(`The evaluation speaks of ${image.imageId}, which the dataset version does not hold.`);
        const id = uuidv7();
        rows.reconstructions.push({
          id,
          evaluationId,
          imageId,
          inputSha256: await put(image.files.input),
          reconstructionSha256: await put(image.files.reconstruction),
          networkWidth: image.networkWidth,
          networkHeight: image.networkHeight,
          orientations: [...(image.orientations ?? [])],
        });
        for (const measure of measures) {
          const { min, max, mean, p99 } = image.statistics[measure];
          rows.residualMaps.push({ reconstructionId: id, measure, score: image.scores[measure], minimum: min, maximum: max, mean, p99 });
        }
      }
      await batch.commit();
    } finally {
      await batch.discard();
    }
  }
  signal.throwIfAborted();
  return rows;
}

/** Writes what an evaluation found, and that it succeeded, under the lease. @throws Cancelled where somebody asked for it until now, LeaseLost */
export async function writeResult(
  tx: Prisma.TransactionClient,
  storage: Storage,
  lease: Lease,
  { metrics, thresholds, curves, histogram }: Pick<EvaluationResult, 'metrics' | 'thresholds' | 'curves' | 'histogram'>,
  rows: ResultRows,
): Promise<void> {
  await startRunning(tx.evaluation, lease);
  await keepFiles(tx, storage, rows.files);
  await writeRows(tx, rows);
  const now = new Date();
  const { count } = await tx.evaluation.updateMany({
    where: { ...fence(lease), cancelRequestedAt: null },
    data: {
      state: 'succeeded',
      done: rows.reconstructions.length,
      total: rows.reconstructions.length,
      metrics: asJson(metrics),
      thresholds: asJson(thresholds),
      curves: asJson({ curves, histogram }),
      reason: null,
      finishedAt: now,
      heartbeatAt: now,
    },
  });
  if (count > 0) return;
  requireHeld({ count: await tx.evaluation.count({ where: fence(lease) }) }, lease);
  throw new Cancelled('It was cancelled when its results were being stored.');
}

async function writeRows(tx: Prisma.TransactionClient, { reconstructions, residualMaps }: ResultRows): Promise<void> {
  for (let i = 0; i < reconstructions.length; i += rowsAtOnce)
    await tx.reconstruction.createMany({ data: reconstructions.slice(i, i + rowsAtOnce) });
  for (let i = 0; i < residualMaps.length; i += rowsAtOnce)
    await tx.residualMap.createMany({ data: residualMaps.slice(i, i + rowsAtOnce) });
}
