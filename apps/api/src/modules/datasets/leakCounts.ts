import type { Prisma } from '@plumbline/prisma';

export interface LeakCounts {
  readonly datasetId: string;
  readonly pairs: number;
  /** More were found than are kept. */
  readonly more: boolean;
}

/** Leaking pairs of many datasets in one statement. */
export function countPairs(db: Prisma.TransactionClient, ids: readonly string[]): Promise<LeakCounts[]> {
  return db.$queryRaw<LeakCounts[]>`
    select c."datasetId", count(*)::int as "pairs", c."pairCount" > (select count(*) from "LeakPair" k where k."checkId" = c."id") as "more"
    from (
      select distinct on ("datasetId") "id", "datasetId", "pairCount" from "LeakCheck"
      where "datasetId" = any(${ids}::uuid[]) and "state" = 'succeeded' order by "datasetId", "createdAt" desc
    ) c
    join "LeakPair" p on p."checkId" = c."id"
    join "Image" a on a."id" = p."imageId" and a."deletedAt" is null
    join "Image" b on b."id" = p."otherId" and b."deletedAt" is null and b."split" <> a."split"
    group by c."id", c."datasetId", c."pairCount"`;
}
