import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import express from 'express';
import { expect, it } from 'vitest';
import type { FolderFile } from './evaluationFolder.ts';
import { TooManyResiduals } from './residualQueue.ts';
import { sendZip } from './zip.ts';

const piece = 2 ** 20;

/** A folder of large files, and how many of them are open. */
function largeFolder(count: number, pieces: number) {
  const opened = { now: 0, most: 0, ever: 0 };
  const files = Array.from({ length: count }, (_, at): FolderFile => {
    const open = async () => {
      opened.now++;
      opened.ever++;
      opened.most = Math.max(opened.most, opened.now);
      let left = pieces;
      const stream = new Readable({ read: () => void stream.push(left-- > 0 ? Buffer.alloc(piece, at) : null) });
      stream.once('close', () => opened.now--);
      return stream;
    };
    const file = { tag: '', type: '', name: '', bytes: async () => pieces * piece, digest: async () => '', open };
    return { path: `${at}.bin`, url: '', sha256: null, file };
  });
  return { opened, folder: { name: 'large', finishedAt: new Date(0), files } };
}

async function serving(folder: Parameters<typeof sendZip>[2], use: (url: string, sent: Promise<void>) => Promise<void>): Promise<void> {
  let sent: (work: Promise<void>) => void;
  const sending = new Promise<void>((resolve) => (sent = resolve));
  const server = express()
    .get('/', (request, response) => sent(sendZip(request, response, folder)))
    .listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sending);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const answerOf = (url: string) => new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on('error', reject));

it('holds one file open and little memory, however large the folder is', async () => {
  const { opened, folder } = largeFolder(24, 8);
  const before = process.memoryUsage.rss();
  let most = 0;
  await serving(folder, async (url, sent) => {
    const answer = await answerOf(url);
    let bytes = 0;
    for await (const part of answer) {
      bytes += (part as Buffer).length;
      most = Math.max(most, process.memoryUsage.rss());
    }
    await sent;
    expect(bytes).toBe(Number(answer.headers['content-length']));
    expect(bytes).toBeGreaterThan(24 * 8 * piece);
  });
  expect(opened).toMatchObject({ most: 1, ever: 24 });
  expect(most - before).toBeLessThan(150 * piece);
});

it('opens nothing more and closes what is open when nobody listens any longer', async () => {
  const { opened, folder } = largeFolder(24, 8);
  await serving(folder, async (url, sent) => {
    const answer = await answerOf(url);
    await once(answer, 'data');
    answer.destroy();
    await sent;
    await expect.poll(() => opened.now).toBe(0);
    expect(opened.ever).toBeLessThan(24);
  });
});

it('waits its turn where too many maps are being computed', async () => {
  const { folder } = largeFolder(1, 1);
  const [whole] = folder.files;
  if (!whole) throw new Error('An empty folder.');
  let asked = 0;
  const open = async () => {
    if (asked++ === 0) throw new TooManyResiduals();
    return whole.file.open(null);
  };
  await serving({ ...folder, files: [{ ...whole, file: { ...whole.file, open } }] }, async (url) => {
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect([asked, bytes.length > piece]).toEqual([2, true]);
  });
});

it('breaks the connection when a file cannot be read, so that nobody takes half a zip for a whole one', async () => {
  const { folder } = largeFolder(3, 1);
  const files = folder.files.map((one, at) =>
    at === 1 ? { ...one, file: { ...one.file, open: () => Promise.reject(new Error('gone')) } } : one,
  );
  await serving({ ...folder, files }, async (url, sent) => {
    const read = fetch(url).then((answer) => answer.arrayBuffer());
    await Promise.all([expect(sent).rejects.toThrow('gone'), expect(read).rejects.toThrow()]);
  });
});
