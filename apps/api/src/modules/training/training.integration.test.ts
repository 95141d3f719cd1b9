import { resolveRecipe } from '@plumbline/ml/recipes';
import { scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../testing/api.ts';

const startTraining = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) {
  __typename
  ... on StartTrainingSuccess { trainingRun { id state seed epochs variant { name } recipe { name hash } datasetVersion { number imageCount } createdBy { name } } }
  ... on InvalidInput { issues { path message } } ... on NotAllowed { message } ... on NotFound { message } } }`;

let api: TestApi;
let own: EvaluatedRun;
let foreign: EvaluatedRun;
const cookies: Record<'viewer' | 'engineer' | 'admin', string> = { viewer: '', engineer: '', admin: '' };

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.evaluatedRun(api.db, {}, { protocol: { split: 'test', ...resolveRecipe({}).residual } });
  foreign = await scenarios.evaluatedRun(api.db);
  for (const role of ['viewer', 'engineer', 'admin'] as const) cookies[role] = (await api.signedIn(own[role])).cookie;
});
afterAll(() => api.stop());

const inputFor = (run: EvaluatedRun, change: object = {}) => ({
  input: {
    datasetId: `dst_${run.dataset.id}`,
    recipe: { base: 'sample/ae', sets: ['model.latent=8'] },
    variantName: 'small',
    seed: 7,
    epochs: 3,
    ...change,
  },
});
const counts = async () => {
  const [{ jobs } = { jobs: -1 }] = await api.db.$queryRaw<{ jobs: number }[]>`select count(*)::int as jobs from pgboss.job`;
  return { runs: await api.db.trainingRun.count(), recipes: await api.db.recipe.count(), variants: await api.db.variant.count(), jobs };
};

describe('starting a training', () => {
  it('makes the snapshot, recipe, variant, run and job together', async () => {
    const before = await counts();
    const { data } = await api.run(cookies.engineer, startTraining, inputFor(own));
    const run = data.startTraining.trainingRun;
    expect(run).toMatchObject({
      state: 'queued',
      seed: 7,
      epochs: 3,
      variant: { name: 'small' },
      recipe: { name: 'sample/ae' },
      datasetVersion: { number: 1, imageCount: 8 },
      createdBy: { name: own.engineer.name },
    });
    expect(await counts()).toEqual({
      runs: before.runs + 1,
      recipes: before.recipes + 1,
      variants: before.variants + 1,
      jobs: before.jobs + 1,
    });
    const [job] = await api.db.$queryRaw<{ data: unknown }[]>`select data from pgboss.job where id = ${run.id.slice(4)}::uuid`;
    expect(job?.data).toEqual({ trainingRunId: run.id.slice(4) });
  });

  it('uses the same recipe and variant again, and refuses the name for another recipe', async () => {
    const before = await counts();
    const again = await api.run(cookies.engineer, startTraining, inputFor(own, { seed: 8 }));
    expect(again.data.startTraining.__typename).toBe('StartTrainingSuccess');
    const other = await api.run(cookies.engineer, startTraining, inputFor(own, { epochs: 4 }));
    expect(other.data.startTraining.issues).toEqual([
      { path: 'variantName', message: expect.stringContaining('a variant named small with another recipe') },
    ]);
    expect(await counts()).toEqual({ ...before, runs: before.runs + 1, jobs: before.jobs + 1 });
  });

  it('leaves nothing behind when the job cannot be enqueued', async () => {
    const before = await counts();
    const { jobs } = api.server.platform;
    const { enqueue } = jobs;
    Object.assign(jobs, { enqueue: () => Promise.reject(new Error('the queue is away')) });
    const { data, errors } = await api.run(
      cookies.engineer,
      startTraining,
      inputFor(own, { variantName: 'never', recipe: { base: 'ae' } }),
    );
    Object.assign(jobs, { enqueue });
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(errors)).not.toMatch(/the queue is away|\.ts|node_modules/);
    expect(await counts()).toEqual(before);
  });

  it('refuses a number of epochs that is none, instead of taking the recipe’s', async () => {
    for (const epochs of [0, -1]) {
      const { data } = await api.run(cookies.engineer, startTraining, inputFor(own, { epochs, variantName: 'no epochs' }));
      expect(data.startTraining.issues).toEqual([{ path: 'epochs', message: expect.stringMatching(/below 1/) }]);
    }
  });

  it('freezes no dataset into which an import goes on: a part of it may be there', async () => {
    const before = await counts();
    const versions = await api.db.datasetVersion.count();
    const { id } = await api.db.datasetImport.create({ data: { datasetId: own.dataset.id, source: 'a.zip', files: [] } });
    const message = `An import into ${own.dataset.name} is going on; wait until it has ended.`;
    for (const state of ['queued', 'running'] as const) {
      await api.db.datasetImport.update({ where: { id }, data: { state } });
      const { data } = await api.run(cookies.engineer, startTraining, inputFor(own, { seed: 9 }));
      expect(data.startTraining.issues).toEqual([{ path: 'datasetId', message }]);
    }
    const experiment = await api.run(
      cookies.engineer,
      'mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { ... on InvalidInput { issues { path message } } } }',
      {
        input: {
          ...{ projectId: `prj_${own.project.id}`, name: 'too early', clientKey: 'too early', seeds: [1] },
          datasetIds: [`dst_${own.dataset.id}`],
          variants: [{ name: 'any', recipe: { base: 'ae' } }],
        },
      },
    );
    expect(experiment.data.createExperiment.issues).toEqual([{ path: 'datasetIds.0', message }]);
    expect([await counts(), await api.db.datasetVersion.count()]).toEqual([before, versions]);
    await api.db.datasetImport.update({ where: { id }, data: { state: 'succeeded' } });
  });

  it('refuses a wrong recipe at its option, and a dataset without good training images', async () => {
    const wrong = await api.run(cookies.engineer, startTraining, inputFor(own, { recipe: { base: 'ae', sets: ['model.latent=-3'] } }));
    expect(wrong.data.startTraining.issues[0]).toMatchObject({
      path: 'recipe.model.latent',
      message: expect.stringContaining('model.latent is -3'),
    });
    const several = await api.run(
      cookies.engineer,
      startTraining,
      inputFor(own, { recipe: { base: 'ae', sets: ['model.latent=-3', 'data.trainPatches=0'] } }),
    );
    expect(several.data.startTraining.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      'recipe.data.trainPatches',
      'recipe.model.latent',
    ]);
    const alone = await api.run(cookies.engineer, startTraining, inputFor(own, { recipe: { base: 'orientation' } }));
    expect(alone.data.startTraining.issues[0]).toMatchObject({
      path: 'recipe.base',
      message: expect.stringContaining('localisation network alone'),
    });
    const empty = await api.db.dataset.create({ data: { projectId: own.project.id, name: 'empty' } });
    const none = await api.run(cookies.engineer, startTraining, inputFor(own, { datasetId: `dst_${empty.id}` }));
    expect(none.data.startTraining.issues[0]).toMatchObject({
      path: 'datasetId',
      message: expect.stringContaining('no good images in the split train'),
    });
  });

  it('is refused to a viewer, and to nobody signed in', async () => {
    const before = await counts();
    const viewer = await api.run(cookies.viewer, startTraining, inputFor(own));
    expect(viewer.data.startTraining).toMatchObject({
      __typename: 'NotAllowed',
      message: expect.stringContaining('your role in this team is viewer'),
    });
    const nobody = await api.run(null, startTraining, inputFor(own));
    expect(nobody.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await counts()).toEqual(before);
  });
});

describe('cancelling and retrying', () => {
  const cancel =
    'mutation ($id: ID!) { cancelTraining(id: $id) { __typename ... on CancelTrainingSuccess { trainingRun { state cancelRequested } } ... on InvalidInput { message } } }';
  const retry =
    'mutation ($id: ID!) { retryTraining(id: $id) { __typename ... on StartTrainingSuccess { trainingRun { id seed variant { name } } } ... on InvalidInput { message } } }';

  it('cancels a waiting run at once with its job, and asks a running one to stop', async () => {
    const made = await api.run(cookies.engineer, startTraining, inputFor(own, { seed: 100 }));
    const { id } = made.data.startTraining.trainingRun;
    expect((await api.run(cookies.viewer, cancel, { id })).data.cancelTraining.__typename).toBe('NotAllowed');
    expect((await api.run(cookies.engineer, retry, { id })).data.retryTraining.__typename).toBe('InvalidInput');
    const cancelled = await api.run(cookies.engineer, cancel, { id });
    expect(cancelled.data.cancelTraining.trainingRun).toEqual({ state: 'cancelled', cancelRequested: true });
    const [job] = await api.db.$queryRaw<{ state: string }[]>`select state::text from pgboss.job where id = ${id.slice(4)}::uuid`;
    expect(job?.state).toBe('cancelled');
    expect((await api.run(cookies.engineer, cancel, { id })).data.cancelTraining).toMatchObject({ message: 'The run has ended already.' });

    const again = await api.run(cookies.engineer, retry, { id });
    const second = again.data.retryTraining.trainingRun;
    expect(second).toMatchObject({ seed: 100, variant: { name: 'small' } });
    await api.db.trainingRun.update({ where: { id: second.id.slice(4) }, data: { state: 'preparing', attempt: 1 } });
    const asked = await api.run(cookies.engineer, cancel, { id: second.id });
    expect(asked.data.cancelTraining.trainingRun).toEqual({ state: 'preparing', cancelRequested: true });
  });
});

describe('starting an evaluation', () => {
  const start =
    'mutation ($id: ID!) { startEvaluation(checkpointId: $id) { __typename ... on StartEvaluationSuccess { evaluation { id state protocol run { id } } } } }';

  it('answers the one that is there, and makes one for another checkpoint with the protocol of its recipe', async () => {
    const known = await api.run(cookies.engineer, start, { id: `chk_${own.checkpoint.id}` });
    expect(known.data.startEvaluation.evaluation).toMatchObject({ id: `evl_${own.evaluation.id}`, run: { id: `run_${own.run.id}` } });
    const last = await api.db.checkpoint.create({ data: { runId: own.run.id, kind: 'last', epoch: 3, files: [], manifest: {} } });
    const made = await Promise.all([1, 2].map(() => api.run(cookies.engineer, start, { id: `chk_${last.id}` })));
    expect(made[0]?.data.startEvaluation.evaluation).toMatchObject({
      state: 'queued',
      protocol: { split: 'test', ssim: { window: 'gaussian', sigma: 1.5, size: 11 }, imageScore: 'top1pc', thresholdQuantile: 0.995 },
    });
    expect(made[1]?.data.startEvaluation.evaluation.id).toBe(made[0]?.data.startEvaluation.evaluation.id);
    expect((await api.run(cookies.viewer, start, { id: `chk_${last.id}` })).data.startEvaluation.__typename).toBe('NotAllowed');
  });
});

describe("another team's ids", () => {
  it('answer exactly as ids that do not exist, in every mutation', async () => {
    const nothing = '00000000-0000-7000-8000-000000000000';
    const ask = async (mutation: string, variables: object) => {
      const { data, errors } = await api.run(cookies.admin, mutation, variables);
      expect(errors).toBeUndefined();
      const [answer] = Object.values(data as Record<string, { __typename: string; message: string }>);
      return answer;
    };
    const answer = '{ __typename ... on NotFound { message } }';
    const both: [string, (real: boolean) => object][] = [
      [startTraining, (real) => inputFor(foreign, real ? {} : { datasetId: `dst_${nothing}` })],
      [`mutation ($id: ID!) { cancelTraining(id: $id) ${answer} }`, (real) => ({ id: `run_${real ? foreign.run.id : nothing}` })],
      [`mutation ($id: ID!) { retryTraining(id: $id) ${answer} }`, (real) => ({ id: `run_${real ? foreign.run.id : nothing}` })],
      [
        `mutation ($id: ID!) { startEvaluation(checkpointId: $id) ${answer} }`,
        (real) => ({ id: `chk_${real ? foreign.checkpoint.id : nothing}` }),
      ],
      [
        `mutation ($i: CreateProjectInput!) { createProject(input: $i) ${answer} }`,
        (real) => ({ i: { teamId: `team_${real ? foreign.team.id : nothing}`, name: 'x' } }),
      ],
      [
        `mutation ($i: CreateDatasetInput!) { createDataset(input: $i) ${answer} }`,
        (real) => ({ i: { projectId: `prj_${real ? foreign.project.id : nothing}`, name: 'x' } }),
      ],
      [
        `mutation ($i: RenameDatasetInput!) { renameDataset(input: $i) ${answer} }`,
        (real) => ({ i: { id: `dst_${real ? foreign.dataset.id : nothing}`, name: 'x' } }),
      ],
      [
        `mutation ($i: DeleteDatasetInput!) { deleteDataset(input: $i) ${answer} }`,
        (real) => ({ i: { id: `dst_${real ? foreign.dataset.id : nothing}`, confirmName: foreign.dataset.name } }),
      ],
      [
        `mutation ($i: StartImportInput!) { startImport(input: $i) ${answer} }`,
        (real) => ({ i: { datasetId: `dst_${real ? foreign.dataset.id : nothing}`, files: [{ path: 'a', uploadId: 'b' }] } }),
      ],
    ];
    for (const [mutation, variables] of both) {
      const real = await ask(mutation, variables(true));
      expect(real, mutation).toEqual(await ask(mutation, variables(false)));
      expect(real?.__typename, mutation).toBe('NotFound');
    }
    expect(await api.db.dataset.count({ where: { id: foreign.dataset.id } })).toBe(1);
  });

  it('count as evaluations under way for the members of their own team alone', async () => {
    const stranger = (await api.signedIn(foreign.viewer)).cookie;
    const counted = async (cookie: string) =>
      (await api.run(cookie, 'query ($id: ID!) { project(id: $id) { activeEvaluations } }', { id: `prj_${foreign.project.id}` })).data
        .project;
    expect(await counted(stranger)).toEqual({ activeEvaluations: 0 });
    const checkpoint = await api.db.checkpoint.create({ data: { runId: foreign.run.id, kind: 'last', epoch: 3, files: [], manifest: {} } });
    await api.db.evaluation.create({ data: { checkpointId: checkpoint.id, datasetVersionId: foreign.version.id, protocol: {} } });
    expect(await counted(stranger)).toEqual({ activeEvaluations: 1 });
    expect(await counted(cookies.admin)).toBeNull();
  });

  it('read as null in every query, by node() too, and as UNAUTHENTICATED for nobody', async () => {
    const ids = {
      project: `prj_${foreign.project.id}`,
      dataset: `dst_${foreign.dataset.id}`,
      trainingRun: `run_${foreign.run.id}`,
      evaluation: `evl_${foreign.evaluation.id}`,
      reconstruction: `rec_${foreign.reconstructions[0]?.id}`,
    };
    for (const [field, id] of Object.entries(ids)) {
      const query = `query ($id: ID!) { ${field}(id: $id) { id } node(id: $id) { id } }`;
      expect((await api.run(cookies.admin, query, { id })).data, field).toEqual({ [field]: null, node: null });
      const stranger = (await api.signedIn(foreign.viewer)).cookie;
      expect((await api.run(stranger, query, { id })).data, field).toEqual({ [field]: { id }, node: { id } });
      const nobody = await api.run(null, query, { id });
      expect(
        nobody.errors?.map((error) => error.extensions.code),
        field,
      ).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    }
    const others = [
      `team_${foreign.team.id}`,
      `usr_${foreign.owner.id}`,
      `img_${foreign.images[0]?.id}`,
      `dsv_${foreign.version.id}`,
      `chk_${foreign.checkpoint.id}`,
      `var_${foreign.variant.id}`,
      `rcp_${foreign.variant.recipeId}`,
      'nonsense',
      `run_${foreign.dataset.id}`,
      'run_1',
    ];
    for (const id of others)
      expect((await api.run(cookies.admin, 'query ($id: ID!) { node(id: $id) { id } }', { id })).data, id).toEqual({ node: null });
  });
});
