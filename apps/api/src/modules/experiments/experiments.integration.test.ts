import { scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { resolveRecipe } from '@plumbline/ml/recipes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../testing/api.ts';
import { statementsOf } from '../../testing/statements.ts';

const problems = '... on InvalidInput { issues { path message } } ... on NotAllowed { message } ... on NotFound { message }';
const create = `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { __typename
  ... on CreateExperimentSuccess { experiment { id name state priority seeds runCount progress variantNames datasetNames createdBy { name } } } ${problems} } }`;
const control = `mutation ($id: ID!, $act: ExperimentAct!) { controlExperiment(id: $id, act: $act) { __typename
  ... on ControlExperimentSuccess { runs experiment { id state runCounts { state count } } } ${problems} } }`;
const order = `mutation ($id: ID!, $priority: Int!) { setExperimentPriority(id: $id, priority: $priority) { __typename
  ... on CreateExperimentSuccess { experiment { priority } } ${problems} } }`;
const estimate = `query ($input: ExperimentPlanInput!) { experimentEstimate(input: $input) { __typename
  ... on ExperimentEstimate { runs orientationRuns seconds workers variants { name basis seconds imagesPerSecond } } ${problems} } }`;
const runsOf = `query ($id: ID!) { experiment(id: $id) { state runCount runCounts { state count } trainingRuns(first: 500) { totalCount edges { node {
  id kind seed state priority variant { name } orientationRun { id } } } } } }`;

let api: TestApi;
let own: EvaluatedRun;
let foreign: EvaluatedRun;
const cookies: Record<'viewer' | 'engineer', string> = { viewer: '', engineer: '' };

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.evaluatedRun(api.db, { document: resolveRecipe('sample/ae', ['model.latent=8']) });
  // Large enough to be cut into patches.
  await api.db.image.updateMany({ where: { datasetId: own.dataset.id }, data: { width: 256, height: 256 } });
  foreign = await scenarios.evaluatedRun(api.db);
  for (const role of ['viewer', 'engineer'] as const) cookies[role] = (await api.signedIn(own[role])).cookie;
});
afterAll(() => api.stop());

let keys = 0;
const plan = (change: object = {}) => ({
  projectId: `prj_${own.project.id}`,
  datasetIds: [`dst_${own.dataset.id}`],
  seeds: [1, 2],
  variants: [8, 16].map((latent) => ({ recipe: { base: 'sample/ae', sets: [`model.latent=${latent}`] }, name: `latent ${latent}` })),
  ...change,
});
const request = (change: object = {}) => ({ input: { name: 'sizes', clientKey: `key of a test ${++keys}`, ...plan(change) } });
const made = async (change: object = {}): Promise<string> => {
  const { data, errors } = await api.run(cookies.engineer, create, request(change));
  expect(errors).toBeUndefined();
  expect(data.createExperiment).toMatchObject({ __typename: 'CreateExperimentSuccess' });
  return data.createExperiment.experiment.id as string;
};
const counts = async () => {
  const [{ jobs } = { jobs: -1 }] = await api.db.$queryRaw<{ jobs: number }[]>`select count(*)::int as jobs from pgboss.job`;
  return {
    experiments: await api.db.experiment.count(),
    runs: await api.db.trainingRun.count(),
    variants: await api.db.variant.count(),
    versions: await api.db.datasetVersion.count(),
    jobs,
  };
};
/** Runs of an experiment with their jobs, in the order of their making. */
async function rows(id: string) {
  const { data } = await api.run(cookies.viewer, runsOf, { id });
  const nodes = data.experiment.trainingRuns.edges.map(({ node }: { node: object }) => node) as {
    id: string;
    kind: string;
    seed: number;
    state: string;
    priority: number;
    variant: { name: string };
    orientationRun: { id: string } | null;
  }[];
  const jobs = await api.db.$queryRaw<{ id: string; state: string; priority: number }[]>`
    select id::text, state::text, priority from pgboss.job where id = any(${nodes.map((node) => node.id.slice(4))}::uuid[])`;
  return nodes.map((node) => ({ ...node, job: jobs.find((job) => job.id === node.id.slice(4)) ?? null }));
}

