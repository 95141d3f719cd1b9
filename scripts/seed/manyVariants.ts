import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { createJobs, notifyChange } from '@plumbline/jobs';
import { recipeHash, resolveRecipe } from '@plumbline/ml/recipes';
import { startPostgres } from '@plumbline/postgres';
import { createDatasetVersion, createPrisma, type PrismaClient } from '@plumbline/prisma';
import { createLocalStorage } from '@plumbline/storage';
import { readSecrets } from '../platform/secrets.ts';
import { Explained } from '../setup/console.mjs';
import { side, storeImages } from './manyImages.ts';

export interface ManyOptions {
  /** Data directory of a running platform that has its owner. */
  readonly data: string;
  /** Test images, each measured under four variants. */
  readonly images: number;
  readonly say: (line: string) => void;
}

export interface ManyVariants {
  /** Public ids. */
  readonly projectId: string;
  readonly experimentId: string;
  /** In the order of the variants below. */
  readonly evaluationIds: readonly string[];
}

/** Small models of the sample's recipe that differ in one option: one network input an image, so that each image costs one. */
const base = ['geometry.scale.value=1', `geometry.patch=${side}`, `geometry.stride=${side}`];
const variants: readonly (readonly [name: string, sets: readonly string[]])[] = [
  ['latent 8', ['model.latent=8']],
  ['latent 64', ['model.latent=64']],
  ['latent 64, l1', ['model.latent=64', 'loss.image.kind=l1']],
  ['latent 64, turned', ['model.latent=64', 'regime.kind=sampler-only']],
];

/**
 * Makes a project of many images under four variants on a running platform: real crops in its storage, an Experiment in its database, and four
 * trainings in its queue, which its own worker carries out and evaluates. Returns when the last evaluation has succeeded. A project that an earlier
 * call made of as many images is taken as it is.
 * @throws Explained where a training or an evaluation failed
 */
export async function seedMany({ data, images, say }: ManyOptions): Promise<ManyVariants> {
  // Takes the running server over for its address alone; it is never stopped from here.
  const { url } = await startPostgres({ dataDir: join(data, 'postgres'), password: readSecrets(data).database });
  const prisma = createPrisma(url);
  const jobs = createJobs({ connectionString: url, role: 'producer' });
  try {
    await jobs.start();
    const team = await prisma.team.findFirst({ orderBy: { createdAt: 'asc' } });
    if (!team) throw new Explained('The platform has no team yet: open its welcome link first.');
    const name = `${images} images`;
    const there = await prisma.experiment.findFirst({ where: { project: { teamId: team.id, name } } });
    if (there) return made(there, await evaluated(prisma, there.id, say));
    const project = await prisma.project.create({ data: { teamId: team.id, name } });
    const dataset = await prisma.dataset.create({ data: { projectId: project.id, name: 'textures' } });
    await storeImages(prisma, createLocalStorage({ root: join(data, 'storage') }), dataset.id, images, (done) =>
      say(`${done} images made`),
    );
    // So few steps on a small set and so many on a large one that training stays the smaller part.
    const effort = images >= 2000 ? ['data.trainPatches=480', 'training.epochs=3'] : ['data.trainPatches=96', 'training.epochs=1'];
    const experimentId = await prisma.$transaction(
      async (tx) => {
        const version = await createDatasetVersion(tx, dataset.id);
        const { id } = await tx.experiment.create({
          data: { projectId: project.id, name: 'four variants', clientKey: 'seed', seeds: [1] },
        });
        for (const [name, sets] of variants) {
          const document = resolveRecipe('sample/ae', [...base, ...sets, ...effort]);
          const recipe = await tx.recipe.create({
            data: { projectId: project.id, name: document.name, hash: recipeHash(document), document },
          });
          const variant = await tx.variant.create({ data: { projectId: project.id, name, recipeId: recipe.id } });
          const run = await tx.trainingRun.create({
            data: {
              ...{ projectId: project.id, variantId: variant.id, recipeId: recipe.id, datasetVersionId: version.id, experimentId: id },
              ...{ seed: 1, epochs: document.training.epochs },
            },
          });
          await jobs.enqueue('training', { trainingRunId: run.id }, { tx });
        }
        await notifyChange(tx, { kind: 'project', projectId: project.id });
        return id;
      },
      { timeout: 60_000 },
    );
    return made({ id: experimentId, projectId: project.id }, await evaluated(prisma, experimentId, say));
  } finally {
    await jobs.stop(0);
    await prisma.$disconnect();
  }
}

const made = (experiment: { readonly id: string; readonly projectId: string }, evaluationIds: readonly string[]): ManyVariants => ({
  projectId: `prj_${experiment.projectId}`,
  experimentId: `exp_${experiment.id}`,
  evaluationIds: evaluationIds.map((id) => `evl_${id}`),
});

/** Waits until every run of the experiment is evaluated. */
async function evaluated(prisma: PrismaClient, experimentId: string, say: ManyOptions['say']): Promise<string[]> {
  let last = '';
  for (;;) {
    const runs = await prisma.trainingRun.findMany({
      where: { experimentId },
      orderBy: { id: 'asc' },
      select: {
        state: true,
        reason: true,
        variant: { select: { name: true } },
        checkpoints: { select: { evaluations: { select: { id: true, state: true, done: true, reason: true } } } },
      },
    });
    const found = runs.map((run) => ({ run, evaluation: run.checkpoints.flatMap(({ evaluations }) => evaluations)[0] ?? null }));
    for (const { run, evaluation } of found)
      for (const one of [run, evaluation])
        if (one && ['failed', 'cancelled'].includes(one.state))
          throw new Explained(`${run.variant.name} ${one.state}: ${one.reason ?? ''}`);
    const line = found.map(({ run, evaluation }) => (evaluation ? `${evaluation.state} ${evaluation.done}` : run.state)).join(', ');
    if (line !== last) say(line);
    last = line;
    const ids = found.flatMap(({ evaluation }) => (evaluation?.state === 'succeeded' ? [evaluation.id] : []));
    if (ids.length === runs.length) return ids;
    await sleep(1000);
  }
}
