import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs, type Jobs } from '@plumbline/jobs';
import { createDataset, createProject, createTeam, type MigratedDatabase, testDatabase } from '@plumbline/prisma/testing';
import { createLocalStorage } from '@plumbline/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOfPictures } from '../testing/manyPictures.ts';
import { runImport } from './runImport.ts';

describe('an import of ten thousand images', () => {
  let folder: string;
  let database: MigratedDatabase;
  let jobs: Jobs;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-many-'));
    database = await testDatabase();
    jobs = createJobs({ connectionString: database.url, role: 'producer' });
    await jobs.start();
  });
  afterAll(async () => {
    await jobs?.stop(0);
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('out of one zip takes every one, and at most 150 MB more memory than one of two thousand', async () => {
    const { prisma } = database;
    const storage = createLocalStorage({ root: join(folder, 'storage') });
    const project = await createProject(prisma, await createTeam(prisma));
    const importOf = async (images: number): Promise<{ datasetId: string; peak: number }> => {
      const { sha256 } = await storage.put({ file: await zipOfPictures(join(folder, String(images)), images, 24) });
      const { id: datasetId } = await createDataset(prisma, project);
      const { id } = await prisma.datasetImport.create({ data: { datasetId, source: 'set.zip', files: [{ zip: sha256 }] } });
      let peak = process.memoryUsage.rss();
      const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
      await runImport({ prisma, storage, jobs, signal: new AbortController().signal }, id);
      clearInterval(watch);
      expect(await prisma.datasetImport.findUniqueOrThrow({ where: { id } })).toMatchObject({
        accepted: images,
        total: images,
        refused: 0,
      });
      return { datasetId, peak };
    };
    const few = await importOf(2_000);
    const many = await importOf(10_000);
    expect((many.peak - few.peak) / 1e6).toBeLessThan(150);

    expect(await prisma.image.count({ where: { datasetId: many.datasetId } })).toBe(10_000);
    const some = await prisma.image.findMany({ where: { datasetId: many.datasetId }, orderBy: { name: 'asc' }, skip: 9_900 });
    for (const { sha256, thumbnailSha256, bytes } of some) {
      expect(await storage.stat(sha256)).toEqual({ sha256, bytes });
      expect(await storage.stat(thumbnailSha256)).not.toBeNull();
    }
  });
});
