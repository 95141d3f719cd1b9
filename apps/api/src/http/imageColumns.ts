import { promisify } from 'node:util';
import { constants, gunzip, gzip, type ZlibOptions } from 'node:zlib';
import { Prisma } from '@plumbline/prisma';
import type { Request, Response } from 'express';
import type { Context } from '../context.ts';
import { publicId } from '../ids.ts';
import { readEvaluation } from '../modules/evaluations/service.ts';
import { ByteCache } from './byteCache.ts';
import { NoResults } from './evaluationFolder.ts';
import { isKnown } from './range.ts';

/** Changes with the form of the answer: what a browser kept of an older one is then asked for anew. */
const FORM = 2;

/** Answers of evaluations asked for lately; ten thousand images are about a megabyte. */
const cache = new ByteCache<Buffer>(96 * 2 ** 20);

const compress = promisify<Buffer, ZlibOptions, Buffer>(gzip);

/**
 * `GET /files/evaluations/:id/images.json`: what a finished evaluation says of every image, a list for each value, all as long and in the order
 * of the images' ids: `{evaluationId, datasetVersionId, imageId, name, label, split, width, height, mask, reconstructionId, input, networkWidth,
 * networkHeight, measures: {ssim, mse: {score, minimum, maximum, mean, p99}}}`. `mask` is what the address of the ground truth ends with, null
 * where there is none. `input` begins the sha256 of the network's input: where two are alike, so are the pictures.
 * @throws NotFound, NoResults
 */
export async function sendImageColumns(context: Context, request: Request, response: Response, id: string): Promise<void> {
  const evaluation = await readEvaluation(context, id);
  if (evaluation.state !== 'succeeded') throw new NoResults(evaluation.state);
  const etag = `W/"${evaluation.id}-${FORM}"`;
  response.set({
    ETag: etag,
    // Asked for each time, since the form may change, and answered in few bytes: a finished evaluation does not.
    'Cache-Control': 'private, no-cache',
    Vary: 'Cookie, Authorization, Accept-Encoding',
    'Content-Type': 'application/json; charset=utf-8',
  });
  if (isKnown(request.get('if-none-match'), etag.slice(2))) {
    response.status(304).end();
    return;
  }
  const packed = await cache.get(evaluation.id, async () =>
    compress(Buffer.from(await columnsOf(context, evaluation)), { level: constants.Z_BEST_SPEED }),
  );
  if (request.acceptsEncodings('gzip')) response.set('Content-Encoding', 'gzip').end(packed);
  else response.end(await promisify(gunzip)(packed));
}

/** A column as a JSON list. @param prefix stands before each value */
const column = (name: string, prefix = ''): Prisma.Sql =>
  Prisma.raw(`coalesce(array_to_json(array_agg(${prefix && `'${prefix}' || `}${name})), '[]')`);
const statistics = (map: 's' | 'm'): Prisma.Sql => {
  const of = ['score', 'minimum', 'maximum', 'mean', 'p99'].map(
    (name) => Prisma.sql`${Prisma.raw(`'${name}'`)}, ${column(`("${map}")."${name}"`)}`,
  );
  return Prisma.sql`json_build_object(${Prisma.join(of)})`;
};

/** Written by the database itself: making forty thousand objects of rows and text of those would take longer than all the rest. */
async function columnsOf({ db }: Context, evaluation: { readonly id: string; readonly datasetVersionId: string }): Promise<string> {
  const [row] = await db.$queryRaw<{ columns: string }[]>`
    with images as materialized (
      select r."id", r."imageId", r."networkWidth", r."networkHeight", v."name", v."label", v."split", left(v."maskSha256", 12) as "mask",
        left(r."inputSha256", 16) as "input",
        i."width", i."height", s, m
      from "Reconstruction" r
      join "DatasetVersionImage" v on v."versionId" = ${evaluation.datasetVersionId}::uuid and v."imageId" = r."imageId"
      join "Image" i on i."id" = r."imageId"
      left join "ResidualMap" s on s."reconstructionId" = r."id" and s."measure" = 'ssim'
      left join "ResidualMap" m on m."reconstructionId" = r."id" and m."measure" = 'mse'
      where r."evaluationId" = ${evaluation.id}::uuid
      order by r."imageId")
    select json_build_object(
      'evaluationId', ${publicId('Evaluation', evaluation.id)}::text,
      'datasetVersionId', ${publicId('DatasetVersion', evaluation.datasetVersionId)}::text,
      'imageId', ${column('"imageId"', publicId('Image', ''))}, 'name', ${column('"name"')}, 'label', ${column('"label"')},
      'split', ${column('"split"')}, 'width', ${column('"width"')}, 'height', ${column('"height"')}, 'mask', ${column('"mask"')},
      'reconstructionId', ${column('"id"', publicId('Reconstruction', ''))}, 'input', ${column('"input"')},
      'networkWidth', ${column('"networkWidth"')}, 'networkHeight', ${column('"networkHeight"')},
      'measures', json_build_object('ssim', ${statistics('s')}, 'mse', ${statistics('m')})
    )::text as "columns" from images`;
  if (!row) throw new Error('the database wrote no columns');
  return row.columns;
}
