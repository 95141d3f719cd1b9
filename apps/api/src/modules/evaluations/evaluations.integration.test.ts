import { createDatasetVersion } from '@plumbline/prisma';
import { createImage, scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
let own: EvaluatedRun;
let foreign: EvaluatedRun;
const cookies: Record<'viewer' | 'engineer', string> = { viewer: '', engineer: '' };

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.evaluatedRun(api.db);
  foreign = await scenarios.evaluatedRun(api.db);
  for (const role of ['viewer', 'engineer'] as const) cookies[role] = (await api.signedIn(own[role])).cookie;
});
afterAll(() => api.stop());

const problems = '... on InvalidInput { issues { path message } } ... on NotAllowed { message } ... on NotFound { message }';
const start = `mutation ($checkpointId: ID!, $datasetVersionId: ID, $split: Split, $sets: [String!]) {
  answer: startEvaluation(checkpointId: $checkpointId, datasetVersionId: $datasetVersionId, split: $split, sets: $sets) { __typename
    ... on StartEvaluationSuccess { evaluation { id state protocol protocolHash datasetVersion { number } createdBy { name } } } ${problems} } }`;
const one = (name: string, success: string) =>
  `mutation ($id: ID!) { answer: ${name}(id: $id) { __typename ... on ${success} ${problems} } }`;
const cancel = one('cancelEvaluation', 'CancelEvaluationSuccess { evaluation { state cancelRequested } }');
const retry = one('retryEvaluation', 'StartEvaluationSuccess { evaluation { id state protocolHash } }');
const remove = one('deleteEvaluation', 'DeleteEvaluationSuccess { id }');

const ask = async (query: string, variables: object, cookie = cookies.engineer) => {
  const { data, errors } = await api.run(cookie, query, variables);
  expect(errors).toBeUndefined();
  return data.answer;
};
const checkpointId = () => `chk_${own.checkpoint.id}`;

describe('a checkpoint', () => {
  it('is measured once under each protocol: equal options in any order are one, others another beside it', async () => {
    const plain = await ask(start, { checkpointId: checkpointId() });
    expect(plain.evaluation).toMatchObject({ state: 'queued', createdBy: { name: own.engineer.name } });
    expect(plain.evaluation.id).not.toBe(`evl_${own.evaluation.id}`);
    const sets = ['residual.ssim.sigma=0.8', 'residual.imageScore=max'];
    const [first, second] = await Promise.all(
      [sets, [...sets].reverse()].map((given) => ask(start, { checkpointId: checkpointId(), sets: given })),
    );
    expect(first.evaluation.id).toBe(second.evaluation.id);
    expect(first.evaluation.id).not.toBe(plain.evaluation.id);
    expect(first.evaluation.protocol).toMatchObject({ split: 'test', ssim: { sigma: 0.8, size: 11 }, imageScore: 'max' });
    const onTrain = await ask(start, { checkpointId: checkpointId(), split: 'train' });
    const hashes = [plain, first, onTrain].map(({ evaluation }) => evaluation.protocolHash);
    expect(new Set(hashes).size).toBe(3);
    const [job] = await api.db.$queryRaw<{ state: string }[]>`
      select state::text from pgboss.job where id = ${first.evaluation.id.slice(4)}::uuid`;
    expect(job?.state).toBe('created');
  });

  it('is measured on another version of the project, and on none of another team', async () => {
    await createImage(api.db, own.dataset, { split: 'test', name: 'new.png' });
    const version = await createDatasetVersion(api.db, own.dataset.id);
    const made = await ask(start, { checkpointId: checkpointId(), datasetVersionId: `dsv_${version.id}` });
    expect(made.evaluation.datasetVersion).toEqual({ number: 2 });
    const nothing = '00000000-0000-7000-8000-000000000000';
    const [stranger, none] = await Promise.all(
      [foreign.version.id, nothing].map((id) => ask(start, { checkpointId: checkpointId(), datasetVersionId: `dsv_${id}` })),
    );
    expect(stranger).toEqual(none);
    expect(stranger.__typename).toBe('NotFound');
  });

  it('is refused at the option, the setting or the split that cannot be used', async () => {
    const refused = async (change: object) => (await ask(start, { checkpointId: checkpointId(), ...change })).issues;
    expect(await refused({ sets: ['residual.ssim.size=4'] })).toEqual([
      { path: 'residual.ssim.size', message: expect.stringMatching(/must be odd/) },
    ]);
    expect(await refused({ sets: ['model.latent=3'] })).toEqual([{ path: 'sets', message: expect.stringMatching(/^model\.latent=3: /) }]);
    await api.db.$executeRaw`update "Image" set "split" = 'train', "name" = "id"::text where "datasetId" = ${own.dataset.id}::uuid`;
    const trainOnly = await createDatasetVersion(api.db, own.dataset.id);
    expect(await refused({ datasetVersionId: `dsv_${trainOnly.id}` })).toEqual([
      { path: 'split', message: expect.stringMatching(/^Version \d of .* has no test images; choose another split/) },
    ]);
    expect((await ask(start, { checkpointId: checkpointId() }, cookies.viewer)).__typename).toBe('NotAllowed');
  });
});

