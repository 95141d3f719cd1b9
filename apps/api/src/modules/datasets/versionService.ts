import { Prisma, type Dataset, type DatasetVersion, type Split } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { fileUrls } from '../../files.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { InvalidInput, NotFound } from '../../problems.ts';

/** What can have become of an image between two states of a dataset; several may hold of one image, `added` and `removed` alone. */
export const changeKinds = ['added', 'removed', 'moved', 'relabelled', 'masked', 'renamed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Where an image stood in a version, or stands now. */
export interface ImageState {
  readonly split: Split;
  readonly label: string;
  readonly name: string;
  readonly maskUrl: string | null;
}

export interface ImageChange {
  readonly image: { readonly id: string; readonly thumbnailSha256: string };
  readonly kinds: readonly ChangeKind[];
  /** Null where it was not there. */
  readonly before: ImageState | null;
  readonly after: ImageState | null;
}

export interface DatasetDifference {
  readonly dataset: Dataset;
  readonly from: DatasetVersion;
  /** Null for the dataset as it is now. */
  readonly to: DatasetVersion | null;
}

/** Versions of a dataset that the person may see, newest first. */
export async function listVersions(
  { db }: Context,
  dataset: Dataset,
  request: PageRequest,
  query: { include?: Prisma.DatasetVersionInclude },
): Promise<Page<DatasetVersion>> {
  const where = { datasetId: dataset.id };
  const rows = await db.datasetVersion.findMany({
    ...query,
    where,
    orderBy: { number: 'desc' },
    take: pageSize(request) + 1,
    ...behind('DatasetVersion', request, { datasetId: dataset.id }),
  });
  return toPage(
    rows,
    request,
    (version) => publicId('DatasetVersion', version.id),
    () => db.datasetVersion.count({ where }),
  );
}

/** Two states of one dataset. @param to left out: as it is now. @throws NotFound for a version of another dataset */
export async function readDifference({ db }: Context, dataset: Dataset, from: string, to: string | null): Promise<DatasetDifference> {
  const [fromId, toId] = [rowIdOf('DatasetVersion', from), to === null ? null : rowIdOf('DatasetVersion', to)];
  const versions = await db.datasetVersion.findMany({ where: { datasetId: dataset.id, id: { in: toId ? [fromId, toId] : [fromId] } } });
  const find = (id: string): DatasetVersion => {
    const version = versions.find((one) => one.id === id);
    if (!version) throw new NotFound('DatasetVersion');
    return version;
  };
  return { dataset, from: find(fromId), to: toId === null ? null : find(toId) };
}

/** The images of both states side by side, matched by content: an image that was deleted and brought again is the same image. */
function sideBySide({ dataset, from, to }: DatasetDifference): Prisma.Sql {
  const after = to
    ? Prisma.sql`select "imageId", "sha256", "split", "label", "name", "maskSha256" from "DatasetVersionImage" where "versionId" = ${to.id}::uuid`
    : Prisma.sql`select "id" as "imageId", "sha256", "split", "label", "name", "maskSha256" from "Image" where "datasetId" = ${dataset.id}::uuid and "deletedAt" is null`;
  return Prisma.sql`
    select coalesce(b."imageId", a."imageId") as "imageId", coalesce(b."sha256", a."sha256") as "sha256",
      a."split" as "splitBefore", a."label" as "labelBefore", a."name" as "nameBefore", a."maskSha256" as "maskBefore", a."imageId" as "idBefore",
      b."split" as "splitAfter", b."label" as "labelAfter", b."name" as "nameAfter", b."maskSha256" as "maskAfter", b."imageId" as "idAfter",
      a."sha256" is null as "added", b."sha256" is null as "removed",
      coalesce(a."split" <> b."split", false) as "moved", coalesce(a."label" <> b."label", false) as "relabelled",
      a."sha256" is not null and b."sha256" is not null and a."maskSha256" is distinct from b."maskSha256" as "masked",
      coalesce(a."name" <> b."name", false) as "renamed"
    from (select "imageId", "sha256", "split", "label", "name", "maskSha256" from "DatasetVersionImage" where "versionId" = ${from.id}::uuid) a
    full join (${after}) b on a."sha256" = b."sha256"`;
}

export type DifferenceCounts = Readonly<Record<ChangeKind | 'unchanged', number>>;

/** How many images changed, by what became of them. */
export async function countDifference({ db }: Context, difference: DatasetDifference): Promise<DifferenceCounts> {
  const [counts] = await db.$queryRaw<DifferenceCounts[]>`
    select count(*) filter (where "added")::int as "added", count(*) filter (where "removed")::int as "removed",
      count(*) filter (where "moved")::int as "moved", count(*) filter (where "relabelled")::int as "relabelled",
      count(*) filter (where "masked")::int as "masked", count(*) filter (where "renamed")::int as "renamed",
      count(*) filter (where not ("added" or "removed" or "moved" or "relabelled" or "masked" or "renamed"))::int as "unchanged"
    from (${sideBySide(difference)}) d`;
  if (!counts) throw new Error('A count came back without a row.');
  return counts;
}

interface Row extends Record<ChangeKind, boolean> {
  readonly id: string;
  readonly thumbnailSha256: string;
  readonly splitBefore: Split | null;
  readonly labelBefore: string;
  readonly nameBefore: string;
  readonly maskBefore: string | null;
  readonly idBefore: string | null;
  readonly splitAfter: Split | null;
  readonly labelAfter: string;
  readonly nameAfter: string;
  readonly maskAfter: string | null;
  readonly idAfter: string | null;
}

export interface ChangesRequest extends PageRequest {
  readonly kind?: ChangeKind | null | undefined;
}

/** The images that changed, by split, label and name where they are now. The cursor is a place in that order. */
export async function listChanges({ db }: Context, difference: DatasetDifference, request: ChangesRequest): Promise<Page<ImageChange>> {
  const offset = request.after ? Number(request.after) : 0;
  if (!Number.isInteger(offset) || offset < 0)
    throw InvalidInput.at('after', 'after is no cursor of this list; take one from a page of it.');
  const size = pageSize(request);
  // A name out of the list above, never what was sent.
  const kind = changeKinds.find((one) => one === request.kind);
  const wanted = kind
    ? Prisma.raw(`d."${kind}"`)
    : Prisma.sql`(d."added" or d."removed" or d."moved" or d."relabelled" or d."masked" or d."renamed")`;
  const rows = await db.$queryRaw<Row[]>`
    select d.*, i."id", i."thumbnailSha256" from (${sideBySide(difference)}) d join "Image" i on i."id" = d."imageId"
    where ${wanted}
    order by coalesce(d."splitAfter", d."splitBefore"), coalesce(d."labelAfter", d."labelBefore"), coalesce(d."nameAfter", d."nameBefore"), d."sha256"
    limit ${size + 1} offset ${offset}`;
  const count = async () => {
    const counts = await db.$queryRaw<{ count: number }[]>`
      select count(*)::int as "count" from (${sideBySide(difference)}) d where ${wanted}`;
    return counts[0]?.count ?? 0;
  };
  const changes = rows.map((row) => changeOf(row, difference));
  const places = new Map(changes.map((change, index) => [change, String(offset + index + 1)]));
  return toPage(changes, request, (change) => places.get(change) ?? '', count);
}

function changeOf(row: Row, { from, to }: DatasetDifference): ImageChange {
  return {
    image: { id: row.id, thumbnailSha256: row.thumbnailSha256 },
    kinds: changeKinds.filter((kind) => row[kind]),
    before: row.splitBefore && {
      split: row.splitBefore,
      label: row.labelBefore,
      name: row.nameBefore,
      maskUrl: maskUrl(from, row.idBefore, row.maskBefore),
    },
    after: row.splitAfter && {
      split: row.splitAfter,
      label: row.labelAfter,
      name: row.nameAfter,
      maskUrl: maskUrl(to, row.idAfter, row.maskAfter),
    },
  };
}

function maskUrl(version: DatasetVersion | null, imageId: string | null, sha256: string | null): string | null {
  if (sha256 === null || imageId === null) return null;
  return version ? fileUrls.frozenMask(version.id, imageId, sha256) : fileUrls.mask({ id: imageId, maskSha256: sha256 });
}
