import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalStorage, MissingFileError, type Storage, WrongContentError } from './index.ts';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('local storage', () => {
  let root: string;
  let storage: Storage;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'plumbline-storage-'));
    storage = createLocalStorage({ root });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('gives back the bytes it was given, from a buffer, a stream and a file', async () => {
    const bytes = Buffer.from('plumb');
    const file = join(root, 'a.bin');
    await writeFile(file, bytes);
    for (const content of [bytes, Readable.from([bytes.subarray(0, 2), bytes.subarray(2)]), { file }]) {
      expect(await storage.put(content)).toEqual({ sha256: sha256(bytes), bytes: 5 });
    }
    expect(await buffer(await storage.open(sha256(bytes)))).toEqual(bytes);
    expect(await storage.read(sha256(bytes))).toEqual(bytes);
    expect(await readFile(await storage.localPath(sha256(bytes)))).toEqual(bytes);
  });

  it('reads a byte range with both ends included', async () => {
    const { sha256: address } = await storage.put(Buffer.from('0123456789'));
    expect((await buffer(await storage.open(address, { start: 2, end: 4 }))).toString()).toBe('234');
  });

  it('stores the same bytes once when twenty writers bring them at the same time', async () => {
    const bytes = Buffer.alloc(100_000, 7);
    const stored = await Promise.all(Array.from({ length: 20 }, () => storage.put(bytes)));
    expect(new Set(stored.map((file) => file.sha256)).size).toBe(1);
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
    expect(await readdir(join(root, sha256(bytes).slice(0, 2)))).toHaveLength(1);
  });

  it('refuses bytes that are not the expected ones and keeps nothing of them', async () => {
    const other = Buffer.from('other');
    for (const content of [other, Readable.from([other])])
      await expect(storage.put(content, { sha256: sha256(Buffer.from('plumb')) })).rejects.toThrow(WrongContentError);
    expect(await storage.stat(sha256(other))).toBeNull();
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
  });

  it('shows the files of a batch together, and nothing of one that was given up', async () => {
    const files = Array.from({ length: 20 }, (_, i) => Buffer.alloc(5_000, i));
    const batch = storage.batch();
    const stored = await Promise.all([...files, ...files].map((bytes) => batch.put(bytes)));
    expect(stored.slice(0, 20)).toEqual(files.map((bytes) => ({ sha256: sha256(bytes), bytes: 5_000 })));
    expect(await storage.stat(sha256(files[0]!))).toBeNull();
    await batch.commit();
    for (const bytes of files) expect(await buffer(await storage.open(sha256(bytes)))).toEqual(bytes);

    const late = Buffer.from('late');
    const given = storage.batch();
    await given.put(late);
    await given.put(files[3]!);
    await given.discard();
    await given.commit();
    expect(await storage.stat(sha256(late))).toBeNull();
    expect(await storage.stat(sha256(files[3]!))).not.toBeNull();
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
  });

  it('puts a file whole again that a disk left cut off', async () => {
    const bytes = Buffer.from('plumb');
    await storage.put(bytes);
    await writeFile(await storage.localPath(sha256(bytes)), 'pl');
    await storage.put(bytes);
    expect(await readFile(await storage.localPath(sha256(bytes)))).toEqual(bytes);
  });

  it('names a missing file and refuses addresses that are no sha256', async () => {
    await expect(storage.open('0'.repeat(64))).rejects.toThrow(MissingFileError);
    await expect(storage.read('0'.repeat(64))).rejects.toThrow(MissingFileError);
    await expect(storage.open('../../etc/passwd')).rejects.toThrow('not a sha256');
    expect(await storage.remove('0'.repeat(64))).toBe(false);
  });

  it('shows no part of a file whose writer was killed in the middle', async () => {
    const script = join(root, 'writer.mjs');
    await writeFile(
      script,
      `import { Readable } from 'node:stream';
       import { createLocalStorage } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
       async function* endless() { for (;;) { yield Buffer.alloc(65536, 1); process.send?.('more'); await new Promise((next) => setTimeout(next, 1)); } }
       await createLocalStorage({ root: ${JSON.stringify(root)} }).put(Readable.from(endless()));`,
    );
    const child = fork(script, { execArgv: ['--import', 'tsx'] });
    await new Promise((seen) => child.once('message', seen));
    child.kill('SIGKILL');
    await new Promise((ended) => child.once('exit', ended));
    expect((await readdir(root)).filter((name) => name.length === 2)).toEqual([]);
  });
});
