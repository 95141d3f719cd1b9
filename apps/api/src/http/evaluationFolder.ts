import { evaluatedFileNames, renderOrientations, renderScores } from '@plumbline/ml/experiment';
import { stemOf } from '@plumbline/ml/datasets/layout';
import { measures, type Measure } from '@plumbline/ml/residuals';
import type { Prisma } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { fileUrls } from '../files.ts';
import { metricsDocument } from '../modules/evaluations/metricsDocument.ts';
import { readEvaluation } from '../modules/evaluations/service.ts';
import { residualMapFile, residualSettings } from './residuals.ts';
import type { Residuals } from './residualQueue.ts';
import type { Sendable } from './send.ts';
import { storedFile, textFile } from './sources.ts';

/** The evaluation has no results yet, or will have none. */
export class NoResults extends Error {
  override readonly name = 'NoResults';

  constructor(state: string) {
    super(
      ['failed', 'cancelled'].includes(state)
        ? `The evaluation has no results: it ${state === 'failed' ? 'failed' : 'was cancelled'}. Start it again.`
        : `The evaluation has no results yet (${state}); ask again when it has succeeded.`,
    );
  }
}

/** A file of an evaluation's folder, as `plumbline evaluate` names and writes it. */
export interface FolderFile {
  /** Relative to the folder, with `/` between its parts. */
  readonly path: string;
  /** Its own address. */
  readonly url: string;
  /** Of its bytes; null for a map, which is computed when it is asked for. */
  readonly sha256: string | null;
  readonly file: Sendable;
}

const metricsSchema = z.looseObject({ class: z.string().optional() }).catch({});
const protocolSchema = z.looseObject({ split: z.enum(['train', 'validation', 'test']).default('test') });

const folderOf = {
  datasetVersion: { include: { dataset: true } },
  checkpoint: { include: { run: { include: { recipe: true, variant: true } } } },
} satisfies Prisma.EvaluationInclude;
type Evaluated = Prisma.EvaluationGetPayload<{ include: typeof folderOf }>;

/** An evaluation that has its results. @throws NotFound, NoResults */
async function finished(context: Context, id: string): Promise<Evaluated> {
  const evaluation = (await readEvaluation(context, id, { include: folderOf })) as Evaluated;
  if (evaluation.state !== 'succeeded') throw new NoResults(evaluation.state);
  return evaluation;
}

interface ImageRow {
  readonly id: string;
  readonly inputSha256: string;
  readonly reconstructionSha256: string;
  readonly orientations: readonly number[];
  readonly split: string;
  readonly label: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly ssim: number | null;
  readonly mse: number | null;
}

/**
 * Its images in the order of the command line: by split, label and name, as they stood in the dataset version. One statement of flat rows, since
 * objects of ten thousand images and their maps would keep everybody else waiting.
 */
async function imagesOf({ db }: Context, { id: evaluationId, datasetVersionId: versionId }: Evaluated) {
  const rows = await db.$queryRaw<ImageRow[]>`
    select r."id", r."inputSha256", r."reconstructionSha256", coalesce(r."orientations", '{}') as "orientations", v."split"::text as "split", v."label", v."name",
      i."width", i."height", s."score" as "ssim", m."score" as "mse"
    from "Reconstruction" r
    join "DatasetVersionImage" v on v."versionId" = ${versionId}::uuid and v."imageId" = r."imageId"
    join "Image" i on i."id" = r."imageId"
    left join "ResidualMap" s on s."reconstructionId" = r."id" and s."measure" = 'ssim'
    left join "ResidualMap" m on m."reconstructionId" = r."id" and m."measure" = 'mse'
    where r."evaluationId" = ${evaluationId}::uuid
    order by v."split", v."label", v."name"`;
  return rows.map(({ split, label, name, width, height, ssim, mse, ...row }) => ({
    row: { ...row, image: { width, height } },
    label,
    name,
    imageId: `${split}/${label}/${stemOf(name)}`,
    scores: { ssim: ssim ?? Number.NaN, mse: mse ?? Number.NaN },
  }));
}

type EvaluatedImage = Awaited<ReturnType<typeof imagesOf>>[number];

const tables: Readonly<Record<string, (evaluation: Evaluated, images: readonly EvaluatedImage[]) => string | null>> = {
  'metrics.json': ({ metrics, checkpoint }) => `${JSON.stringify(metricsDocument(metrics, checkpoint.run.variant.name), null, 2)}\n`,
  'curves.json': ({ curves }) => JSON.stringify(curves),
  'scores.csv': (_evaluation, images) => renderScores(images),
  'orientations.csv': (_evaluation, images) =>
    renderOrientations(images.map(({ imageId, row }) => ({ imageId, orientations: row.orientations }))),
};

const typeOf = (name: string): string => (name.endsWith('.json') ? 'application/json' : 'text/csv');

/** One of the evaluation's tables; null for a name that is none, or that this evaluation lacks. @throws NotFound, NoResults */
export async function evaluationTable(context: Context, id: string, name: string): Promise<Sendable | null> {
  const evaluation = await finished(context, id);
  const write = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (!write) return null;
  const text = write(evaluation, name.endsWith('.csv') ? await imagesOf(context, evaluation) : []);
  return text === null ? null : textFile(text, typeOf(name), name);
}

export interface EvaluationFolder {
  /** What the folder is to be called. */
  readonly name: string;
  readonly finishedAt: Date;
  readonly files: readonly FolderFile[];
}

/**
 * Everything that `plumbline evaluate` would have left in its folder, and that `plumbline compare` reads. Maps are computed as they are opened.
 * @param maps measures whose residual maps are part of it
 * @throws NotFound, NoResults
 */
export async function evaluationFolder(
  context: Context,
  residuals: Residuals,
  id: string,
  maps: readonly Measure[] = measures,
): Promise<EvaluationFolder> {
  const evaluation = await finished(context, id);
  const images = await imagesOf(context, evaluation);
  const className = metricsSchema.parse(evaluation.metrics ?? {}).class ?? evaluation.datasetVersion.dataset.name;
  const { split } = protocolSchema.parse(evaluation.protocol);
  const settings = residualSettings(evaluation);
  const written = Object.entries(tables).flatMap(([path, write]): FolderFile[] => {
    const text = write(evaluation, images);
    if (text === null) return [];
    const file = textFile(text, typeOf(path), path);
    return [{ path, url: fileUrls.evaluation(evaluation, path), sha256: file.tag, file }];
  });
  const pictures = images.flatMap(({ row, imageId, label, name }): FolderFile[] => {
    const names = evaluatedFileNames(imageId, label, className, split);
    const png = (path: string, url: string, sha256: string): FolderFile => {
      return { path, url, sha256, file: storedFile(context.storage, sha256, 'image/png', name) };
    };
    return [
      png(names.input, fileUrls.input(row), row.inputSha256),
      png(names.reconstruction, fileUrls.reconstruction(row), row.reconstructionSha256),
      ...maps.map((measure): FolderFile => {
        const file = residualMapFile(context, residuals, settings, { ...row, image: { ...row.image, name } }, measure);
        return { path: names.maps[measure], url: fileUrls.residual(row.id, measure), sha256: null, file };
      }),
    ];
  });
  return { name: className, finishedAt: evaluation.finishedAt ?? evaluation.createdAt, files: [...written, ...pictures] };
}