describe('creating an experiment', () => {
  it('queues every combination with its job, a seed before the next one', async () => {
    const before = await counts();
    const { data } = await api.run(cookies.engineer, create, request({ priority: 10 }));
    expect(data.createExperiment.experiment).toMatchObject({
      name: 'sizes',
      state: 'queued',
      priority: 10,
      seeds: [1, 2],
      runCount: 4,
      progress: 0,
      variantNames: ['latent 16', 'latent 8'],
      createdBy: { name: own.engineer.name },
    });
    expect(await counts()).toEqual({
      ...before,
      experiments: before.experiments + 1,
      runs: before.runs + 4,
      variants: before.variants + 2,
      jobs: before.jobs + 4,
    });
    const runs = await rows(data.createExperiment.experiment.id);
    expect(runs.map(({ seed, variant, priority, job }) => `${variant.name} ${seed} ${priority} ${job?.state} ${job?.priority}`)).toEqual([
      'latent 8 1 10 created 10',
      'latent 16 1 10 created 10',
      'latent 8 2 10 created 10',
      'latent 16 2 10 created 10',
    ]);
  });

  it('makes one experiment of one client key, however often and however much at once it is asked for', async () => {
    const same = request();
    const answers = await Promise.all([1, 2, 3].map(() => api.run(cookies.engineer, create, same)));
    answers.push(await api.run(cookies.engineer, create, same));
    const ids = answers.map(({ data }) => data.createExperiment.experiment.id as string);
    expect(new Set(ids).size).toBe(1);
    expect(await rows(ids[0]!)).toHaveLength(4);
  });

  it('leaves nothing behind when the queue refuses', async () => {
    const before = await counts();
    const { jobs } = api.server.platform;
    const { enqueueAll } = jobs;
    Object.assign(jobs, { enqueueAll: () => Promise.reject(new Error('the queue is away')) });
    const { data, errors } = await api.run(cookies.engineer, create, request({ variants: [{ recipe: { base: 'ae' }, name: 'never' }] }));
    Object.assign(jobs, { enqueueAll });
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(await counts()).toEqual(before);
  });

  it.each<[string, () => object, string, RegExp]>([
    ['no variant', () => ({ variants: [] }), 'variants', /at least one variant/],
    ['a seed twice', () => ({ seeds: [3, 3] }), 'seeds', /seed 3 is named twice/],
    ['a seed below 0', () => ({ seeds: [-1] }), 'seeds.0', /below 0/],
    [
      'more than 500 runs',
      () => ({ variants: sized(11), seeds: Array.from({ length: 50 }, (_, i) => i) }),
      'seeds',
      /550 runs.*at most 500/,
    ],
    [
      'a wrong option',
      () => ({ variants: [{ recipe: { base: 'ae', sets: ['model.latent=-3'] }, name: 'x' }] }),
      'variants.0.recipe.model.latent',
      /latent is -3/,
    ],
    [
      'a name that stands for another recipe',
      () => ({ variants: [{ recipe: { base: 'ae' }, name: 'latent 8' }] }),
      'variants.0.name',
      /another recipe/,
    ],
    [
      'a localisation network alone',
      () => ({ variants: [{ recipe: { base: 'orientation' }, name: 'x' }] }),
      'variants.0.recipe',
      /localisation network alone/,
    ],
    ['a short client key', () => ({ clientKey: 'short' }), 'clientKey', /shorter than 8/],
    ['a priority beyond 100', () => ({ priority: 101 }), 'priority', /100/],
  ])('refuses %s at its field, and makes nothing', async (_what, change, path, message) => {
    const before = await counts();
    const { data } = await api.run(cookies.engineer, create, request(change()));
    expect(data.createExperiment.issues).toEqual([{ path, message: expect.stringMatching(message) }]);
    expect(await counts()).toEqual(before);
  });

  it('refuses a dataset without good training images at its place', async () => {
    const empty = await api.db.dataset.create({ data: { projectId: own.project.id, name: 'empty' } });
    const { data } = await api.run(cookies.engineer, create, request({ datasetIds: [`dst_${own.dataset.id}`, `dst_${empty.id}`] }));
    expect(data.createExperiment.issues).toEqual([{ path: 'datasetIds.1', message: expect.stringContaining('no good images') }]);
  });

  it('lets viewers look, and does not tell of another team’s project, dataset, variant or experiment', async () => {
    const refused = await api.run(cookies.viewer, create, request());
    expect(refused.data.createExperiment.__typename).toBe('NotAllowed');
    for (const change of [
      { projectId: `prj_${foreign.project.id}` },
      { datasetIds: [`dst_${foreign.dataset.id}`] },
      { variants: [{ variantId: `var_${foreign.variant.id}` }] },
    ]) {
      const { data } = await api.run(cookies.engineer, create, request(change));
      expect(data.createExperiment.__typename).toBe('NotFound');
    }
    const id = await made();
    const outside = (await api.signedIn(foreign.owner)).cookie;
    expect((await api.run(outside, runsOf, { id })).data.experiment).toBeNull();
    expect((await api.run(outside, control, { id, act: 'cancel' })).data.controlExperiment.__typename).toBe('NotFound');
    expect((await api.run(outside, order, { id, priority: 1 })).data.setExperimentPriority.__typename).toBe('NotFound');
    expect((await api.run(cookies.viewer, control, { id, act: 'cancel' })).data.controlExperiment.__typename).toBe('NotAllowed');
  });
});

