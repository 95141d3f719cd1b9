import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockContent, type Prisma } from '@plumbline/prisma';
import { createDataset, createProject, createTeam, type MigratedDatabase, testDatabase } from '@plumbline/prisma/testing';
import { createLocalStorage, type Storage } from '@plumbline/storage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeArchive } from './handler.ts';

let folder: string;
let storage: Storage;
let database: MigratedDatabase;
let datasetId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-archive-'));
  storage = createLocalStorage({ root: folder });
  database = await testDatabase();
  datasetId = (await createDataset(database.prisma, await createProject(database.prisma, await createTeam(database.prisma)))).id;
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const importOf = async (db: Prisma.TransactionClient, zip: string, state: 'queued' | 'succeeded'): Promise<string> =>
  (await db.datasetImport.create({ data: { datasetId, source: 'a.zip', files: [{ zip }], state } })).id;

it('an archive that was read is removed', async () => {
  const { sha256 } = await storage.put(Buffer.from('read'));
  await removeArchive({ prisma: database.prisma, storage }, await importOf(database.prisma, sha256, 'succeeded'));
  expect(await storage.stat(sha256)).toBeNull();
});

it('an archive stays when another import of it is being made at that moment', async () => {
  const { prisma } = database;
  const { sha256 } = await storage.put(Buffer.from('wanted again'));
  const ended = await importOf(prisma, sha256, 'succeeded');
  const { removal } = await prisma.$transaction(async (tx) => {
    await lockContent(tx, sha256);
    const removal = removeArchive({ prisma, storage }, ended);
    await new Promise((done) => setTimeout(done, 300));
    await importOf(tx, sha256, 'queued');
    return { removal };
  });
  await removal;
  expect(await storage.stat(sha256)).not.toBeNull();
});