describe('a checkpoint of a run that goes on', () => {
  it('is not measured: the run overwrites it, and neither a new evaluation nor one made anew would stay true', async () => {
    const { run, version, engineer } = await scenarios.queuedRun(api.db);
    await api.db.trainingRun.update({ where: { id: run.id }, data: { state: 'paused' } });
    const checkpoint = await api.db.checkpoint.create({ data: { runId: run.id, kind: 'best', epoch: 1, files: [], manifest: {} } });
    const { id } = await api.db.evaluation.create({
      data: { checkpointId: checkpoint.id, datasetVersionId: version.id, protocol: { split: 'test', imageScore: 'earlier' } },
    });
    await api.db.evaluation.update({ where: { id }, data: { state: 'failed' } });
    const { cookie } = await api.signedIn(engineer);
    const message = 'The training run of this checkpoint has not ended yet; wait for its end, or cancel the run first.';
    const started = () => ask(start, { checkpointId: `chk_${checkpoint.id}` }, cookie);
    const retried = () => ask(retry, { id: `evl_${id}` }, cookie);
    expect((await started()).issues).toEqual([{ path: 'checkpointId', message }]);
    expect((await retried()).issues).toEqual([{ path: 'id', message }]);
    await api.db.trainingRun.update({ where: { id: run.id }, data: { state: 'cancelled' } });
    expect((await retried()).evaluation.state).toBe('queued');
    expect((await started()).evaluation.state).toBe('queued');
  });
});

describe('an evaluation', () => {
  it('that waits is cancelled at once with its job, made anew in its own place, and deleted only when it has ended', async () => {
    const { evaluation } = await ask(start, { checkpointId: checkpointId(), sets: ['residual.thresholdQuantile=0.9'] });
    const { id } = evaluation;
    for (const mutation of [cancel, retry, remove]) expect((await ask(mutation, { id }, cookies.viewer)).__typename).toBe('NotAllowed');
    expect((await ask(remove, { id })).issues[0].message).toMatch(/cancel it first/);
    expect((await ask(retry, { id })).__typename).toBe('InvalidInput');
    expect((await ask(cancel, { id })).evaluation).toEqual({ state: 'cancelled', cancelRequested: true });
    const [job] = await api.db.$queryRaw<{ state: string }[]>`select state::text from pgboss.job where id = ${id.slice(4)}::uuid`;
    expect(job?.state).toBe('cancelled');
    expect((await ask(cancel, { id })).issues[0].message).toBe('The evaluation has ended already.');
    const again = (await ask(retry, { id })).evaluation;
    expect(again).toMatchObject({ state: 'queued', protocolHash: evaluation.protocolHash });
    expect(await api.db.evaluation.findUnique({ where: { id: id.slice(4) } })).toBeNull();
    await api.db.evaluation.update({ where: { id: again.id.slice(4) }, data: { state: 'preparing', attempt: 1 } });
    expect((await ask(cancel, { id: again.id })).evaluation).toEqual({ state: 'preparing', cancelRequested: true });
    await api.db.evaluation.update({ where: { id: again.id.slice(4) }, data: { state: 'failed' } });
    expect(await ask(remove, { id: again.id })).toEqual({ __typename: 'DeleteEvaluationSuccess', id: again.id });
    expect(await api.db.evaluation.findUnique({ where: { id: again.id.slice(4) } })).toBeNull();
  });

  it('leaves a note of its pictures when it is deleted, so that they go where nothing else shows them', async () => {
    const { evaluation, reconstructions, engineer } = await scenarios.evaluatedRun(api.db);
    const { cookie } = await api.signedIn(engineer);
    expect((await ask(remove, { id: `evl_${evaluation.id}` }, cookie)).__typename).toBe('DeleteEvaluationSuccess');
    const pictures = reconstructions.flatMap(({ inputSha256, reconstructionSha256 }) => [inputSha256, reconstructionSha256]);
    expect(await api.db.discardedFile.count({ where: { address: { in: pictures } } })).toBe(pictures.length);
  });

  it('that a run brought about stays its own when it is made anew', async () => {
    const { checkpointId, datasetVersionId } = own.evaluation;
    const { id } = await api.db.evaluation.create({
      data: { checkpointId, datasetVersionId, protocol: { split: 'test', imageScore: 'own' } },
    });
    expect((await ask(cancel, { id: `evl_${id}` })).evaluation.state).toBe('cancelled');
    const again = (await ask(retry, { id: `evl_${id}` })).evaluation;
    expect(await api.db.evaluation.findUnique({ where: { id: again.id.slice(4) } })).toMatchObject({ state: 'queued', createdById: null });
  });

  it('tells labels and names as they were when it measured, whatever has become of them', async () => {
    const { evaluation, reconstructions, images, dataset, engineer } = await scenarios.evaluatedRun(api.db);
    const { cookie } = await api.signedIn(engineer);
    const query = `query ($id: ID!, $label: String) { evaluation(id: $id) { reconstructions(first: 100, sort: name, label: $label) {
      totalCount edges { node { id label name } } } } }`;
    const read = async (label: string | null) =>
      (await api.run(cookie, query, { id: `evl_${evaluation.id}`, label })).data.evaluation.reconstructions;
    const [before, good] = [await read(null), await read('good')];
    expect(before.totalCount).toBe(reconstructions.length);
    const label = images.find(({ split, label: own }) => split === 'test' && own !== 'good')!.label;
    const defects = await read(label);
    expect(defects.totalCount).toBeGreaterThan(0);
    await api.db.$executeRaw`update "Image" set "label" = 'renamed', "name" = "id"::text where "datasetId" = ${dataset.id}::uuid`;
    expect([await read(null), await read('good'), await read(label)]).toEqual([before, good, defects]);
    expect((await read('renamed')).totalCount).toBe(0);
  });

  it('of another team reads as none in every mutation', async () => {
    for (const mutation of [cancel, retry, remove]) {
      const stranger = await ask(mutation, { id: `evl_${foreign.evaluation.id}` });
      expect(stranger.__typename).toBe('NotFound');
      expect(stranger).toEqual(await ask(mutation, { id: 'evl_00000000-0000-7000-8000-000000000000' }));
    }
    expect(await api.db.evaluation.count({ where: { id: foreign.evaluation.id } })).toBe(1);
  });
});