const sized = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ recipe: { base: 'ae', sets: [`model.latent=${100 + i}`] }, name: `size ${i}` }));

describe('variants that begin with a localisation network', () => {
  it('share one training of it a seed, and wait for it without a job', async () => {
    const variants = ['stn-frozen', 'stn-finetuned'].map((kind) => ({
      recipe: { base: 'sample/stn-frozen', sets: [`regime.kind=${kind}`] },
      name: kind,
    }));
    const runs = await rows(await made({ variants }));
    const trainings = runs.filter(({ kind }) => kind === 'orientation');
    expect(trainings.map(({ seed, job }) => `${seed} ${job?.state}`)).toEqual(['1 created', '2 created']);
    const waiting = runs.filter(({ kind }) => kind === 'reconstruction');
    expect(waiting).toHaveLength(4);
    for (const run of waiting) {
      expect(run.job).toBeNull();
      expect(run.orientationRun?.id).toBe(trainings.find(({ seed }) => seed === run.seed)?.id);
    }
  });

  it('are cancelled with an experiment, and do not fail for want of that network', async () => {
    const id = await made({ variants: [{ recipe: { base: 'sample/stn-frozen', sets: ['data.trainPatches=64'] }, name: 'waiting' }] });
    const cancelled = await api.run(cookies.engineer, control, { id, act: 'cancel' });
    expect(cancelled.data.controlExperiment).toMatchObject({ runs: 4, experiment: { state: 'cancelled' } });
    expect((await rows(id)).map(({ state }) => state)).toEqual(Array(4).fill('cancelled'));
  });
});

