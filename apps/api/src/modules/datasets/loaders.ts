import type { Image, PrismaClient, Split, Verdict } from '@plumbline/prisma';
import DataLoader from 'dataloader';
import { grouped } from '../../grouped.ts';
import { countPairs, type LeakCounts } from './leakCounts.ts';

export interface SplitLabelCount {
  readonly split: Split;
  readonly label: string;
  readonly count: number;
  readonly masks: number;
}

export interface SizeCount {
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

/** A page of a dataset's images. Strings, so that equal requests are one. */
export interface ImagesKey {
  readonly datasetId: string;
  readonly take: number;
  /** Row id of the image behind which to continue. */
  readonly after: string | null;
  /** How many to leave out behind it. */
  readonly skip: number;
  readonly split: Split | null;
  readonly label: string | null;
  /** Deleted images instead of those that are there. */
  readonly deleted: boolean;
}

export interface FrozenImage {
  readonly label: string;
  readonly name: string;
  readonly maskSha256: string | null;
}

export type VerdictCounts = Readonly<Record<Verdict, number>>;

export interface DatasetLoaders {
  /** Images by split and label. */
  readonly datasetCounts: DataLoader<string, readonly SplitLabelCount[]>;
  /** Images of a version by split and label. */
  readonly versionCounts: DataLoader<string, readonly SplitLabelCount[]>;
  /** What a version froze of an image, by "<version>/<image>". */
  readonly frozenImages: DataLoader<string, FrozenImage | null>;
  /** Images by size, most frequent first. */
  readonly datasetSizes: DataLoader<string, readonly SizeCount[]>;
  /** Images by split, label and name: pages of many datasets in one statement. */
  readonly datasetImages: DataLoader<ImagesKey, readonly Image[], string>;
  /** Leaking pairs of a dataset; null where there are none. */
  readonly datasetLeaks: DataLoader<string, LeakCounts | null>;
  /** Numbers of the versions that hold an image. */
  readonly imageVersions: DataLoader<string, readonly number[]>;
  /** How many files of an import have each verdict. */
  readonly importVerdicts: DataLoader<string, VerdictCounts>;
}

export interface LoaderOptions {
  /** A live subscription must not see what was read for an earlier event. */
  readonly cache: boolean;
}

function byDataset<Row extends { readonly datasetId: string }>(ids: readonly string[], rows: readonly Row[]): Row[][] {
  const groups = grouped(rows, ({ datasetId }) => datasetId);
  return ids.map((id) => groups.get(id) ?? []);
}

export function createDatasetLoaders(db: PrismaClient, { cache }: LoaderOptions): DatasetLoaders {
  return {
    datasetCounts: new DataLoader(
      async (ids: readonly string[]) =>
        byDataset(
          ids,
          await db.$queryRaw<(SplitLabelCount & { datasetId: string })[]>`
            select "datasetId", "split", "label", count(*)::int as "count", count("maskSha256")::int as "masks"
            from "Image" where "datasetId" = any(${ids}::uuid[]) and "deletedAt" is null group by 1, 2, 3 order by 1, 2, 3`,
        ),
      { cache },
    ),
    datasetSizes: new DataLoader(
      async (ids: readonly string[]) =>
        byDataset(
          ids,
          await db.$queryRaw<(SizeCount & { datasetId: string })[]>`
            select "datasetId", "width", "height", count(*)::int as "count"
            from "Image" where "datasetId" = any(${ids}::uuid[]) and "deletedAt" is null group by 1, 2, 3 order by "count" desc, "width", "height"`,
        ),
      { cache },
    ),
    versionCounts: new DataLoader((ids: readonly string[]) => countVersions(db, ids), { cache }),
    frozenImages: new DataLoader((keys: readonly string[]) => readFrozenImages(db, keys), { cache }),
    datasetImages: new DataLoader(async (keys: readonly ImagesKey[]) => readImages(db, keys), {
      cache,
      cacheKeyFn: (key) => JSON.stringify([key.datasetId, key.take, key.after, key.skip, key.split, key.label, key.deleted]),
    }),
    datasetLeaks: new DataLoader(
      async (ids: readonly string[]) => {
        const counts = new Map((await countPairs(db, ids)).map((row) => [row.datasetId, row]));
        return ids.map((id) => counts.get(id) ?? null);
      },
      { cache },
    ),
    imageVersions: new DataLoader(
      async (ids: readonly string[]) => {
        const rows = await db.$queryRaw<{ imageId: string; numbers: number[] }[]>`
          select i."imageId", array_agg(v."number" order by v."number") as "numbers"
          from "DatasetVersionImage" i join "DatasetVersion" v on v."id" = i."versionId"
          where i."imageId" = any(${ids}::uuid[]) group by 1`;
        const byImage = new Map(rows.map((row) => [row.imageId, row.numbers]));
        return ids.map((id) => byImage.get(id) ?? []);
      },
      { cache },
    ),
    importVerdicts: new DataLoader(async (ids: readonly string[]) => countVerdicts(db, ids), { cache }),
  };
}

async function countVersions(db: PrismaClient, ids: readonly string[]): Promise<SplitLabelCount[][]> {
  const rows = await db.$queryRaw<(SplitLabelCount & { versionId: string })[]>`
    select "versionId", "split", "label", count(*)::int as "count", count("maskSha256")::int as "masks"
    from "DatasetVersionImage" where "versionId" = any(${ids}::uuid[]) group by 1, 2, 3 order by 1, 2, 3`;
  return ids.map((id) => rows.filter(({ versionId }) => versionId === id));
}

async function readFrozenImages(db: PrismaClient, keys: readonly string[]): Promise<(FrozenImage | null)[]> {
  const pairs = keys.map((key) => key.split('/'));
  const rows = await db.$queryRaw<(FrozenImage & { key: string })[]>`
    select v."versionId" || '/' || v."imageId" as "key", v."label", v."name", v."maskSha256"
    from unnest(${pairs.map(([version]) => version)}::uuid[], ${pairs.map(([, image]) => image)}::uuid[]) as k("versionId", "imageId")
    join "DatasetVersionImage" v on v."versionId" = k."versionId" and v."imageId" = k."imageId"`;
  const images = new Map(rows.map((row) => [row.key, row]));
  return keys.map((key) => images.get(key) ?? null);
}

async function countVerdicts(db: PrismaClient, ids: readonly string[]): Promise<VerdictCounts[]> {
  const groups = await db.importVerdict.groupBy({ by: ['importId', 'verdict'], where: { importId: { in: [...ids] } }, _count: true });
  return ids.map((id) => {
    const counts = { accepted: 0, mask: 0, duplicate: 0, ignored: 0, refused: 0 };
    for (const { importId, verdict, _count } of groups) if (importId === id) counts[verdict] += _count;
    return counts;
  });
}

async function readImages(db: PrismaClient, keys: readonly ImagesKey[]): Promise<Image[][]> {
  const rows = await db.$queryRaw<(Image & { request: number })[]>`
    select k."request"::int as "request", i.*
    from unnest(
      ${keys.map((key) => key.datasetId)}::uuid[], ${keys.map((key) => key.take)}::int[], ${keys.map((key) => key.after)}::uuid[],
      ${keys.map((key) => key.skip)}::int[],
      ${keys.map((key) => key.split)}::text[], ${keys.map((key) => key.label)}::text[], ${keys.map((key) => key.deleted)}::boolean[]
    ) with ordinality as k("datasetId", "take", "after", "skip", "split", "label", "deleted", "request")
    cross join lateral (
      select * from "Image" i
      where i."datasetId" = k."datasetId" and (i."deletedAt" is not null) = k."deleted"
        and (k."split" is null or i."split" = k."split"::"Split")
        and (k."label" is null or i."label" = k."label")
        and (k."after" is null or (i."split", i."label", i."name", i."id") > (select a."split", a."label", a."name", a."id" from "Image" a where a."id" = k."after" and a."datasetId" = k."datasetId"))
      order by i."split", i."label", i."name", i."id"
      offset k."skip" limit k."take"
    ) i
    order by k."request", i."split", i."label", i."name", i."id"`;
  return keys.map((_key, index) => rows.filter((row) => row.request === index + 1));
}
