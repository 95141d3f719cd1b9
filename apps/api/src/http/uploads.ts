import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from '@tus/server';
import { Router, type Request, type Response } from 'express';
import type { Actor } from '../actor.ts';
import type { Platform } from '../context.ts';
import { hasAnywhere } from '../permissions.ts';

const largestUpload = 5 * 1024 ** 3;
const tidyEveryMs = 3600 * 1000;

/** What a request is about. */
interface Upload {
  readonly actor: Actor;
  /** An upload of the actor; none where a new one begins. */
  readonly id?: string;
}

/**
 * `/uploads`: resumable uploads (tus 1.0.0) of people who may bring images into a dataset of some team. An upload belongs to the person who
 * began it; for anybody else it does not exist.
 */
export function uploadRoutes({ sessions, uploads, log }: Platform): { readonly router: Router; stop(): void } {
  const uploader = new AsyncLocalStorage<Upload>();
  const tus = new Server({
    path: '/uploads',
    datastore: uploads.store,
    maxSize: largestUpload,
    relativeLocation: true,
    // Only our own pages: the header is left out for every origin.
    allowedOrigins: () => false,
    disableTerminationForFinishedUploads: false,
    namingFunction: () => {
      const upload = uploader.getStore();
      if (!upload) throw new Error('An upload outside a request.');
      return uploads.nameFor(upload.actor.userId);
    },
    // By itself it takes the last part of the whole address, which may stand behind a `?`: only the id that was looked at counts.
    getFileIdFromRequest: () => uploader.getStore()?.id,
    onResponseError: (_request, error) => {
      if ('status_code' in error)
        return error.status_code === 413 ? { status_code: 413, body: 'A file may have at most 5 GiB; split it.\n' } : undefined;
      log.error({ reason: error.message }, 'upload failed');
      return { status_code: 500, body: 'The upload could not be stored; try again in a moment.\n' };
    },
  });
  const timer = setInterval(() => {
    tus.cleanUpExpiredUploads().catch((error: unknown) => log.warn({ reason: String(error) }, 'old uploads could not be removed'));
  }, tidyEveryMs);
  timer.unref();

  async function handle(request: Request, response: Response): Promise<void> {
    const actor = await sessions.actorFrom(request);
    if (!actor) return refuse(response, 401, 'Sign in to upload.');
    response.locals.userId = actor.userId;
    if (!hasAnywhere(actor, 'dataset.import'))
      return refuse(response, 403, 'Engineers, admins and owners can upload images; ask an admin of the team.');
    const id = request.path.replace(/^\/uploads\/?/, '');
    if (request.method === 'GET' || (id !== '' && !uploads.belongsTo(id, actor.userId)))
      return refuse(response, 404, 'There is no such upload.');
    await uploader.run({ actor, ...(id === '' ? {} : { id }) }, () => tus.handle(request, response));
  }

  const router = Router();
  router.all(['/uploads', '/uploads/*rest'], handle);
  return { router, stop: () => clearInterval(timer) };
}

function refuse(response: Response, status: number, message: string): void {
  response.status(status).type('text/plain').send(`${message}\n`);
}
