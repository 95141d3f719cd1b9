import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { isKnown, parseRange } from './range.ts';

export interface Sendable {
  /** Names the content: the same tag, the same bytes. */
  readonly tag: string;
  readonly type: string;
  /** Name to save it under. */
  readonly name: string;
  /** Size in bytes. Asked for only when the client does not have the content. */
  bytes(): Promise<number>;
  /** Hexadecimal sha256 of the bytes, for who wants to check what came. */
  digest(): Promise<string>;
  /** True where other content may come to stand behind the same address: it is asked for each time, and answered in few bytes while it is the same. */
  readonly changes?: boolean;
  /** All of its bytes, for a file that is small. */
  read?(): Promise<Buffer>;
  open(span: { readonly start: number; readonly end: number } | null): Promise<Readable>;
}

/** @param keepSeconds how long what came by a link may be kept */
function cacheControl(file: Sendable, keepSeconds: number | undefined): string {
  if (file.changes) return 'private, no-cache';
  return keepSeconds === undefined ? 'private, max-age=31536000, immutable' : `private, max-age=${keepSeconds}`;
}

/** Answers a file with its ETag and the digest of the whole, by range when asked, to be kept by this person's browser alone. */
export async function sendFile(request: Request, response: Response, file: Sendable): Promise<void> {
  const etag = `"${file.tag}"`;
  response.set({
    ETag: etag,
    'Cache-Control': cacheControl(file, response.locals.keepSeconds as number | undefined),
    Vary: 'Cookie, Authorization',
    'Accept-Ranges': 'bytes',
    'Content-Type': file.type,
    'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  if (isKnown(request.get('if-none-match'), etag)) {
    response.status(304).end();
    return;
  }
  const whole = await file.read?.();
  const [size, digest] = [whole?.length ?? (await file.bytes()), await file.digest()];
  response.set('Repr-Digest', `sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`);
  const ifRange = request.get('if-range');
  const range = ifRange === undefined || ifRange === etag ? parseRange(request.get('range'), size) : null;
  if (range === 'unsatisfiable') {
    response.status(416).set('Content-Range', `bytes */${size}`).removeHeader('Content-Type');
    response.end();
    return;
  }
  const length = range ? range.end - range.start + 1 : size;
  response.status(range ? 206 : 200).set('Content-Length', String(length));
  if (range) response.set('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  if (whole) {
    response.end(range ? whole.subarray(range.start, range.end + 1) : whole);
    return;
  }
  const source = await file.open(range);
  try {
    await pipeline(source, response);
  } catch (error) {
    // A browser that scrolled on closes the connection; there is nobody left to tell.
    if (!response.closed && !response.destroyed) throw error;
  }
}
