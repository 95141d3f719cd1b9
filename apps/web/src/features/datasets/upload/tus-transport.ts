import { Upload } from 'tus-js-client';
import type { Transport } from './upload-batches.ts';

const endpoint = '/uploads';
const piece = 16 * 2 ** 20;
/** Below this a file travels with the request that begins it: a second try costs less than asking. */
const inOneRequest = 4 * 2 ** 20;

const idOf = (url: string | null): string => new URL(url ?? '', window.location.href).pathname.split('/').at(-1) ?? '';

/** tus 1.0: files travel in pieces, a broken connection is retried, and an upload goes on at the offset that the server tells. */
export const tusTransport: Transport = {
  send: ({ path, file }, known, signal, on) =>
    new Promise((resolve, reject) => {
      const upload = new Upload(file, {
        endpoint,
        ...(known ? { uploadUrl: `${endpoint}/${known}` } : {}),
        chunkSize: piece,
        retryDelays: [0, 1_000, 3_000, 5_000, 10_000, 20_000],
        metadata: { filename: path, filetype: file.type || 'application/octet-stream' },
        uploadDataDuringCreation: file.size < inOneRequest,
        storeFingerprintForResuming: false,
        onUploadUrlAvailable: () => on.begun(idOf(upload.url)),
        onProgress: (sent) => on.progress(sent),
        onError: (error) => reject(new Error(`${path} could not be sent: ${reasonOf(error)}`)),
        onSuccess: () => resolve(idOf(upload.url)),
      });
      const abort = () => {
        void upload.abort();
        reject(new Error('stopped'));
      };
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      upload.start();
    }),
  // What is gone already is as it should be, and what cannot be reached the server removes by itself after three days.
  discard: (uploadId) => Upload.terminate(`${endpoint}/${uploadId}`, { endpoint, retryDelays: [0, 1_000] }).catch(() => undefined),
};

/** tus wraps the server's sentence into a long message; keep the sentence. */
function reasonOf(error: Error): string {
  const body = 'originalResponse' in error ? (error.originalResponse as { getBody?: () => string } | null)?.getBody?.() : undefined;
  return body?.trim().slice(0, 200) || 'the connection broke. Try again; what arrived is kept.';
}
