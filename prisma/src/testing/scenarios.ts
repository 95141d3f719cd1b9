import type {
  Checkpoint,
  Dataset,
  DatasetVersion,
  Evaluation,
  Image,
  Project,
  Reconstruction,
  Team,
  TrainingRun,
  User,
  Variant,
} from '../../generated/client/client.ts';
import { createDatasetVersion } from '../datasetVersion.ts';
import {
  anySha256,
  createDataset,
  createImage,
  createMember,
  createProject,
  createRecipe,
  createRun,
  createTeam,
  createVariant,
  type Db,
} from './factories.ts';

export interface TeamWithProject {
  readonly team: Team;
  readonly project: Project;
  readonly owner: User;
  readonly admin: User;
  readonly engineer: User;
  readonly viewer: User;
}

/** A team with one person of every role, and one project. */
export async function teamWithProject(db: Db, names: { team?: string; project?: string } = {}): Promise<TeamWithProject> {
  const team = await createTeam(db, names.team ? { name: names.team } : {});
  return {
    team,
    project: await createProject(db, team, names.project ? { name: names.project } : {}),
    owner: await createMember(db, team, 'owner'),
    admin: await createMember(db, team, 'admin'),
    engineer: await createMember(db, team, 'engineer'),
    viewer: await createMember(db, team, 'viewer'),
  };
}

export interface DatasetWithImages {
  readonly dataset: Dataset;
  readonly images: Image[];
}

/** A dataset of rows in MVTec's layout: good training images, good test images, and outlined defects of one type. */
export async function datasetWithImages(
  db: Db,
  project: Project,
  { train = 4, good = 2, scratched = 2 }: { train?: number; good?: number; scratched?: number } = {},
): Promise<DatasetWithImages> {
  const dataset = await createDataset(db, project);
  const images: Image[] = [];
  for (let i = 0; i < train; i++) images.push(await createImage(db, dataset, { name: `${i}.png` }));
  for (let i = 0; i < good; i++) images.push(await createImage(db, dataset, { split: 'test', name: `${i}.png` }));
  for (let i = 0; i < scratched; i++)
    images.push(await createImage(db, dataset, { split: 'test', label: 'scratch', name: `${i}.png`, maskSha256: anySha256() }));
  return { dataset, images };
}

export interface QueuedRun extends TeamWithProject, DatasetWithImages {
  readonly variant: Variant;
  readonly version: DatasetVersion;
  readonly run: TrainingRun;
}

/** A training run that waits, with everything it needs; no job is enqueued. */
export async function queuedRun(db: Db, recipe: { name?: string; hash?: string; document?: object } = {}): Promise<QueuedRun> {
  const team = await teamWithProject(db);
  const data = await datasetWithImages(db, team.project);
  const version = await createDatasetVersion(db, data.dataset.id);
  const variant = await createVariant(db, await createRecipe(db, team.project, recipe));
  const run = await createRun(db, variant, version, { createdById: team.engineer.id });
  return { ...team, ...data, version, variant, run };
}

export interface EvaluatedRun extends QueuedRun {
  readonly checkpoint: Checkpoint;
  readonly evaluation: Evaluation;
  readonly reconstructions: Reconstruction[];
}

/** A run that succeeded, with its best checkpoint and an evaluation with scores for every test image; addresses of files are made up. */
export async function evaluatedRun(
  db: Db,
  recipe: { document?: object } = {},
  stored: { protocol?: object; metrics?: object } = {},
): Promise<EvaluatedRun> {
  const queued = await queuedRun(db, recipe);
  const { id } = queued.run;
  await db.trainingRun.update({ where: { id }, data: { state: 'preparing', attempt: 1, startedAt: new Date() } });
  await db.runPoint.createMany({
    data: [1, 2, 3].flatMap((epoch) => [
      { runId: id, series: 'train', step: epoch * 10, epoch, value: 300 / epoch },
      { runId: id, series: 'validation', step: epoch * 10, epoch, value: 330 / epoch },
    ]),
  });
  await db.trainingRun.update({ where: { id }, data: { state: 'running' } });
  const checkpoint = await db.checkpoint.create({
    data: { runId: id, kind: 'best', epoch: 3, files: [{ name: 'weights.bin', sha256: anySha256(), bytes: 4096 }], manifest: { epoch: 3 } },
  });
  const run = await db.trainingRun.update({
    where: { id },
    data: { state: 'succeeded', epoch: 3, trainLoss: 100, validationLoss: 110, finishedAt: new Date() },
  });
  const made = await db.evaluation.create({
    data: {
      checkpointId: checkpoint.id,
      datasetVersionId: queued.version.id,
      protocol: { split: 'test', imageScore: 'max', thresholdQuantile: 0.99, ...stored.protocol },
    },
  });
  const test = queued.images.filter((image) => image.split === 'test');
  await db.evaluation.update({
    where: { id: made.id },
    data: { state: 'preparing', attempt: 1, startedAt: new Date(), total: test.length },
  });
  await db.evaluation.update({ where: { id: made.id }, data: { state: 'running' } });
  const reconstructions: Reconstruction[] = [];
  for (const [index, image] of test.entries()) {
    const score = image.label === 'good' ? 0.1 + index / 100 : 0.5 + index / 100;
    const statistics = { score, minimum: 0, maximum: score, mean: score / 4, p99: score * 0.9 };
    reconstructions.push(
      await db.reconstruction.create({
        data: {
          evaluationId: made.id,
          imageId: image.id,
          inputSha256: anySha256(),
          reconstructionSha256: anySha256(),
          networkWidth: 128,
          networkHeight: 128,
          residualMaps: {
            create: [
              { measure: 'ssim', ...statistics },
              { measure: 'mse', ...statistics, score: score * 1000, maximum: score * 1000 },
            ],
          },
        },
      }),
    );
  }
  const evaluation = await db.evaluation.update({
    where: { id: made.id },
    data: {
      state: 'succeeded',
      done: test.length,
      metrics: { ssim: { image: { auroc: 1 } }, ...stored.metrics },
      thresholds: { ssim: { pixel: 0.3, image: 0.3, quantile: 0.99, origin: 'validation' } },
      finishedAt: new Date(),
    },
  });
  return { ...queued, run, checkpoint, evaluation, reconstructions };
}
