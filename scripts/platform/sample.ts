import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJobs, notifyChange, type Jobs } from '@plumbline/jobs';
import type { PrismaClient } from '@plumbline/prisma';
import { writeSampleDatasets } from '@plumbline/samples';
import { createLocalStorage, type Storage } from '@plumbline/storage';
import { dim, duration } from '../setup/console.mjs';
import { queueFirstRun } from './sampleRun.ts';

const teamName = 'My team';
const projectName = 'Sample: three textures';
/** The dataset whose first model is trained by itself. */
const firstDataset = 'brick';

export interface SampleOptions {
  readonly prisma: PrismaClient;
  readonly databaseUrl: string;
  readonly storage: string;
  readonly address: string;
  readonly say: (line: string) => void;
}

/** The team and the empty sample project, made before anybody can come in, so that the first owner joins them. Does nothing once there is a team. */
export async function makeSampleProject(prisma: PrismaClient): Promise<void> {
  if ((await prisma.team.count()) > 0) return;
  await prisma.team.create({ data: { name: teamName, projects: { create: { name: projectName, sample: true } } } });
}

/**
 * At the first start: imports the three textures into the sample project through the import queue and queues the first training. Goes on where an
 * interrupted start left off, and leaves alone what people changed since. Resolves when the first residual maps are there.
 */
export async function fillSampleProject(options: SampleOptions): Promise<void> {
  const { prisma, databaseUrl, say } = options;
  const project = await prisma.project.findFirst({
    where: { sample: true },
    select: { id: true, _count: { select: { datasets: true, runs: true } } },
  });
  // A first run means that everything before it is done.
  if (project === null || project._count.runs > 0) return;
  const jobs = createJobs({ connectionString: databaseUrl, role: 'producer' });
  try {
    await jobs.start();
    if (project._count.datasets === 0) await importSamples(options, jobs, project.id);
    if (!(await imported(prisma, project.id))) return;
    await queueFirstRun(prisma, jobs, project.id, firstDataset);
    say(`  ${dim('·')} The sample project’s first model is in training (recipe sample/ae on ${firstDataset}).`);
  } finally {
    await jobs.stop(0);
  }
  await announceFirstMaps(options, project.id);
}

/** All three in one transaction: datasets without their imports, or imports without their jobs, cannot be left behind. */
async function importSamples({ prisma, storage, say }: SampleOptions, jobs: Jobs, projectId: string): Promise<void> {
  const started = performance.now();
  const datasets = await storeSamples(createLocalStorage({ root: storage }));
  await prisma.$transaction(async (tx) => {
    for (const { name, files } of datasets) {
      const dataset = await tx.dataset.create({ data: { projectId, name } });
      const source = `${files.length} files of the sample "${name}"`;
      const entry = await tx.datasetImport.create({ data: { datasetId: dataset.id, source, files, total: files.length } });
      await jobs.enqueue('import', { importId: entry.id }, { tx, priority: name === firstDataset ? 1 : 0 });
    }
    await notifyChange(tx, { kind: 'project', projectId });
  });
  say(`  ${dim('·')} Sample images made: ${datasets.map(({ name }) => name).join(', ')} ${dim(duration(performance.now() - started))}`);
}

async function storeSamples(storage: Storage): Promise<{ name: string; files: { path: string; sha256: string }[] }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-sample-'));
  try {
    const datasets = await writeSampleDatasets(folder);
    return await Promise.all(
      datasets.map(async ({ name, dir }) => {
        const entries = await readdir(dir, { recursive: true, withFileTypes: true });
        const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
        const files: { path: string; sha256: string }[] = [];
        for (const file of paths.sort()) {
          const { sha256 } = await storage.put({ file });
          files.push({ path: relative(dir, file).split(sep).join('/'), sha256 });
        }
        return { name, files };
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits for the first dataset's import; false when it did not succeed or the dataset is gone. */
async function imported(prisma: PrismaClient, projectId: string): Promise<boolean> {
  for (;;) {
    const last = await prisma.datasetImport.findFirst({
      where: { dataset: { projectId, name: firstDataset } },
      orderBy: { createdAt: 'desc' },
      select: { state: true },
    });
    if (last === null || last.state === 'failed') return false;
    if (last.state === 'succeeded') return true;
    await sleep(200);
  }
}

/** Tells at the terminal when the first residual maps can be looked at. */
async function announceFirstMaps({ prisma, address, say }: SampleOptions, projectId: string): Promise<void> {
  const started = performance.now();
  for (;;) {
    const run = await prisma.trainingRun.findFirst({
      where: { projectId },
      orderBy: { createdAt: 'asc' },
      select: { state: true, reason: true, checkpoints: { select: { evaluations: { select: { id: true, state: true, reason: true } } } } },
    });
    const evaluation = run?.checkpoints.flatMap(({ evaluations }) => evaluations)[0];
    if (run === null || run.state === 'cancelled') return;
    const failure = [run, evaluation].find((one) => one?.state === 'failed');
    if (failure !== undefined) {
      say(`  ${dim('·')} The sample project’s first model was not finished: ${failure.reason ?? 'no reason was given'}`);
      return;
    }
    if (evaluation?.state === 'succeeded') {
      const seconds = Math.round((performance.now() - started) / 1000);
      say(
        `  ${dim('·')} The first residual maps are ready after ${seconds} s: ${address}/projects/prj_${projectId}/evaluations/evl_${evaluation.id}`,
      );
      return;
    }
    await sleep(500);
  }
}
