import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDataset, createProject, createTeam, type MigratedDatabase, testDatabase } from '@plumbline/prisma/testing';
import { createLocalStorage } from '@plumbline/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOfPictures } from '../testing/manyPictures.ts';

const images = 10_000;
/** About what the process holds before it begins, and half as much again. */
const heapMiB = 128;

describe('an import of ten thousand images', () => {
  let folder: string;
  let database: MigratedDatabase;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-many-'));
    database = await testDatabase();
  });
  afterAll(async () => {
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('out of one zip takes every one, with at most 150 MB more memory than one of two hundred', async () => {
    const { prisma } = database;
    const root = join(folder, 'storage');
    const storage = createLocalStorage({ root });
    const project = await createProject(prisma, await createTeam(prisma));
    const importOf = async (count: number) => {
      const { sha256 } = await storage.put({ file: await zipOfPictures(join(folder, String(count)), count, 24) });
      const { id: datasetId } = await createDataset(prisma, project);
      return prisma.datasetImport.create({ data: { datasetId, source: 'set.zip', files: [{ zip: sha256 }] } });
    };
    const small = await importOf(200);
    const { id, datasetId } = await importOf(images);

    // A process of its own, whose heap may not fill with what nothing holds any more: what it keeps is what is measured, and too much ends it.
    const child = fork(fileURLToPath(new URL('./measured.fixture.ts', import.meta.url)), [small.id, id, root], {
      execArgv: [`--max-old-space-size=${heapMiB}`, '--import', 'tsx'],
      env: { ...process.env, DATABASE_URL: database.url },
    });
    let growth = NaN;
    child.once('message', (told: { growth: number }) => (growth = told.growth));
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(growth / 1e6).toBeLessThan(150);

    expect(await prisma.datasetImport.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'succeeded',
      accepted: images,
      total: images,
      refused: 0,
    });
    expect(await prisma.image.count({ where: { datasetId } })).toBe(images);
    const some = await prisma.image.findMany({ where: { datasetId }, orderBy: { name: 'asc' }, skip: images - 100 });
    for (const { sha256, thumbnailSha256, bytes } of some) {
      expect(await storage.stat(sha256)).toEqual({ sha256, bytes });
      expect(await storage.stat(thumbnailSha256)).not.toBeNull();
    }
  });
});
