/** `pnpm bench import [images]`: images a second and memory of an import of PNG 512² out of one zip, with the real database, queue and storage. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs } from '@plumbline/jobs';
import { createPrisma } from '@plumbline/prisma';
import { deployMigrations } from '@plumbline/prisma/migrate';
import { startPostgres } from '@plumbline/postgres';
import { createLocalStorage } from '@plumbline/storage';
import sharp from 'sharp';
import { runImport } from '../src/import/runImport.ts';

const [images = 10_000] = process.argv.slice(2).map(Number);
const side = 512;
const drawings = 64;

/** Every entry has bytes of its own: a text chunk with its number goes into one of the drawings. */
const zipper = `
import os, struct, sys, zipfile, zlib
folder, out, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
files = [open(os.path.join(folder, f), 'rb').read() for f in sorted(os.listdir(folder))]
with zipfile.ZipFile(out, 'w', zipfile.ZIP_STORED, allowZip64=True) as z:
    for i in range(count):
        png = files[i % len(files)]
        text = b'tEXtComment\\0%d' % i
        chunk = struct.pack('>I', len(text) - 4) + text + struct.pack('>I', zlib.crc32(text))
        z.writestr('part/train/good/%05d.png' % i, png[:-12] + chunk + png[-12:])
`;

const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-import-'));
const server = await startPostgres({ dataDir: join(folder, 'postgres'), password: 'throw-away', fast: true });
await deployMigrations(server.url);
const prisma = createPrisma(server.url, { applicationName: 'plumbline-bench' });
const jobs = createJobs({ connectionString: server.url, role: 'producer' });
try {
  await jobs.start();
  await mkdir(join(folder, 'drawings'));
  for (let i = 0; i < drawings; i++) {
    const grey = Buffer.from(
      Array.from({ length: side * side }, (_, at) => {
        const [x, y] = [at % side, Math.floor(at / side)];
        return 128 + 50 * Math.sin(x / (5 + (i % 7)) + i) * Math.cos(y / 9) + ((at * 2654435761 + i * 40503) >>> 27);
      }),
    );
    await writeFile(
      join(folder, 'drawings', `${i}.png`),
      await sharp(grey, { raw: { width: side, height: side, channels: 1 } })
        .png()
        .toBuffer(),
    );
  }
  const zip = join(folder, 'set.zip');
  execFileSync('python3', ['-c', zipper, join(folder, 'drawings'), zip, String(images)], { stdio: 'inherit' });
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
      `processor time ${((cpu.user + cpu.system) / 1000 / done.accepted).toFixed(1)} ms an image, the database's aside (what a shared machine does not blur)`,
      `memory ${(before / 2 ** 20).toFixed(0)} MiB before, ${(peak / 2 ** 20).toFixed(0)} MiB at most: + ${((peak - before) / 2 ** 20).toFixed(0)} MiB (target 150)`,
    ].join('\n'),
  );
} finally {
  await jobs.stop(0);
  await prisma.$disconnect();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