describe('the list of evaluations', () => {
  const list = `query ($id: ID!, $first: Int, $after: String, $sort: EvaluationSort, $measure: Measure, $variantId: ID, $datasetId: ID, $protocolHash: String) {
    project(id: $id) { protocols { hash evaluationCount }
      evaluations(first: $first, after: $after, sort: $sort, measure: $measure, variantId: $variantId, datasetId: $datasetId, protocolHash: $protocolHash) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { id protocolHash } } } } }`;
  let listed: EvaluatedRun;
  let cookie: string;
  const ids: string[] = [];

  beforeAll(async () => {
    const measures = (rocAuc: number, aupro30: number) => ({ measures: { ssim: { image: { rocAuc }, pixel: { aupro30 } } } });
    listed = await scenarios.evaluatedRun(api.db, {}, { metrics: measures(0.9, 0.2) });
    ids.push(listed.evaluation.id);
    // 0.85 twice, so that the order of equal numbers must hold across pages; one has no number.
    for (const [i, metrics] of [measures(0.85, 0.6), measures(0.95, 0.4), {}, measures(0.85, 0.5)].entries()) {
      const made = await api.db.evaluation.create({
        data: {
          checkpointId: listed.checkpoint.id,
          datasetVersionId: listed.version.id,
          protocol: { split: 'test', imageScore: `${i}` },
          metrics,
        },
      });
      ids.push(made.id);
    }
    cookie = (await api.signedIn(listed.viewer)).cookie;
  });

  const read = async (variables: object) => {
    const { data, errors } = await api.run(cookie, list, { id: `prj_${listed.project.id}`, ...variables });
    expect(errors).toBeUndefined();
    return data.project;
  };
  const order = (edges: { node: { id: string } }[]) => edges.map(({ node }) => ids.indexOf(node.id.slice(4)));
  const allPages = async (variables: object) => {
    const found: number[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { evaluations } = await read({ first: 2, after, ...variables });
      found.push(...order(evaluations.edges));
      ({ hasNextPage: more, endCursor: after } = evaluations.pageInfo);
    }
    return found;
  };

  it('is sorted by time or metric page by page, each evaluation once, those without a number last', async () => {
    expect(await allPages({})).toEqual([4, 3, 2, 1, 0]);
    expect(await allPages({ sort: 'imageRocAuc' })).toEqual([2, 0, 4, 1, 3]);
    expect(await allPages({ sort: 'aupro30' })).toEqual([1, 4, 2, 0, 3]);
    expect(await allPages({ sort: 'imageRocAuc', measure: 'mse' })).toEqual([4, 3, 2, 1, 0]);
  });

  it('is filtered by dataset, variant and protocol, and counts what the filter leaves', async () => {
    const { protocols } = await read({});
    expect(protocols).toHaveLength(5);
    const { evaluations } = await read({ protocolHash: protocols[0].hash });
    expect(evaluations).toMatchObject({ totalCount: 1, edges: [{ node: { protocolHash: protocols[0].hash } }] });
    expect((await read({ variantId: `var_${listed.variant.id}`, datasetId: `dst_${listed.dataset.id}` })).evaluations.totalCount).toBe(5);
    expect((await read({ variantId: `var_${own.variant.id}` })).evaluations.totalCount).toBe(0);
    expect((await read({ datasetId: `dst_${own.dataset.id}` })).evaluations.totalCount).toBe(0);
  });
});
