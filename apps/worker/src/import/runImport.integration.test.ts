import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createJobs, type Jobs } from '@plumbline/jobs';
import type { PrismaClient } from '@plumbline/prisma';
import { createDataset, createProject, createTeam, type MigratedDatabase, testDatabase } from '@plumbline/prisma/testing';
import { createLocalStorage, type Storage } from '@plumbline/storage';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { batchSize, runImport } from './runImport.ts';

const never = new AbortController().signal;

/** A small grey picture that differs by seed. */
const picture = (seed: number, side = 64): Promise<Buffer> =>
  sharp(Buffer.from(Array.from({ length: side * side }, (_, i) => (i * (seed + 3) + seed * 17) % 256)), {
    raw: { width: side, height: side, channels: 1 },
  })
    .png()
    .toBuffer();
const maskOf = (side: number): Promise<Buffer> =>
  sharp(Buffer.alloc(side * side, 255), { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();

describe('runImport', () => {
  let folder: string;
  let storage: Storage;
  let prisma: PrismaClient;
  let database: MigratedDatabase;
  let datasetId: string;
  let jobs: Jobs;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-import-'));
    storage = createLocalStorage({ root: join(folder, 'storage') });
    database = await testDatabase();
    prisma = database.prisma;
    jobs = createJobs({ connectionString: database.url, role: 'producer' });
    await jobs.start();
  });
  afterAll(async () => {
    await jobs?.stop(0);
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    datasetId = (await createDataset(prisma, await createProject(prisma, await createTeam(prisma)))).id;
  });

  async function upload(files: Record<string, Buffer>, place?: { split: string; label: string }): Promise<string> {
    const stored = [];
    for (const [path, bytes] of Object.entries(files))
      stored.push({ path, sha256: (await storage.put(bytes)).sha256, ...(place && { place }) });
    return (await prisma.datasetImport.create({ data: { datasetId, source: 'test', files: stored } })).id;
  }
  const verdicts = async (importId: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await prisma.importVerdict.findMany({ where: { importId } })).map(({ path, verdict, reason }) => [
        path,
        reason ? `${verdict}: ${reason}` : verdict,
      ]),
    );

  /** Zips a folder with Python's zipfile, so that the archive is not made by the code under test's own library. */
  async function zipOf(files: Record<string, Buffer>, extra = ''): Promise<Buffer> {
    const at = await mkdtemp(join(folder, 'zip-'));
    for (const [path, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(at, 'in', path)), { recursive: true });
      await writeFile(join(at, 'in', path), bytes);
    }
    const script = `import zipfile,os,sys\nz=zipfile.ZipFile(sys.argv[2],'w',zipfile.ZIP_DEFLATED)\nfor d,_,fs in os.walk(sys.argv[1]):\n  for f in sorted(fs):\n    p=os.path.join(d,f); z.write(p, os.path.relpath(p,sys.argv[1]))\n${extra}\nz.close()`;
    execFileSync('python3', ['-c', script, join(at, 'in'), join(at, 'out.zip')], { stdio: ['ignore', 'ignore', 'ignore'] });
    return readFile(join(at, 'out.zip'));
  }

  it('imports images and masks, and gives every bad file its reason while the others go on', async () => {
    const good = await picture(1);
    const importId = await upload({
      'train/good/a.png': good,
      'train/good/copy.png': good,
      'train/good/cut.png': (await picture(2)).subarray(0, 900),
      'train/good/text.png': Buffer.from('not an image'),
      'test/scratch/b.png': await picture(3),
      'ground_truth/scratch/b_mask.png': await maskOf(64),
      'ground_truth/scratch/lost_mask.png': await maskOf(64),
      'readme.txt': Buffer.from('hello'),
      'elsewhere/c.png': await picture(4),
    });
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    const said = await verdicts(importId);
    expect(said['train/good/a.png']).toBe('accepted');
    expect(said['train/good/copy.png']).toBe('duplicate: Same content as train/good/a.png.');
    expect(said['train/good/cut.png']).toMatch(/^refused: cut\.png /);
    expect(said['train/good/text.png']).toMatch(/^refused: text\.png is not an image/);
    expect(said['ground_truth/scratch/b_mask.png']).toBe('mask');
    expect(said['ground_truth/scratch/lost_mask.png']).toMatch(/^refused: No image/);
    expect(said['readme.txt']).toMatch(/^ignored/);
    expect(said['elsewhere/c.png']).toMatch(/^refused: .*train\/good/);
    const images = await prisma.image.findMany({ where: { datasetId }, orderBy: { name: 'asc' } });
    expect(images.map(({ name, maskSha256 }) => [name, maskSha256 !== null])).toEqual([
      ['a.png', false],
      ['b.png', true],
    ]);
    for (const image of images) expect(await storage.stat(image.sha256)).toMatchObject({ bytes: image.bytes });
    const row = await prisma.datasetImport.findUniqueOrThrow({ where: { id: importId } });
    expect(row).toMatchObject({ state: 'succeeded', total: 9, done: 9, accepted: 3, refused: 4 });
  });

  it('opens archives by content and refuses links, escaping and absolute paths, doubles and bombs in them by name', async () => {
    const bytes = await zipOf(
      { 'brick/train/good/a.png': await picture(5), 'brick/test/good/b.png': await picture(6) },
      [
        "z.writestr('../escape.png', b'x')",
        "z.writestr('/abs.png', b'x')",
        "z.writestr('brick/train/good/a.png', b'again')",
        "i=zipfile.ZipInfo('brick/train/good/link.png'); i.create_system=3; i.external_attr=(0o120777<<16); z.writestr(i,'/etc/passwd')",
        "z.writestr('brick/train/good/bomb.png', b'\\0'*(64*1024*1024))",
      ].join('\n'),
    );
    const importId = await upload({ 'dataset.bin': bytes });
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    const rows = await prisma.importVerdict.findMany({ where: { importId } });
    const refused = rows
      .filter(({ verdict }) => verdict === 'refused')
      .map(({ reason }) => reason)
      .join('\n');
    for (const word of ['leads out of the archive', 'absolute', 'symbolic link', 'bomb']) expect(refused).toContain(word);
    expect(await prisma.image.count({ where: { datasetId } })).toBe(2);
  });

  it('takes names that no database or screen can hold as refused files, and one name with two extensions once', async () => {
    const bytes = await zipOf({ 'train/good/a.png': await picture(21) }, "z.writestr('train/good/\\u00e9\\x01.png', b'x')");
    const importId = await upload({ 'x.zip': bytes });
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    expect(Object.values(await verdicts(importId)).join()).toContain('not text that can be shown');
    const again = await upload({ 'train/good/a.jpg': await picture(22) });
    await runImport({ prisma, storage, jobs, signal: never }, again);
    expect((await verdicts(again))['train/good/a.jpg']).toMatch(/differs from a\.png in its extension alone/);
    expect(await prisma.image.count({ where: { datasetId } })).toBe(1);
  });

  it('reads an archive that came alone, known by its sha256', async () => {
    const { sha256 } = await storage.put(await zipOf({ 'brick/train/good/z.png': await picture(23) }));
    const { id } = await prisma.datasetImport.create({ data: { datasetId, source: 'brick.zip', files: [{ zip: sha256 }] } });
    await runImport({ prisma, storage, jobs, signal: never }, id);
    expect(await verdicts(id)).toEqual({ 'brick/train/good/z.png': 'accepted' });
  });

  it('understands archives of flat folders and of image and mask pairs without being told', async () => {
    const importId = await upload({
      'set.zip': await zipOf({
        'ok/1.png': await picture(1),
        'scratch/1.png': await picture(2),
        'scratch/1_mask.png': await maskOf(64),
        'dent/2.png': await picture(3),
        'dent/9_mask.png': await maskOf(64),
      }),
    });
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    const said = await verdicts(importId);
    expect(said).toMatchObject({ 'ok/1.png': 'accepted', 'scratch/1_mask.png': 'mask', 'dent/2.png': 'accepted' });
    expect(said['dent/9_mask.png'], 'a mask of no image').toMatch(/^refused/);
    const images = await prisma.image.findMany({ where: { datasetId }, orderBy: [{ label: 'asc' }] });
    expect(images.map(({ split, label, maskSha256 }) => `${split}/${label}${maskSha256 ? ' masked' : ''}`)).toEqual([
      'test/dent',
      'train/good',
      'test/scratch masked',
    ]);
    expect(await prisma.leakCheck.count({ where: { datasetId, state: 'queued' } })).toBe(1);
  });

  it('files without a folder that tells go where somebody said, and a folder that tells wins', async () => {
    const place = { split: 'test', label: 'scratch' };
    const loose = { 'photos/a.png': await picture(24), 'b.png': await picture(25), 'notes.txt': Buffer.from('none') };
    const importId = await upload(
      { ...loose, 'brick/train/good/c.png': await picture(26), 'brick/test/good/d.png': await picture(27) },
      place,
    );
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    const images = await prisma.image.findMany({ where: { datasetId }, orderBy: { name: 'asc' } });
    expect(images.map(({ name, split, label }) => `${split}/${label}/${name}`)).toEqual([
      'test/scratch/a.png',
      'test/scratch/b.png',
      'train/good/c.png',
      'test/good/d.png',
    ]);
    const { sha256 } = await storage.put(await zipOf({ 'inside/e.png': await picture(28) }));
    const zipped = await prisma.datasetImport.create({ data: { datasetId, source: 'e.zip', files: [{ zip: sha256, place }] } });
    await runImport({ prisma, storage, jobs, signal: never }, zipped.id);
    expect(await verdicts(zipped.id)).toEqual({ 'inside/e.png': 'accepted' });
  });

  it('a file is typed by its content: what is named as a zip and is none, or is another archive, is refused as that', async () => {
    const importId = await upload({ 'x.zip': Buffer.from('just text'), 'y.png': Buffer.from('377abcaf271c0004', 'hex') });
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    const said = await verdicts(importId);
    expect(said['x.zip']).toMatch(/^refused: x\.zip is not a zip archive/);
    expect(said['y.png']).toMatch(/^refused: y\.png is a 7z archive/);
  });

  it('an import that took nothing in says so with the reason, and has no leaks looked for', async () => {
    const reasonOf = async (files: Record<string, Buffer>): Promise<string | null> => {
      const importId = await upload(files);
      await runImport({ prisma, storage, jobs, signal: never }, importId);
      return (await prisma.datasetImport.findUniqueOrThrow({ where: { id: importId } })).reason;
    };
    const good = { 'train/good/a.png': await picture(29) };
    expect(await reasonOf(good)).toBeNull();
    expect(await prisma.leakCheck.updateMany({ where: { datasetId }, data: { state: 'succeeded' } })).toEqual({ count: 1 });
    expect(await reasonOf({ ...good, 'notes.txt': Buffer.from('x') })).toBe(
      'Nothing was imported: 1 in the dataset already, 1 not an image.',
    );
    expect(await reasonOf({ 'b.png': await picture(30) })).toMatch(/^Nothing was imported: 1 refused\. The first: b\.png is in no folder/);
    expect(await reasonOf({ 'empty.zip': Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex') })).toBe(
      'Nothing was imported: the upload holds no files.',
    );
    expect(await prisma.leakCheck.count({ where: { datasetId } })).toBe(1);
  });

  it('the number of files of an archive is not claimed before it is known', async () => {
    const files = 2.5 * batchSize;
    const bytes = await zipOf(
      Object.fromEntries(
        await Promise.all(Array.from({ length: files }, async (_, i) => [`train/good/${i}.png`, await picture(80 + i, 8)] as const)),
      ),
    );
    const { sha256 } = await storage.put(bytes);
    const { id } = await prisma.datasetImport.create({ data: { datasetId, source: 'many.zip', files: [{ zip: sha256 }] } });
    const stop = new AbortController();
    // Two batches are begun before the third: what was begun is written down.
    let batches = 0;
    const batch: Storage['batch'] = () => {
      const begun = storage.batch();
      if (++batches < 3) return begun;
      return { ...begun, put: (...file) => (stop.abort(new Error('stopped')), begun.put(...file)) };
    };
    await expect(runImport({ prisma, storage: { ...storage, batch }, jobs, signal: stop.signal }, id)).rejects.toThrow('stopped');
    expect(await prisma.datasetImport.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'running',
      done: 2 * batchSize,
      total: 0,
    });
    expect(await readdir(join(folder, 'storage', 'incoming')), 'nothing is left of the batch that was given up').toEqual([]);
    await runImport({ prisma, storage, jobs, signal: never }, id);
    expect(await prisma.datasetImport.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'succeeded',
      done: files,
      total: files,
    });
  });

  it('says what is wrong with a truncated archive and keeps what was read before', async () => {
    const whole = await zipOf({ 'train/good/a.png': await picture(7) });
    const importId = await upload({ 'a.zip': whole.subarray(0, whole.length - 30) });
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    expect(await prisma.datasetImport.findUniqueOrThrow({ where: { id: importId } })).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/zip/),
    });
  });

  it('goes on after a crash without doing a file twice', async () => {
    const importId = await upload({
      'train/good/a.png': await picture(8),
      'train/good/b.png': await picture(9),
      'test/hole/c.png': await picture(10),
      'ground_truth/hole/c_mask.png': await maskOf(64),
    });
    const stop = new AbortController();
    stop.abort(new Error('killed'));
    await expect(runImport({ prisma, storage, jobs, signal: stop.signal }, importId)).rejects.toThrow('killed');
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    expect(await prisma.image.count({ where: { datasetId } })).toBe(3);
    expect(await prisma.datasetImport.findUniqueOrThrow({ where: { id: importId } })).toMatchObject({
      state: 'succeeded',
      attempt: 2,
      done: 4,
      total: 4,
      accepted: 4,
    });
  });

  it.each(['bottle', 'archive'])('stopped between two classes (%s), it goes on as if undisturbed', async (kind) => {
    // One batch is written before the stop.
    const bottle = Object.fromEntries(
      await Promise.all(Array.from({ length: batchSize }, async (_, i) => [`bottle/test/hole/${i}.png`, await picture(100 + i)] as const)),
    );
    const cable = { 'cable/train/good/a.png': await picture(70), 'cable/ground_truth/hole/1_mask.png': await maskOf(64) };
    const late = { 'bottle/ground_truth/hole/0_mask.png': await maskOf(64), 'bottle/train/good/b.png': await picture(71) };
    const files: Record<string, Buffer> =
      kind === 'archive' ? { 'a.zip': await zipOf(bottle), 'b.zip': await zipOf({ ...cable }) } : { ...bottle, ...cable, ...late };
    const result = async (id: string): Promise<object> => {
      const { state, total, done, accepted, refused } = await prisma.datasetImport.findUniqueOrThrow({ where: { id } });
      const images = await prisma.image.findMany({
        where: { datasetId },
        select: { name: true, label: true, maskSha256: true },
        orderBy: [{ label: 'asc' }, { name: 'asc' }],
      });
      return { state, total, done, accepted, refused, images, said: await verdicts(id) };
    };
    const whole = await upload(files);
    await runImport({ prisma, storage, jobs, signal: never }, whole);
    const undisturbed = await result(whole);
    expect(undisturbed).toMatchObject(
      kind === 'archive'
        ? { total: batchSize + 2, accepted: batchSize, refused: 2 }
        : { total: batchSize + 4, done: batchSize + 4, accepted: batchSize + 2, refused: 2 },
    );

    datasetId = (await createDataset(prisma, await createProject(prisma, await createTeam(prisma)))).id;
    const importId = await upload(files);
    const stop = new AbortController();
    const killed = (await storage.put(Object.values(files)[kind === 'archive' ? 1 : batchSize] ?? Buffer.alloc(0))).sha256;
    const localPath = (sha256: string): Promise<string> => {
      if (sha256 === killed) stop.abort(new Error('killed'));
      return storage.localPath(sha256);
    };
    await expect(runImport({ prisma, storage: { ...storage, localPath }, jobs, signal: stop.signal }, importId)).rejects.toThrow('killed');
    expect(Object.keys(await verdicts(importId))).toHaveLength(batchSize);
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    expect(await result(importId)).toEqual(undisturbed);
  });

  it('the same upload a second time takes nothing in, masks neither, and a corrected mask is taken', async () => {
    const files = { 'test/hole/c.png': await picture(12), 'ground_truth/hole/c_mask.png': await maskOf(64) };
    await runImport({ prisma, storage, jobs, signal: never }, await upload(files));
    const again = await upload(files);
    await runImport({ prisma, storage, jobs, signal: never }, again);
    expect(await verdicts(again)).toEqual({
      'test/hole/c.png': 'duplicate: Same content as test/hole/c.png.',
      'ground_truth/hole/c_mask.png': 'duplicate: The image test/hole/c.* has this mask already.',
    });
    expect(await prisma.datasetImport.findUniqueOrThrow({ where: { id: again } })).toMatchObject({
      accepted: 0,
      reason: 'Nothing was imported: 2 in the dataset already.',
    });
    const mask = await sharp(await maskOf(64))
      .extract({ left: 0, top: 0, width: 32, height: 64 })
      .extend({ right: 32, background: 'black' })
      .png()
      .toBuffer();
    const corrected = await upload({ 'ground_truth/hole/c_mask.png': mask });
    await runImport({ prisma, storage, jobs, signal: never }, corrected);
    expect(await verdicts(corrected)).toEqual({ 'ground_truth/hole/c_mask.png': 'mask' });
    const replaced = (await storage.put(await maskOf(64))).sha256;
    expect(await prisma.discardedFile.findUnique({ where: { address: replaced } })).not.toBeNull();
  });

  it('refuses a mask of another size than its image', async () => {
    const importId = await upload({ 'test/hole/c.png': await picture(11), 'ground_truth/hole/c_mask.png': await maskOf(32) });
    await runImport({ prisma, storage, jobs, signal: never }, importId);
    expect((await verdicts(importId))['ground_truth/hole/c_mask.png']).toContain('32 × 32 px, its image 64 × 64');
  });
});
