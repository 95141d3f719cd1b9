import { basename } from 'node:path';
import { checkpointFiles } from '@plumbline/jobs';
import { measures, type Measure } from '@plumbline/ml/residuals';
import { Router, type Request, type Response } from 'express';
import { MissingFileError } from '@plumbline/storage';
import type { Context, Platform } from '../context.ts';
import { rowIdOf } from '../ids.ts';
import { readDatasetVersion, readImage, readThumbnail } from '../modules/datasets/service.ts';
import { readPictures } from '../modules/evaluations/service.ts';
import { readCheckpoint, readRun } from '../modules/training/service.ts';
import { createLoaders } from '../graphql/loaders.ts';
import { NotFound } from '../problems.ts';
import { evaluationFolder, evaluationTable, NoResults } from './evaluationFolder.ts';
import { BadLink, type SignedLink } from './fileLinks.ts';
import { problem } from './headers.ts';
import { sendImageColumns } from './imageColumns.ts';
import { createResiduals, TooManyResiduals } from './residualQueue.ts';
import { residualFile } from './residuals.ts';
import { sendFile, type Sendable } from './send.ts';
import { smallFile, storedFile } from './sources.ts';
import { sendZip } from './zip.ts';

const types: Record<string, string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  tiff: 'image/tiff',
  gif: 'image/gif',
  bmp: 'image/bmp',
  avif: 'image/avif',
};

type Params = Readonly<Record<string, string>>;
type Find = (context: Context, params: Params) => Promise<Sendable>;

/** `/files/…`: every picture and map, to those who may see what it belongs to. */
export function fileRoutes(platform: Platform, residuals = createResiduals()): { readonly router: Router; stop(): Promise<void> } {
  const stored = (sha256: string, type: string, name: string): Sendable => storedFile(platform.storage, sha256, type, name);

  const small = (sha256: string, type: string, name: string): Sendable => smallFile(platform.storage, sha256, type, name);

  const routes: Record<string, Find> = {
    '/files/images/:id/original': async (context, { id = '' }) => {
      const image = await readImage(context, id);
      return stored(image.sha256, types[image.format] ?? 'application/octet-stream', image.name);
    },
    '/files/images/:id/thumbnail': async (context, { id = '' }) => {
      const { thumbnailSha256, name } = await readThumbnail(context, id);
      return small(thumbnailSha256, 'image/webp', `${name}.webp`);
    },
    '/files/images/:id/mask': async (context, { id = '' }) => {
      const image = await readImage(context, id);
      if (!image.maskSha256) throw new NotFound('Image');
      return stored(image.maskSha256, 'image/png', `${image.name}.mask.png`);
    },
    '/files/versions/:id/:imageId/mask': async (context, { id = '', imageId = '' }) => {
      const version = await readDatasetVersion(context, id);
      const frozen = await context.loaders.frozenImages.load(`${version.id}/${rowIdOf('Image', imageId)}`);
      const sha256 = frozen?.maskSha256 ?? null;
      if (!sha256) throw new NotFound('Image');
      return stored(sha256, 'image/png', 'mask.png');
    },
    '/files/previews/:id/:file': async (context, { id = '', file = '' }) => {
      await readRun(context, id);
      const sha256 = /^([0-9a-f]{64})\.png$/.exec(file)?.[1];
      const preview = sha256 && (await context.db.runPreview.findFirst({ where: { runId: rowIdOf('TrainingRun', id), sha256 } }));
      if (!preview) throw new NotFound('TrainingRun');
      return stored(preview.sha256, 'image/png', `epoch-${preview.epoch}.png`);
    },
    '/files/reconstructions/:id/:file': async (context, { id = '', file = '' }) => {
      const found = await readPictures(context, id);
      const sha256 = { 'input.png': found.inputSha256, 'reconstruction.png': found.reconstructionSha256 }[file];
      if (!sha256) throw new NotFound('Reconstruction');
      return stored(sha256, 'image/png', file);
    },
    '/files/residuals/:id/:file': (context, { id = '', file = '' }) => residualFile(context, residuals, id, file),
    '/files/evaluations/:id/:file': async (context, { id = '', file = '' }) => {
      const table = await evaluationTable(context, id, file);
      if (!table) throw new NotFound('Evaluation');
      return table;
    },
    '/files/checkpoints/:id/*file': async (context, { id = '', file = '' }) => {
      const found = checkpointFiles((await readCheckpoint(context, id)).files).find(({ name }) => name === file);
      if (!found) throw new NotFound('Checkpoint');
      const type = file.endsWith('.json') ? 'application/json' : 'application/octet-stream';
      // The latest epoch's files come to stand behind the same id.
      return { ...stored(found.sha256, type, basename(file)), changes: true };
    },
  };

  const router = Router();
  // Before the tables: the last part of the path decides.
  router.get('/files/evaluations/:id/files.json', (request, response) =>
    answer(platform, request, response, async (context, { id = '' }) => {
      const { files } = await evaluationFolder(context, residuals, id, mapsOf(request));
      const listed = [];
      for (const { path, url, sha256, file } of files) listed.push({ path, url, bytes: await file.bytes(), sha256 });
      response.json({ files: listed });
    }),
  );
  router.get('/files/evaluations/:id/images.json', (request, response) =>
    answer(platform, request, response, (context, { id = '' }) => sendImageColumns(context, request, response, id)),
  );
  router.get('/files/evaluations/:id/folder.zip', (request, response) =>
    answer(platform, request, response, async (context, { id = '' }) =>
      sendZip(request, response, await evaluationFolder(context, residuals, id, mapsOf(request))),
    ),
  );
  for (const [path, find] of Object.entries(routes))
    router.get(path, (request, response) =>
      answer(platform, request, response, async (context, params) => sendFile(request, response, await find(context, params))),
    );
  return { router, stop: () => residuals.stop() };
}

