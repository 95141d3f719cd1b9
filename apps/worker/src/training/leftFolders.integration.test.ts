import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { createRun, scenarios, testDatabase, type MigratedDatabase } from '@plumbline/prisma/testing';
import { createLocalStorage } from '@plumbline/storage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restoreRun } from './checkpoints.ts';
import { removeLeftFolders } from './leftFolders.ts';

let database: MigratedDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'plumbline-left-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

it('folders of runs that were cancelled while they waited, or are gone, are removed; of those that may go on they stay', async () => {
  const { prisma } = database;
  const { variant, version } = await scenarios.queuedRun(prisma);
  const [queued, paused, cancelled] = [0, 1, 2].map(() => createRun(prisma, variant, version));
  const ids = (await Promise.all([queued!, paused!, cancelled!])).map(({ id }) => id);
  await prisma.trainingRun.update({ where: { id: ids[1]! }, data: { state: 'paused' } });
  await prisma.trainingRun.update({ where: { id: ids[2]! }, data: { state: 'cancelled' } });
  const runsFolder = join(folder, 'runs');
  const gone = randomUUID();
  for (const name of [...ids, `${ids[2]}.orientation`, gone, `evaluation-${gone}-1`])
    await mkdir(join(runsFolder, name), { recursive: true });
  expect(await removeLeftFolders({ prisma, runsFolder })).toBe(3);
  expect((await readdir(runsFolder)).sort()).toEqual([ids[0], ids[1], `evaluation-${gone}-1`].sort());
});

it('a folder that another machine has gone beyond is made anew from storage; one that is as far, or farther, stays', async () => {
  const storage = createLocalStorage({ root: join(folder, 'storage') });
  const manifest = (epoch: number) => JSON.stringify({ checkpoints: { best: null, last: { epoch } } });
  const { sha256, bytes } = await storage.put(Buffer.from(manifest(5)));
  const stored = [{ epoch: 5, files: [{ name: 'manifest.json', sha256, bytes }] }];
  for (const [own, becomes] of [
    [3, ['manifest.json']],
    [5, ['manifest.json', 'mine']],
    [7, ['manifest.json', 'mine']],
  ] as const) {
    const run = join(folder, `run ${own}`);
    await mkdir(run);
    await writeFile(join(run, 'manifest.json'), manifest(own));
    await writeFile(join(run, 'mine'), '');
    await restoreRun(storage, stored, run);
    expect((await readdir(run)).sort(), String(own)).toEqual(becomes);
  }
});