describe('controlling an experiment', () => {
  it('pauses, orders, resumes and cancels what has not ended, and says when there is nothing left to do', async () => {
    const id = await made();
    const paused = await api.run(cookies.engineer, control, { id, act: 'pause' });
    expect(paused.data.controlExperiment).toMatchObject({
      runs: 4,
      experiment: { state: 'paused', runCounts: [{ state: 'paused', count: 4 }] },
    });
    expect((await rows(id)).map(({ job }) => job?.state)).toEqual(Array(4).fill('cancelled'));
    const ordered = await api.run(cookies.engineer, order, { id, priority: -10 });
    expect(ordered.data.setExperimentPriority.experiment.priority).toBe(-10);
    const resumed = await api.run(cookies.engineer, control, { id, act: 'resume' });
    expect(resumed.data.controlExperiment).toMatchObject({ runs: 4, experiment: { state: 'queued' } });
    expect((await rows(id)).map(({ job, priority }) => `${job?.state} ${job?.priority} ${priority}`)).toEqual(
      Array(4).fill('created -10 -10'),
    );
    const raised = await api.run(cookies.engineer, order, { id, priority: 20 });
    expect(raised.data.setExperimentPriority.experiment.priority).toBe(20);
    expect((await rows(id)).map(({ job }) => job?.priority)).toEqual(Array(4).fill(20));
    expect((await api.run(cookies.engineer, order, { id, priority: 101 })).data.setExperimentPriority.issues).toEqual([
      { path: 'priority', message: expect.stringContaining('from -100 to 100') },
    ]);
    const cancelled = await api.run(cookies.engineer, control, { id, act: 'cancel' });
    expect(cancelled.data.controlExperiment).toMatchObject({ runs: 4, experiment: { state: 'cancelled' } });
    const again = await api.run(cookies.engineer, control, { id, act: 'cancel' });
    expect(again.data.controlExperiment.issues).toEqual([{ path: 'id', message: expect.stringContaining('no run that one could cancel') }]);
  });

  it('counts of a combination that was retried the newest run, which stays in the experiment', async () => {
    const id = await made({ seeds: [1] });
    const [first] = await rows(id);
    await api.run(cookies.engineer, 'mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }', { id: first!.id });
    await api.run(cookies.engineer, order, { id, priority: 7 });
    const retry =
      'mutation ($id: ID!) { retryTraining(id: $id) { ... on StartTrainingSuccess { trainingRun { id priority experiment { id } } } } }';
    const { data } = await api.run(cookies.engineer, retry, { id: first!.id });
    expect(data.retryTraining.trainingRun).toMatchObject({ priority: 7, experiment: { id } });
    const { data: after } = await api.run(cookies.viewer, runsOf, { id });
    expect(after.experiment).toMatchObject({ runCount: 2, runCounts: [{ state: 'queued', count: 2 }], trainingRuns: { totalCount: 3 } });
  });

  it('cannot hold a run back that is asked to pause: it is resumed once it has paused', async () => {
    const [run] = await rows(await made({ seeds: [1] }));
    const id = run!.id;
    await api.db.trainingRun.update({ where: { id: id.slice(4) }, data: { state: 'preparing', attempt: 1, startedAt: new Date() } });
    const act = async (name: string) =>
      (await api.run(cookies.engineer, `mutation ($id: ID!) { ${name}(id: $id) { __typename ${problems} } }`, { id })).data[name];
    expect((await act('pauseTraining')).__typename).toBe('ControlTrainingSuccess');
    expect((await act('resumeTraining')).issues[0].message).toContain('can be resumed once it has paused');
    await api.db.trainingRun.update({ where: { id: id.slice(4) }, data: { state: 'paused' } });
    expect((await act('resumeTraining')).__typename).toBe('ControlTrainingSuccess');
  });

  it('continues only a run that failed with a checkpoint, from which the new run begins', async () => {
    const [run] = await rows(await made({ seeds: [1] }));
    const id = run!.id.slice(4);
    const go = async () =>
      (
        await api.run(
          cookies.engineer,
          `mutation ($id: ID!) { continueTraining(id: $id) { __typename ... on StartTrainingSuccess { trainingRun { state continues { id } } } ${problems} } }`,
          { id: run!.id },
        )
      ).data.continueTraining;
    expect((await go()).issues[0].message).toContain('Only a run that failed');
    await api.db.trainingRun.update({ where: { id }, data: { state: 'preparing', attempt: 1 } });
    await api.db.trainingRun.update({ where: { id }, data: { state: 'failed', reason: 'The disk is full.', finishedAt: new Date() } });
    expect((await go()).issues[0].message).toContain('before its first checkpoint');
    await api.db.checkpoint.create({ data: { runId: id, kind: 'last', epoch: 1, files: [], manifest: {} } });
    expect(await go()).toMatchObject({ trainingRun: { state: 'queued', continues: { id: run!.id } } });
  });
});

describe('an estimate', () => {
  it('makes nothing, and says what it rests on: nothing, the measured step, or runs like these', async () => {
    const before = await counts();
    const asked = async () => (await api.run(cookies.engineer, estimate, { input: plan() })).data.experimentEstimate;
    expect(await asked()).toMatchObject({
      runs: 4,
      orientationRuns: 0,
      seconds: null,
      workers: 0,
      variants: [{ name: 'latent 8', basis: 'unknown', seconds: null }, { basis: 'unknown' }],
    });
    const engine = { engine: 'native', device: 'cpu', processor: 'a processor' };
    const worker = await api.db.worker.create({
      data: { name: 'measured', pid: 1, engine: { ...engine, speed: { batch: 32, stepMilliseconds: 320 } } },
    });
    const measured = await asked();
    expect(measured).toMatchObject({ workers: 1, variants: [{ basis: 'measuredStep' }, { basis: 'measuredStep' }] });
    expect(measured.seconds).toBeGreaterThan(0);
    const { projectId, recipeId, datasetVersionId, variantId } = own.run;
    const data = { projectId, recipeId, datasetVersionId, variantId, seed: 99, epochs: 3, imagesPerSecond: 50, engine };
    const run = await api.db.trainingRun.create({ data });
    for (const state of ['preparing', 'running', 'succeeded'] as const)
      await api.db.trainingRun.update({ where: { id: run.id }, data: { state } });
    expect((await asked()).variants).toMatchObject([
      { basis: 'earlierRuns', imagesPerSecond: 50 },
      { basis: 'measuredStep', imagesPerSecond: null },
    ]);
    await api.db.worker.delete({ where: { id: worker.id } });
    expect(await counts()).toEqual({ ...before, runs: before.runs + 1 });
  });
});

