import { join } from 'node:path';
import type { EvaluationResult } from '@plumbline/ml';
import type { Prisma } from '@plumbline/prisma';
import type { Storage } from '@plumbline/storage';
import { uuidv7 } from './uuid.ts';

const measures = ['ssim', 'mse'] as const;
const rowsAtOnce = 500;

export interface ResultRows {
  readonly reconstructions: Prisma.ReconstructionCreateManyInput[];
  readonly residualMaps: Prisma.ResidualMapCreateManyInput[];
}

/** Puts an evaluation's pictures into storage and gives the rows that refer to them. The maps are derived from the pictures on demand and not kept. */
export async function storeResult(
  storage: Storage,
  result: EvaluationResult,
  folder: string,
  evaluationId: string,
  imageIds: ReadonlyMap<string, string>,
): Promise<ResultRows> {
  const rows: ResultRows = { reconstructions: [], residualMaps: [] };
  for (const image of result.images) {
    const imageId = imageIds.get(image.imageId);
    if (imageId === undefined) throw new Error(`The evaluation speaks of ${image.imageId}, which the dataset version does not hold.`);
    const id = uuidv7();
    const input = await storage.put({ file: join(folder, image.files.input) });
    const reconstruction = await storage.put({ file: join(folder, image.files.reconstruction) });
    rows.reconstructions.push({
      id,
      evaluationId,
      imageId,
      inputSha256: input.sha256,
      reconstructionSha256: reconstruction.sha256,
      networkWidth: image.networkWidth,
      networkHeight: image.networkHeight,
      orientations: [...(image.orientations ?? [])],
    });
    for (const measure of measures) {
      const { min, max, mean, p99 } = image.statistics[measure];
      rows.residualMaps.push({ reconstructionId: id, measure, score: image.scores[measure], minimum: min, maximum: max, mean, p99 });
    }
  }
  return rows;
}

export async function writeRows(tx: Prisma.TransactionClient, { reconstructions, residualMaps }: ResultRows): Promise<void> {
  for (let i = 0; i < reconstructions.length; i += rowsAtOnce)
    await tx.reconstruction.createMany({ data: reconstructions.slice(i, i + rowsAtOnce) });
  for (let i = 0; i < residualMaps.length; i += rowsAtOnce)
    await tx.residualMap.createMany({ data: residualMaps.slice(i, i + rowsAtOnce) });
}
