import type { Prisma, PrismaClient } from '@plumbline/prisma';
import { stemOf } from '@plumbline/ml/datasets/layout';
import { publicId } from '../../ids.ts';
import { metricsDocument } from '../evaluations/metricsDocument.ts';
import { frozen } from '../evaluations/service.ts';

/** Orientations are counted in this many bins of 5°, from 0 to 180°. */
export const orientationBins = 36;

/** Most evaluations side by side: 24 variants in four classes, or four variants in five classes with five seeds. */
export const mostEvaluations = 100;

/** The images that some of the evaluations scored, in the order of `plumbline evaluate`: by split, label and name. */
export interface ComparedImages {
  /** As scores.csv names them: split/label/stem. */
  readonly names: readonly string[];
  readonly labels: readonly string[];
  /** Public ids. */
  readonly ids: readonly string[];
}

/** Mean training and validation loss at each epoch, 0–255 scale squared; null where an epoch has none. */
export interface Losses {
  readonly epochs: readonly number[];
  readonly train: readonly (number | null)[];
  readonly validation: readonly (number | null)[];
}

/** All that a comparison needs of one evaluation, and nothing that leads elsewhere. */
export interface ComparedEvaluation {
  readonly id: string;
  readonly datasetName: string;
  readonly versionNumber: number;
  readonly variantName: string;
  readonly recipeHash: string;
  readonly recipe: Prisma.JsonValue;
  readonly seed: number;
  readonly protocol: Prisma.JsonValue;
  readonly metrics: Prisma.JsonValue;
  readonly curves: Prisma.JsonValue;
  /** Index among the set's lists of images. */
  readonly images: number;
  /** A value for each of those images. */
  readonly scores: { readonly ssim: readonly (number | null)[]; readonly mse: readonly (number | null)[] };
  readonly losses: Losses;
  /** Patches by the angle they were turned by; empty where none is turned. */
  readonly orientations: readonly number[];
}

export interface ComparedSet {
  readonly evaluations: readonly ComparedEvaluation[];
  readonly images: readonly ComparedImages[];
}

const named = {
  datasetVersion: { include: { dataset: { select: { name: true } } } },
  checkpoint: { include: { run: { include: { variant: true, recipe: true, project: { select: { id: true, teamId: true } } } } } },
} satisfies Prisma.EvaluationInclude;

/** An evaluation with everything that names it. */
export type NamedEvaluation = Prisma.EvaluationGetPayload<{ include: typeof named }>;

