import { Router, type Request, type Response } from 'express';
import { MissingFileError } from '@plumbline/storage';
import type { Context, Platform } from '../context.ts';
import { rowIdOf } from '../ids.ts';
import { readDatasetVersion, readImage } from '../modules/datasets/service.ts';
import { readReconstruction } from '../modules/evaluations/service.ts';
import { readRun } from '../modules/training/service.ts';
import { createLoaders } from '../graphql/loaders.ts';
import { NotFound } from '../problems.ts';
import { problem } from './headers.ts';
import { createResiduals, TooManyResiduals } from './residualQueue.ts';
import { residualFile } from './residuals.ts';
import { sendFile, type Sendable } from './send.ts';

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

type Find = (context: Context, params: Record<string, string>) => Promise<Sendable>;

/** `/files/…`: every picture and map, to those who may see what it belongs to. */
export function fileRoutes(platform: Platform, residuals = createResiduals()): { readonly router: Router; stop(): Promise<void> } {
  const stored = (sha256: string, type: string, name: string): Sendable => ({
    sha256,
    type,
    name,
    async bytes() {
      const file = await platform.storage.stat(sha256);
      if (!file) throw new MissingFileError(sha256);
      return file.bytes;
    },
    open: (span) => platform.storage.open(sha256, span ?? undefined),
  });

  const routes: Record<string, Find> = {
    '/files/images/:id/original': async (context, { id = '' }) => {
      const image = await readImage(context, id);
      return stored(image.sha256, types[image.format] ?? 'application/octet-stream', image.name);
    },
    '/files/images/:id/thumbnail': async (context, { id = '' }) => {
      const image = await readImage(context, id);
      return stored(image.thumbnailSha256, 'image/webp', `${image.name}.webp`);
    },
    '/files/images/:id/mask': async (context, { id = '' }) => {
      const image = await readImage(context, id);
      if (!image.maskSha256) throw new NotFound('Image');
      return stored(image.maskSha256, 'image/png', `${image.name}.mask.png`);
    },
    '/files/versions/:id/:imageId/mask': async (context, { id = '', imageId = '' }) => {
      const version = await readDatasetVersion(context, id);
      const sha256 = await context.loaders.frozenMasks.load(`${version.id}/${rowIdOf('Image', imageId)}`);
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
      const found = await readReconstruction(context, id);
      const sha256 = { 'input.png': found.inputSha256, 'reconstruction.png': found.reconstructionSha256 }[file];
      if (!sha256) throw new NotFound('Reconstruction');
      return stored(sha256, 'image/png', file);
    },
    '/files/residuals/:id/:file': (context, { id = '', file = '' }) => residualFile(context, residuals, id, file),
  };

  const router = Router();
  for (const [path, find] of Object.entries(routes)) router.get(path, (request, response) => answer(platform, request, response, find));
  return { router, stop: () => residuals.stop() };
}

async function answer(platform: Platform, request: Request, response: Response, find: Find): Promise<void> {
  const actor = await platform.sessions.actorFrom(request);
  if (!actor) {
    response.status(401).json(problem('UNAUTHENTICATED', 'Sign in to continue.'));
    return;
  }
  response.locals.userId = actor.userId;
  const context: Context = { ...platform, actor, loaders: createLoaders(platform.db, { cache: true }) };
  try {
    await sendFile(request, response, await find(context, request.params as Record<string, string>));
  } catch (error) {
    if (response.headersSent) throw error;
    const unsent = () => {
      for (const name of ['ETag', 'Content-Disposition', 'Accept-Ranges']) response.removeHeader(name);
      return response.set('Cache-Control', 'no-store');
    };
    if (error instanceof TooManyResiduals) {
      unsent().status(503).set('Retry-After', String(error.retryAfterSeconds)).json(problem('UNAVAILABLE', error.message));
      return;
    }
    if (!(error instanceof NotFound || error instanceof MissingFileError)) throw error;
    if (error instanceof MissingFileError) platform.log.error({ path: request.path, sha256: error.sha256 }, 'a file is missing in storage');
    unsent().status(404).json(problem('NOT_FOUND', 'There is no such file.'));
  }
}
