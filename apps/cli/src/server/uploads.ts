import { createReadStream } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { DefaultHttpStack, Upload, type UploadOptions } from 'tus-js-client';
import { ServerError, UsageError } from '../failure.ts';
import type { ChosenFile } from './chosen-files.ts';
import type { Server } from './connection.ts';
import { inLanes } from './lanes.ts';
import type { UploadMemory } from './upload-memory.ts';

const lanes = 4;
const piece = 16 * 2 ** 20;
/** Below this a file travels with the request that begins it. */
const inOneRequest = 4 * 2 ** 20;

export interface UploadProgress {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Sends files that have not arrived yet, a few at a time; the first that fails stops the rest.
 * @returns the uploads' ids in the order of the files
 * @throws ServerError, UsageError
 */
export async function uploadAll(
  server: Server,
  files: readonly ChosenFile[],
  memory: UploadMemory,
  signal: AbortSignal,
  onProgress: (sent: UploadProgress) => void,
): Promise<string[]> {
  const Agent = server.url.startsWith('https:') ? HttpsAgent : HttpAgent;
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const ids = new Array<string>(files.length);
  const sent = new Array<number>(files.length).fill(0);
  let [whole, all] = [0, 0];
  const tell = (at: number, bytes: number): void => {
    all += bytes - (sent[at] ?? 0);
    sent[at] = bytes;
    onProgress({ files: whole, bytes: all });
  };
  try {
    await inLanes(files, lanes, signal, async (file, at, stop) => {
      const known = memory.of(file);
      const upload = known?.whole
        ? known.upload
        : await send(server, agent, file, known?.upload ?? null, stop, {
            begun: (id) => memory.note(file, id, false),
            progress: (bytes) => tell(at, bytes),
          });
      if (!known?.whole) memory.note(file, upload, true);
      ids[at] = upload;
      whole++;
      tell(at, file.bytes);
    });
  } finally {
    agent.destroy();
  }
  return ids;
}

interface Listener {
  begun(upload: string): void;
  progress(bytes: number): void;
}

const idOf = (url: string | null): string => url?.split('/').at(-1) ?? '';

function send(
  server: Server,
  agent: HttpAgent,
  file: ChosenFile,
  known: string | null,
  signal: AbortSignal,
  on: Listener,
): Promise<string> {
  const endpoint = `${server.url}/uploads`;
  const stream = createReadStream(file.file);
  let abort = (): void => undefined;
  return new Promise<string>((resolve, reject) => {
    const options: UploadOptions = {
      endpoint,
      ...(known ? { uploadUrl: `${endpoint}/${known}` } : {}),
      headers: { ...server.headers },
      httpStack: new DefaultHttpStack({ agent }),
      chunkSize: piece,
      retryDelays: [0, 1000, 3000, 5000, 10_000, 20_000],
      metadata: { filename: file.path },
      uploadSize: file.bytes,
      uploadDataDuringCreation: file.bytes < inOneRequest,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => on.begun(idOf(upload.url)),
      onProgress: (bytes) => on.progress(bytes),
      onError: (error) => reject(problemOf(server, file, error)),
      onSuccess: () => resolve(idOf(upload.url)),
    };
    // The library takes streams of files and reads the parts that it needs; its types know only those of browsers.
    const upload = new Upload(stream as unknown as Buffer, options);
    abort = () => {
      void upload.abort();
      reject(signal.reason as Error);
    };
    stream.once('error', reject);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    upload.start();
  }).finally(() => {
    signal.removeEventListener('abort', abort);
    stream.destroy();
  });
}

function problemOf(server: Server, file: ChosenFile, error: Error): Error {
  const answer = 'originalResponse' in error ? (error.originalResponse as { getStatus(): number; getBody(): string } | null) : null;
  const sentence = answer?.getBody()?.trim().slice(0, 300);
  if (answer && answer.getStatus() < 500 && sentence) return new UsageError(`${file.path} cannot be sent to ${server.url}: ${sentence}`);
  return new ServerError(
    `${file.path} could not be sent to ${server.url}: ${sentence || 'the connection broke'}; the same command goes on where it stopped.`,
    true,
  );
}
