'use client';

import type { ApolloClient } from '@apollo/client';
import { useEffect, useSyncExternalStore } from 'react';
import { sentenceOf } from '#web/graphql/failure.ts';
import { startImportDocument } from '../documents.ts';
import type { ChosenFile } from './dropped-files.ts';
import { tusTransport } from './tus-transport.ts';
import { type BeginImport, UploadBatches } from './upload-batches.ts';
import { createUploadMemory } from './upload-memory.ts';
import type { UploadState } from './upload-queue.ts';

/** Uploads go on while the person moves about in the app, so they live outside the pages. */
const uploads = new UploadBatches(tusTransport, createUploadMemory());

const warnBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault();
if (typeof window !== 'undefined') {
  uploads.subscribe(() => {
    if (uploads.active) window.addEventListener('beforeunload', warnBeforeLeaving);
    else window.removeEventListener('beforeunload', warnBeforeLeaving);
  });
}

const none: readonly UploadState[] = [];
let recalled = false;

/** The uploads of a dataset, oldest first; those that an earlier page left unfinished among them. */
export function useUploads(datasetId: string): readonly UploadState[] {
  useEffect(() => {
    if (recalled) return;
    recalled = true;
    void uploads.recall();
  }, []);
  return useSyncExternalStore(
    (listener) => uploads.subscribe(listener),
    () => uploads.of(datasetId),
    () => none,
  );
}

const beginWith =
  (client: ApolloClient): BeginImport =>
  async (datasetId, files) => {
    try {
      const { data } = await client.mutate({ mutation: startImportDocument, variables: { input: { datasetId, files: [...files] } } });
      const result = data?.startImport;
      return result?.__typename === 'StartImportSuccess' ? { importId: result.import.id } : { reason: sentenceOf(result) };
    } catch (failure) {
      return { reason: sentenceOf(failure) };
    }
  };

/** Sends the files after those that are being sent, and starts the import that reads them. */
export function startUpload(client: ApolloClient, datasetId: string, files: readonly ChosenFile[]): void {
  uploads.add(datasetId, files, beginWith(client));
}

/** Gives files that were chosen again to the interrupted upload that misses them; the others come back. */
export function resumeUploads(client: ApolloClient, datasetId: string, files: readonly ChosenFile[]): ChosenFile[] {
  return uploads.resume(datasetId, files, beginWith(client));
}

export function goOnWithout(client: ApolloClient, id: string): void {
  uploads.goOnWithout(id, beginWith(client));
}

export const retryUpload = (id: string): void => uploads.retry(id);
export const discardUpload = (id: string): Promise<void> => uploads.discard(id);
export const uploadHandedOver = (id: string): void => uploads.handedOver(id);
