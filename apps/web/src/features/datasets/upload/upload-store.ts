'use client';

import type { ApolloClient } from '@apollo/client';
import { useSyncExternalStore } from 'react';
import { Upload } from 'tus-js-client';
import { sentenceOf } from '#web/graphql/failure.ts';
import { startImportDocument } from '../documents.ts';
import type { ChosenFile } from './dropped-files.ts';
import { inLanes, startedUpload, type UploadState } from './upload-queue.ts';

/**
 * Uploads go on while the person moves about in the app, so they live outside the pages: one per dataset. Files travel by tus in pieces;
 * a broken connection is retried, and a big file that was chosen again goes on where it stopped.
 */

const lanes = 4;
const piece = 16 * 2 ** 20;
/** Below this a second try costs less than remembering. */
const worthResuming = 4 * 2 ** 20;

interface Running {
  state: UploadState;
  readonly stop: AbortController;
}

const uploads = new Map<string, Running>();
const listeners = new Set<() => void>();

function update(datasetId: string, change: Partial<UploadState>): void {
  const running = uploads.get(datasetId);
  if (!running) return;
  running.state = { ...running.state, ...change };
  for (const listener of listeners) listener();
}

/** The upload of a dataset, or null. */
export function useUpload(datasetId: string): UploadState | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => uploads.get(datasetId)?.state ?? null,
    () => null,
  );
}

/** Ends an upload under way, or takes a finished one off the screen. */
export function dismissUpload(datasetId: string): void {
  const running = uploads.get(datasetId);
  running?.stop.abort();
  uploads.delete(datasetId);
  for (const listener of listeners) listener();
}

function warnBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Sends the files and starts the import that reads them. */
export async function startUpload(client: ApolloClient, datasetId: string, files: readonly ChosenFile[]): Promise<void> {
  if (uploads.get(datasetId)?.state.phase === 'sending') return;
  const stop = new AbortController();
  uploads.set(datasetId, {
    state: startedUpload(
      files.map(({ file }) => file.size),
      Date.now(),
    ),
    stop,
  });
  update(datasetId, {});
  window.addEventListener('beforeunload', warnBeforeLeaving);
  const sent = new Array<number>(files.length).fill(0);
  const ids = new Array<string>(files.length).fill('');
  let filesSent = 0;
  let bytesSent = 0;
  const report = (index: number, now: number) => {
    bytesSent += now - (sent[index] ?? 0);
    sent[index] = now;
    update(datasetId, { bytesSent, filesSent });
  };
  try {
    await inLanes(files, lanes, stop.signal, async (chosen, index) => {
      ids[index] = await send(chosen, stop.signal, (now) => report(index, now));
      filesSent += 1;
      report(index, chosen.file.size);
    });
    if (stop.signal.aborted) return;
    update(datasetId, { phase: 'starting' });
    const { data } = await client.mutate({
      mutation: startImportDocument,
      variables: {
        input: { datasetId, files: files.map(({ path, place }, index) => ({ path, uploadId: ids[index] ?? '', place: place ?? null })) },
      },
    });
    const result = data?.startImport;
    if (result?.__typename === 'StartImportSuccess') update(datasetId, { phase: 'done', importId: result.import.id });
    else update(datasetId, { phase: 'failed', reason: sentenceOf(result) });
  } catch (failure) {
    if (!stop.signal.aborted) update(datasetId, { phase: 'failed', reason: sentenceOf(failure) });
  } finally {
    window.removeEventListener('beforeunload', warnBeforeLeaving);
  }
}

function send({ path, file }: ChosenFile, signal: AbortSignal, onProgress: (sent: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const resumable = file.size >= worthResuming;
    const upload = new Upload(file, {
      endpoint: '/uploads',
      chunkSize: piece,
      retryDelays: [0, 1_000, 3_000, 5_000, 10_000, 20_000],
      metadata: { filename: path, filetype: file.type || 'application/octet-stream' },
      uploadDataDuringCreation: !resumable,
      storeFingerprintForResuming: resumable,
      removeFingerprintOnSuccess: true,
      onProgress,
      onError: (error) => reject(new Error(`${path} could not be sent: ${reasonOf(error)}`)),
      onSuccess: () => resolve(new URL(upload.url ?? '', window.location.href).pathname.split('/').at(-1) ?? ''),
    });
    signal.addEventListener('abort', () => {
      void upload.abort();
      reject(new Error('stopped'));
    });
    const begin = () => upload.start();
    if (!resumable) return begin();
    upload.findPreviousUploads().then((previous) => {
      if (previous[0]) upload.resumeFromPreviousUpload(previous[0]);
      begin();
    }, begin);
  });
}

/** tus wraps the server's sentence into a long message; keep the sentence. */
function reasonOf(error: Error): string {
  const body = 'originalResponse' in error ? (error.originalResponse as { getBody?: () => string } | null)?.getBody?.() : undefined;
  return body?.trim().slice(0, 200) || 'the connection broke. Choose the files again; what arrived is kept.';
}
