import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { ZipFile } from 'yazl';
import type { EvaluationFolder, FolderFile } from './evaluationFolder.ts';
import { TooManyResiduals } from './residualQueue.ts';

/** Opens a file, in its turn behind whoever else has maps computed. */
async function openInTurn({ file }: FolderFile, signal: AbortSignal): Promise<Readable> {
  for (;;) {
    try {
      return await file.open(null);
    } catch (error) {
      if (!(error instanceof TooManyResiduals)) throw error;
      await wait(1000, undefined, { signal });
    }
  }
}

/**
 * Answers a folder as a zip that is made while it is sent: one file is open at a time. Nothing is packed, since pictures are already and maps hardly
 * gain, so the length is known beforehand, and a zip that was cut off can be told from a whole one.
 */
export async function sendZip(request: Request, response: Response, folder: EvaluationFolder): Promise<void> {
  // Sizes are asked for before anything is sent: a file that storage has lost is a clear refusal then.
  const sizes: number[] = [];
  for (const { file } of folder.files) sizes.push(await file.bytes());
  const name = folder.name.replaceAll(/[\\/:\0]/g, '_');
  const zip = new ZipFile();
  const ended = new AbortController();
  let open: Readable | null = null;
  const output = zip.outputStream as Readable;
  let failure: unknown;
  const fail = (error: unknown): void => {
    if (!ended.signal.aborted) failure ??= error;
    output.destroy(error as Error);
  };
  // A file may fail to open before anybody reads.
  output.on('error', () => ended.abort());
  zip.on('error', fail);
  folder.files.forEach((one, at) => {
    const options = { mtime: folder.finishedAt, compress: false, size: sizes[at] ?? 0 };
    zip.addReadStreamLazy(`${name}/${one.path}`, options, (give) => {
      openInTurn(one, ended.signal).then((stream) => {
        open = stream;
        if (ended.signal.aborted) stream.destroy();
        else give(null, stream);
      }, fail);
    });
  });
  // The types leave out what the callback is given.
  const length = await new Promise<number>((known) => zip.end({ forceZip64Format: false, comment: '' }, known as () => void));
  response.status(200).set({
    'Content-Type': 'application/zip',
    'Content-Length': String(length),
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.zip`)}`,
  });
  try {
    if (request.method === 'HEAD') response.end();
    else await pipeline(output, response);
  } catch (error) {
    // Whoever closed the connection needs no answer.
    if (failure || (!response.closed && !response.destroyed)) throw failure ?? error;
  } finally {
    ended.abort();
    output.destroy();
    (open as Readable | null)?.destroy();
  }
}
