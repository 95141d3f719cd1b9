import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { isKnown, parseRange } from './range.ts';

export interface Sendable {
  /** Names the content: the same tag, the same bytes. Hex sha256. */
  readonly sha256: string;
  readonly type: string;
  /** Name to save it under. */
  readonly name: string;
  /** Size in bytes. Asked for only when the client does not have the content. */
  bytes(): Promise<number>;
  open(span: { readonly start: number; readonly end: number } | null): Promise<Readable>;
}

/** Answers a file with its ETag, by range when asked, to be kept by this person's browser alone. */
export async function sendFile(request: Request, response: Response, file: Sendable): Promise<void> {
  const etag = `"${file.sha256}"`;
  response.set({
    ETag: etag,
    'Cache-Control': 'private, max-age=31536000, immutable',
    Vary: 'Cookie, Authorization',
    'Accept-Ranges': 'bytes',
    'Content-Type': file.type,
    'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  if (isKnown(request.get('if-none-match'), etag)) {
    response.status(304).end();
    return;
  }
  const size = await file.bytes();
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
  const source = await file.open(range);
  try {
    await pipeline(source, response);
  } catch (error) {
    // A browser that scrolled on closes the connection; there is nobody left to tell.
    if (!response.closed && !response.destroyed) throw error;
  }
}
