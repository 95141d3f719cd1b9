import type { Jobs } from '@plumbline/jobs';
import { orientationRecipe, recipeHash, resolveRecipe } from '@plumbline/ml';
import { createDatasetVersion, type Dataset, type DatasetVersion, type PrismaClient, type TrainingRun } from '@plumbline/prisma';
import { createDataset, createImage, createProject, createRecipe, createRun, createTeam, createVariant } from '@plumbline/prisma/testing';
import type { Storage } from '@plumbline/storage';
import sharp from 'sharp';

/** Side of an image: a little more than one patch at the recipe's scale, so that an epoch is one step. */
const side = 130;

/** Grey stripes with noise that differs by seed, and a bright spot where asked for. */
function picture(seed: number, spot: boolean): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side);
  let noise = seed * 7919 + 1;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      noise = (noise * 1103515245 + 12345) & 0x7fffffff;
      const inSpot = spot && (x - 65) ** 2 + (y - 55) ** 2 < 150;
      pixels[y * side + x] = inSpot ? 250 : 90 + 50 * Math.sin(x / 5 + seed) + (noise % 20);
    }
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}

function spotMask(): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side);
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) pixels[y * side + x] = (x - 65) ** 2 + (y - 55) ** 2 < 150 ? 255 : 0;
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}

type More = Partial<Pick<TrainingRun, 'seed' | 'priority' | 'kind' | 'orientationRunId' | 'continuesId'>>;

export interface TinyProject {
  readonly dataset: Dataset;
  readonly version: DatasetVersion;
  /** Queues a training of so many epochs, row and job in one transaction; `sets` on top of the recipe. */
  queueTraining(epochs: number, recipe?: string, sets?: readonly string[], more?: More): Promise<TrainingRun>;
}

/** A project with a real dataset in storage that trains within a second an epoch: 6 training images, 2 good and 2 defective test images. */
export async function tinyProject(prisma: PrismaClient, storage: Storage, jobs: Jobs): Promise<TinyProject> {
  const project = await createProject(prisma, await createTeam(prisma));
  const dataset = await createDataset(prisma, project, { name: 'stripes' });
  const put = async (split: 'train' | 'test', label: string, seed: number): Promise<void> => {
    const bytes = await picture(seed, label !== 'good');
    const { sha256 } = await storage.put(bytes);
    const maskSha256 = label === 'good' ? null : (await storage.put(await spotMask())).sha256;
    await createImage(prisma, dataset, {
      split,
      label,
      sha256,
      maskSha256,
      name: `${seed}.png`,
      width: side,
      height: side,
      bytes: bytes.length,
    });
  };
  for (let i = 0; i < 6; i++) await put('train', 'good', i);
  for (let i = 6; i < 8; i++) await put('test', 'good', i);
  for (let i = 8; i < 10; i++) await put('test', 'spot', i);
  const version = await prisma.$transaction((tx) => createDatasetVersion(tx, dataset.id));
  return {
    dataset,
    version,
    async queueTraining(epochs, recipeName = 'sample/ae', sets = [], more = {}) {
      const resolved = resolveRecipe(recipeName, ['data.trainPatches=16', 'model.latent=8', `training.epochs=${epochs}`, ...sets]);
      const document = more.kind === 'orientation' ? orientationRecipe(resolved) : resolved;
      const hash = recipeHash(document);
      return prisma.$transaction(async (tx) => {
        const known = await tx.recipe.findUnique({ where: { projectId_hash: { projectId: project.id, hash } } });
        const recipe = known ?? (await createRecipe(tx, project, { hash, document: JSON.parse(JSON.stringify(document)) as object }));
        const run = await createRun(tx, await createVariant(tx, recipe), version, { epochs, ...more });
        // One that waits for another has no job yet.
        if (!more.orientationRunId) await jobs.enqueue('training', { trainingRunId: run.id }, { tx, priority: run.priority });
        return run;
      });
    },
  };
}
