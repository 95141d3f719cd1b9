/** `pnpm bench import [images]`: images a second and memory of an import of PNG 512² out of one zip, with the real database, queue and storage. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs } from '@plumbline/jobs';
import { createPrisma } from '@plumbline/prisma';
import { deployMigrations } from '@plumbline/prisma/migrate';
import { startPostgres } from '@plumbline/postgres';
import { createLocalStorage } from '@plumbline/storage';
import { runImport } from '../src/import/runImport.ts';
import { zipOfPictures } from '../src/testing/manyPictures.ts';

const [images = 10_000] = process.argv.slice(2).map(Number);
const side = 512;
const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-import-'));
const server = await startPostgres({ dataDir: join(folder, 'postgres'), password: 'throw-away', fast: true });
await deployMigrations(server.url);
const prisma = createPrisma(server.url, { applicationName: 'plumbline-bench' });
const jobs = createJobs({ connectionString: server.url, role: 'producer' });
try {
  await jobs.start();
  const zip = await zipOfPictures(folder, images, side);
  const storage = createLocalStorage({ root: join(folder, 'storage') });
  const { sha256, bytes } = await storage.put({ file: zip });
  const team = await prisma.team.create({ data: { name: 'bench' } });
  const project = await prisma.project.create({ data: { name: 'bench', teamId: team.id } });
  const dataset = await prisma.dataset.create({ data: { name: 'bench', projectId: project.id } });
  const entry = await prisma.datasetImport.create({ data: { datasetId: dataset.id, source: 'set.zip', files: [{ zip: sha256 }] } });
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const started = performance.now();
  const cpuBefore = process.cpuUsage();
  await runImport({ prisma, storage, jobs, signal: new AbortController().signal }, entry.id);
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  clearInterval(watch);
  const done = await prisma.datasetImport.findUniqueOrThrow({ where: { id: entry.id } });
  console.log(
    [
      `${done.accepted} of ${images} PNG ${side} × ${side} out of a zip of ${(bytes / 2 ** 20).toFixed(0)} MiB in ${seconds.toFixed(1)} s: ${(done.accepted / seconds).toFixed(0)} images/s (target 150)`,
      `processor time ${((cpu.user + cpu.system) / 1000 / done.accepted).toFixed(1)} ms an image (system ${(cpu.system / 1000 / done.accepted).toFixed(1)}), the database's aside (what a shared machine does not blur)`,
      `memory ${(before / 2 ** 20).toFixed(0)} MiB before, ${(peak / 2 ** 20).toFixed(0)} MiB at most: + ${((peak - before) / 2 ** 20).toFixed(0)} MiB (target 150)`,
    ].join('\n'),
  );
} finally {
  await jobs.stop(0);
  await prisma.$disconnect();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