describe('what the pages ask for', () => {
  const list = `query ($id: ID!) { project(id: $id) { experiments(first: 50) { totalCount pageInfo { hasNextPage } edges { node {
    id name state priority seeds progress runCount runCounts { state count } evaluatedCount variantNames datasetNames createdAt startedAt finishedAt createdBy { id name } } } } } }`;
  const page = `query ($id: ID!) { experiment(id: $id) { id name state progress runCounts { state count } variantNames createdBy { name } project { id }
    trainingRuns(first: 500) { totalCount edges { node { id state progress secondsLeft variant { name } recipe { name } datasetVersion { dataset { name } }
      checkpoints { kind epoch } evaluations { id state metrics } } } } } }`;
  const curves =
    'query ($id: ID!) { experiment(id: $id) { trainingRuns(first: 500) { edges { node { id curve(perEpoch: true) { epoch value } } } } } }';

  it.each([
    ['the list', list, () => `prj_${own.project.id}`],
    ['an experiment', page, () => made()],
    ['its curves', curves, () => made()],
  ])('%s takes at most five SQL statements', async (_what, query, idOf) => {
    const id = await idOf();
    await api.run(cookies.viewer, '{ me { id } }');
    let answer: Awaited<ReturnType<TestApi['run']>> | undefined;
    const statements = await statementsOf(async () => (answer = await api.run(cookies.viewer, query, { id })));
    expect(answer?.errors).toBeUndefined();
    expect(answer?.data.project ?? answer?.data.experiment).not.toBeNull();
    expect(statements.length, statements.join('\n')).toBeGreaterThan(0);
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(5);
  });

  it('lists page by page, newest first, each once', async () => {
    const paged =
      'query ($id: ID!, $after: String) { project(id: $id) { experiments(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id createdAt } } } } }';
    const seen: { id: string; createdAt: string }[] = [];
    let after: string | null = null;
    let total: number;
    do {
      const { data } = await api.run(cookies.viewer, paged, { id: `prj_${own.project.id}`, after });
      const { edges, pageInfo, totalCount } = data.project.experiments;
      seen.push(...edges.map(({ node }: { node: (typeof seen)[number] }) => node));
      total = totalCount;
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(seen.length).toBe(total);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(total);
    expect(seen.map(({ createdAt }) => createdAt)).toEqual(
      seen
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .reverse(),
    );
  });
});

it('counts the evaluations that its runs brought about, not those that somebody started by hand', async () => {
  const { project, run, checkpoint, evaluation, engineer } = await scenarios.evaluatedRun(api.db);
  const { id: experimentId } = await api.db.experiment.create({
    data: { projectId: project.id, name: 'one run', seeds: [1], clientKey: `key of a test ${++keys}`, createdById: engineer.id },
  });
  // A run that has ended changes no more; this one is to have been the experiment's from the beginning.
  await api.db.$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.trainingRun.update({ where: { id: run.id }, data: { experimentId } });
  });
  const { cookie } = await api.signedIn(engineer);
  const read = async () => {
    const query = `query ($id: ID!) { experiment(id: $id) { state evaluatedCount } }`;
    return (await api.run(cookie, query, { id: `exp_${experimentId}` })).data.experiment as unknown;
  };
  expect(await read()).toEqual({ state: 'succeeded', evaluatedCount: 1 });
  await api.db.evaluation.create({
    data: {
      checkpointId: checkpoint.id,
      datasetVersionId: evaluation.datasetVersionId,
      protocol: { split: 'train' },
      createdById: engineer.id,
    },
  });
  expect(await read()).toEqual({ state: 'succeeded', evaluatedCount: 1 });
});