/** Finished evaluations in the order of their ids; those that are not there, or not finished, are left out. One statement. */
export async function namedEvaluations(db: PrismaClient, ids: readonly string[]): Promise<NamedEvaluation[]> {
  if (ids.length === 0) return [];
  const rows = await db.evaluation.findMany({ where: { id: { in: [...ids] }, state: 'succeeded' }, include: named });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What a comparison of the evaluations is made from, in three statements. Who may see them is decided before. */
export async function comparedSet(db: PrismaClient, evaluations: readonly NamedEvaluation[]): Promise<ComparedSet> {
  const ids = evaluations.map(({ id }) => id);
  const [scored, losses] = await Promise.all([readScores(db, ids), readLosses(db, evaluations)]);
  const first = new Map<string, string>();
  for (const id of ids) {
    const key = scored.get(id)?.key;
    if (key !== undefined && !first.has(key)) first.set(key, id);
  }
  const images = await readImages(db, [...first.values()]);
  const index = new Map([...first.keys()].map((key, at) => [key, at]));
  return {
    evaluations: evaluations.map((evaluation): ComparedEvaluation => {
      const { id, protocol, metrics, curves, datasetVersion, checkpoint } = evaluation;
      const { run } = checkpoint;
      const found = scored.get(id);
      return {
        id: publicId('Evaluation', id),
        datasetName: datasetVersion.dataset.name,
        versionNumber: datasetVersion.number,
        variantName: run.variant.name,
        recipeHash: run.recipe.hash,
        recipe: run.recipe.document,
        seed: run.seed,
        protocol,
        metrics: metricsDocument(metrics, run.variant.name),
        curves,
        images: (found && index.get(found.key)) ?? -1,
        scores: { ssim: found?.ssim ?? [], mse: found?.mse ?? [] },
        losses: losses.get(run.id) ?? { epochs: [], train: [], validation: [] },
        orientations: orientationsOf(found?.turned ?? null),
      };
    }),
    images: [...first.values()].map((id) => images.get(id) ?? { names: [], labels: [], ids: [] }),
  };
}

function orientationsOf(turned: Readonly<Record<string, number>> | null): number[] {
  return turned === null ? [] : Array.from({ length: orientationBins }, (_, bin) => turned[bin] ?? 0);
}

interface ScoredRow {
  readonly evaluationId: string;
  readonly ssim: (number | null)[];
  readonly mse: (number | null)[];
  /** Equal for evaluations that scored the same images. */
  readonly key: string;
  readonly turned: Readonly<Record<string, number>> | null;
}

async function readScores(db: PrismaClient, ids: readonly string[]): Promise<ReadonlyMap<string, ScoredRow>> {
  const rows = await db.$queryRaw<ScoredRow[]>`
    with "turned" as (
      select "evaluationId", jsonb_object_agg("bin", "count") as "bins" from (
        select r."evaluationId", floor((a - 180 * floor(a / 180)) / 5)::int as "bin", count(*)::int as "count"
        from "Reconstruction" r cross join unnest(r."orientations") a where r."evaluationId" = any(${ids}::uuid[]) group by 1, 2
      ) b group by 1
    ), "scored" as (
      select r."evaluationId", array_agg(s."score" order by v."split", v."label", v."name") as "ssim",
        array_agg(m."score" order by v."split", v."label", v."name") as "mse",
        md5(string_agg(r."imageId"::text || v."split"::text || v."label" || '/' || v."name", ',' order by v."split", v."label", v."name")) as "key"
      from "Reconstruction" r ${frozen('r', 'v')}
      left join "ResidualMap" s on s."reconstructionId" = r."id" and s."measure" = 'ssim'
      left join "ResidualMap" m on m."reconstructionId" = r."id" and m."measure" = 'mse'
      where r."evaluationId" = any(${ids}::uuid[]) group by 1
    )
    select x.*, t."bins" as "turned" from "scored" x left join "turned" t on t."evaluationId" = x."evaluationId"`;
  return new Map(rows.map((row) => [row.evaluationId, row]));
}

async function readImages(db: PrismaClient, ids: readonly string[]): Promise<ReadonlyMap<string, ComparedImages>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ evaluationId: string; imageId: string; split: string; label: string; name: string }[]>`
    select r."evaluationId", r."imageId", v."split"::text as "split", v."label", v."name"
    from "Reconstruction" r ${frozen('r', 'v')}
    where r."evaluationId" = any(${ids}::uuid[]) order by v."split", v."label", v."name"`;
  const found = new Map(ids.map((id) => [id, { names: [] as string[], labels: [] as string[], ids: [] as string[] }]));
  for (const { evaluationId, imageId, split, label, name } of rows) {
    const own = found.get(evaluationId)!;
    own.names.push(`${split}/${label}/${stemOf(name)}`);
    own.labels.push(label);
    own.ids.push(publicId('Image', imageId));
  }
  return found;
}

async function readLosses(db: PrismaClient, evaluations: readonly NamedEvaluation[]): Promise<ReadonlyMap<string, Losses>> {
  const runIds = [...new Set(evaluations.map(({ checkpoint }) => checkpoint.runId))];
  const rows = await db.$queryRaw<{ runId: string; epochs: number[]; train: (number | null)[]; validation: (number | null)[] }[]>`
    select "runId", array_agg("epoch" order by "epoch") as "epochs", array_agg("train" order by "epoch") as "train",
      array_agg("validation" order by "epoch") as "validation"
    from (
      select "runId", "epoch", avg("value") filter (where "series" = 'train') as "train", avg("value") filter (where "series" = 'validation') as "validation"
      from "RunPoint" where "runId" = any(${runIds}::uuid[]) and "series" in ('train', 'validation') group by 1, 2
    ) p group by 1`;
  return new Map(rows.map(({ runId, ...losses }) => [runId, losses]));
}