/** `?maps=ssim,mse` or `none`: the measures whose maps are meant; all where nothing is said. @throws BadAddress */
function mapsOf({ query }: Request): readonly Measure[] {
  if (query.maps === undefined) return measures;
  const asked = String(query.maps).split(',');
  const unknown = asked.find((name) => name !== 'none' && !measures.some((measure) => measure === name));
  if (unknown !== undefined || (asked.includes('none') && asked.length > 1))
    throw new BadAddress(`maps is ${String(query.maps).slice(0, 40)}; give ssim, mse, both with a comma between them, or none.`);
  return measures.filter((measure) => asked.includes(measure));
}

/** Something behind the question mark that means nothing; the message says what to write. */
class BadAddress extends Error {
  override readonly name = 'BadAddress';
}

type Act = (context: Context, params: Params) => Promise<void>;

async function answer(platform: Platform, request: Request, response: Response, act: Act): Promise<void> {
  let link: SignedLink | null;
  try {
    link = platform.links.read(request.originalUrl);
  } catch (error) {
    if (!(error instanceof BadLink)) throw error;
    response.status(403).json(problem('FORBIDDEN', error.message));
    return;
  }
  const actor = await (link ? platform.sessions.actorOf(link.signer) : platform.sessions.actorFrom(request));
  if (link && !actor) {
    response.status(403).json(problem('FORBIDDEN', 'This link has ended with the sign-in or API token that made it; ask for a new one.'));
    return;
  }
  if (!actor) {
    response.status(401).json(problem('UNAUTHENTICATED', 'Sign in to continue.'));
    return;
  }
  response.locals.userId = actor.userId;
  const context: Context = { ...platform, actor, loaders: createLoaders(platform.db, { cache: true }) };
  // What is opened by a link is kept no longer than the link.
  response.locals.keepSeconds = link ? Math.max(0, Math.floor((link.expiresAt.getTime() - Date.now()) / 1000)) : undefined;
  try {
    const params = Object.entries(request.params).map(([name, value]) => [name, [value].flat().join('/')]);
    await act(context, Object.fromEntries(params) as Params);
  } catch (error) {
    if (response.headersSent) throw error;
    const unsent = () => {
      for (const name of ['ETag', 'Content-Disposition', 'Accept-Ranges', 'Repr-Digest']) response.removeHeader(name);
      return response.set('Cache-Control', 'no-store');
    };
    if (error instanceof TooManyResiduals) {
      unsent().status(503).set('Retry-After', String(error.retryAfterSeconds)).json(problem('UNAVAILABLE', error.message));
      return;
    }
    if (error instanceof BadAddress) {
      unsent().status(400).json(problem('BAD_REQUEST', error.message));
      return;
    }
    if (error instanceof NoResults) {
      unsent().status(409).json(problem('NO_RESULTS', error.message));
      return;
    }
    if (!(error instanceof NotFound || error instanceof MissingFileError)) throw error;
    if (error instanceof MissingFileError) platform.log.error({ path: request.path, sha256: error.sha256 }, 'a file is missing in storage');
    unsent().status(404).json(problem('NOT_FOUND', 'There is no such file.'));
  }
}
