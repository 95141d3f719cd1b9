import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { ServerError, UsageError } from '../failure.ts';
import type { Server } from './connection.ts';
import { inLanes } from './lanes.ts';

const lanes = 4;
const tries = 6;
const marker = '.download';

/** A file that the server has for a folder here. */
export interface RemoteFile {
  /** Relative to the folder, with `/` between its parts. */
  readonly path: string;
  readonly url: string;
  readonly bytes: number;
  /** Null where the server tells it with the bytes only. */
  readonly sha256: string | null;
}

export interface Downloaded {
  readonly files: number;
  readonly bytes: number;
  /** Files that were there already. */
  readonly kept: number;
}

/**
 * Brings a thing's files into a folder. Each is checked against the server's digest and appears whole or not at all; what is there already stays, so
 * that the same command goes on where it was broken off. The `last` file comes when all others are there: it says that the folder is whole.
 * @throws UsageError where the folder holds something else
 */
export async function downloadInto(
  server: Server,
  id: string,
  files: readonly RemoteFile[],
  last: string,
  out: string,
  signal: AbortSignal,
  onProgress: (files: number, bytes: number) => void,
): Promise<Downloaded> {
  await claim(out, id, files.find(({ path }) => path === last) ?? null, last);
  const done = { files: 0, bytes: 0, kept: 0 };
  const fetchOne = async (file: RemoteFile, _at: number, stop: AbortSignal): Promise<void> => {
    const target = targetOf(out, file);
    if (await isThere(target, file)) done.kept++;
    else await bring(server, file, target, stop);
    done.files++;
    done.bytes += file.bytes;
    onProgress(done.files, done.bytes);
  };
  const others = files.filter(({ path }) => path !== last);
  await inLanes(others, lanes, signal, fetchOne);
  const end = files.filter(({ path }) => path === last);
  await inLanes(end, 1, signal, fetchOne);
  await rm(join(out, marker), { force: true });
  return done;
}

/** Takes the folder for this download. */
async function claim(out: string, id: string, last: RemoteFile | null, name: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const there = await readdir(out);
  const begun = await readFile(join(out, marker), 'utf8').catch(() => '');
  const whole = last !== null && there.includes(name) && (await isThere(join(out, name), last));
  if (there.length > 0 && begun !== id && !whole)
    throw new UsageError(
      `--out ${out} holds something else already${begun === '' ? '' : `, a download of ${begun}`}; give another folder.`,
    );
  await writeFile(join(out, marker), id);
}

function targetOf(out: string, { path }: RemoteFile): string {
  const target = resolve(out, ...path.split('/'));
  if (!target.startsWith(out.endsWith(sep) ? out : out + sep))
    throw new ServerError(`The server names a file outside of the folder (${path}); nothing of it was written.`);
  return target;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function isThere(path: string, { bytes, sha256 }: RemoteFile): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found?.size !== bytes) return false;
  return sha256 === null || (await sha256Of(path)) === sha256;
}

/** Fetches a file, again where the server is busy or the connection breaks. */
async function bring(server: Server, file: RemoteFile, target: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await bringOnce(server, file, target, signal);
    } catch (error) {
      if (signal.aborted || attempt === tries || !(error instanceof ServerError && error.passing)) throw error;
      await wait(1000 * (error.retryAfterSeconds ?? attempt), undefined, { signal });
    }
  }
}

async function bringOnce(server: Server, file: RemoteFile, target: string, signal: AbortSignal): Promise<void> {
  const answer = await server.fetch(file.url, { signal });
  if (!answer.ok || !answer.body) {
    await answer.body?.cancel();
    throw new ServerError(`${server.url} has ${file.path} no more (${answer.status}); start the download anew.`);
  }
  await mkdir(dirname(target), { recursive: true });
  const part = `${target}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      hash.update(chunk);
      next(null, chunk);
    },
  });
  try {
    try {
      await pipeline(Readable.fromWeb(answer.body), counted, createWriteStream(part), { signal });
    } catch (error) {
      // The disk's complaints are its own; the rest is the connection's.
      if (signal.aborted || (error instanceof Error && 'path' in error)) throw error;
      throw new ServerError(
        `The connection to ${server.url} broke while ${file.path} was coming; the same command goes on from here.`,
        true,
      );
    }
    const digest = hash.digest();
    const expected = file.sha256 ?? saidDigest(answer);
    if (bytes !== file.bytes || (expected !== null && digest.toString('hex') !== expected))
      throw new ServerError(`${file.path} arrived damaged from ${server.url}; the same command fetches it again.`, true);
    await rename(part, target);
  } finally {
    await rm(part, { force: true });
  }
}

/** The sha256 of the whole that the answer's header tells (RFC 9530). */
function saidDigest(answer: Response): string | null {
  const base64 = /sha-256=:([A-Za-z0-9+/=]+):/.exec(answer.headers.get('repr-digest') ?? '')?.[1];
  return base64 ? Buffer.from(base64, 'base64').toString('hex') : null;
}
