import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataset, createProject, createTeam, testDatabase } from '@plumbline/prisma/testing';
import { createLocalStorage } from '@plumbline/storage';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { side, storeImages } from './manyImages.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'plumbline-many-'));
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('many images', () => {
  it('are as many as asked for, all different, and every defective one has its outline', async () => {
    const { prisma } = database;
    const storage = createLocalStorage({ root: folder });
    const dataset = await createDataset(prisma, await createProject(prisma, await createTeam(prisma)));
    await storeImages(prisma, storage, dataset.id, 40, () => undefined);
    const rows = await prisma.image.findMany({ where: { datasetId: dataset.id } });
    const test = rows.filter(({ split }) => split === 'test');
    expect(test).toHaveLength(40);
    expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(rows.length);
    expect(rows.filter(({ split, label }) => split !== 'test' && label !== 'good')).toEqual([]);
    const defective = test.filter(({ label }) => label !== 'good');
    expect(defective.length).toBeGreaterThan(5);
    for (const { label, maskSha256 } of test) expect(maskSha256 !== null).toBe(label !== 'good');
    const mask = sharp(await storage.localPath(defective[0]!.maskSha256!));
    expect(await mask.metadata()).toMatchObject({ width: side, height: side });
    const { channels } = await mask.stats();
    expect([channels[0]!.min, channels[0]!.max]).toEqual([0, 255]);
  });
});
