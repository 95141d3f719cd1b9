/** `pnpm bench import [images]`: images a second and memory of an import of PNG 512² out of one zip, with the real database, queue and storage. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs } from '@plumbline/jobs';
import { createPrisma } from '@plumbline/prisma';
import { deployMigrations } from '@plumbline/prisma/migrate';
import { startPostgres } from '@plumbline/postgres';
import { createLocalStorage } from '@plumbline/storage';
import sharp from 'sharp';
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
  const peer = await sharpAlone();
  console.log(
    [
      `beside it sharp alone, PNG 1024 × 1024 to 256 × 256, ${peer.toFixed(0)} images/s (190 where the target was set: ${((150 / 190) * peer).toFixed(0)} here)`,
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

/** Images a second that sharp makes small, with all cores and nothing else to do: how fast a machine is at an import's largest part. */
async function sharpAlone(images = 200, side = 1024): Promise<number> {
  const grey = Buffer.from(Uint8Array.from({ length: side * side }, (_, at) => 128 + 50 * Math.sin(at / 37) + ((at * 2654435761) >>> 27)));
  const png = await sharp(grey, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
  const started = performance.now();
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun++ < images) await sharp(png).resize(256, 256).webp().toBuffer();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return images / ((performance.now() - started) / 1000);
}
