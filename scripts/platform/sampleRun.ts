import { notifyChange, type Jobs } from '@plumbline/jobs';
import { recipeHash, resolveRecipe } from '@plumbline/ml/recipes';
import { createDatasetVersion, type PrismaClient } from '@plumbline/prisma';

const recipeName = 'sample/ae';
const seed = 1;

/** Freezes the dataset and queues its first training in one transaction. Does nothing when the dataset is gone. */
export async function queueFirstRun(prisma: PrismaClient, jobs: Jobs, projectId: string, datasetName: string): Promise<void> {
  const recipe = resolveRecipe(recipeName, []);
  await prisma.$transaction(async (tx) => {
    const dataset = await tx.dataset.findFirst({ where: { projectId, name: datasetName, deletedAt: null }, select: { id: true } });
    if (dataset === null) return;
    const version = await createDatasetVersion(tx, dataset.id);
    const hash = recipeHash(recipe);
    const stored = await tx.recipe.upsert({
      where: { projectId_hash: { projectId, hash } },
      create: { projectId, name: recipe.name, hash, document: recipe },
      update: {},
    });
    const variant = await tx.variant.upsert({
      where: { projectId_name: { projectId, name: recipe.name } },
      create: { projectId, name: recipe.name, recipeId: stored.id },
      update: {},
    });
    const run = await tx.trainingRun.create({
      data: { projectId, variantId: variant.id, recipeId: stored.id, datasetVersionId: version.id, seed, epochs: recipe.training.epochs },
    });
    await jobs.enqueue('training', { trainingRunId: run.id }, { tx });
    await notifyChange(tx, { kind: 'run', id: run.id, projectId });
  });
}
