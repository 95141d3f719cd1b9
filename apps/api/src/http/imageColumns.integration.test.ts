import { createDatasetVersion } from '@plumbline/prisma';
import { createImage, scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../testing/api.ts';
import { statementsOf } from '../testing/statements.ts';

let api: TestApi;
let own: EvaluatedRun;
let cookie: string;
let address: string;

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.evaluatedRun(api.db);
  cookie = (await api.signedIn(own.viewer)).cookie;
  address = `/files/evaluations/evl_${own.evaluation.id}/images.json`;
  // A score that has no short decimal form, and an image without a map of one measure.
  const [first, second] = own.reconstructions;
  await api.db.residualMap.updateMany({ where: { reconstructionId: first!.id, measure: 'ssim' }, data: { score: 0.1 + 0.2 } });
  await api.db.residualMap.deleteMany({ where: { reconstructionId: second!.id, measure: 'mse' } });
});
afterAll(() => api.stop());

interface Columns {
  readonly imageId: string[];
  readonly name: string[];
  readonly mask: (string | null)[];
  readonly measures: Record<'ssim' | 'mse', Record<string, (number | null)[]>>;
}
const columnsOf = async (answer: Response) => (await answer.json()) as Columns;
const get = (path = address, headers: Record<string, string> = {}) => fetch(`${api.url}${path}`, { headers: { cookie, ...headers } });

describe('the images of an evaluation, a list for each value', () => {
  it('are what GraphQL tells of each of them, to the last digit', async () => {
    const query = `query ($id: ID!) { evaluation(id: $id) { imagesUrl datasetVersion { id } reconstructions(first: 100) { edges { node { id name label maskUrl networkWidth
      networkHeight image { id width height split } residualMaps { measure score minimum maximum mean p99 } } } } } }`;
    const { data } = await api.run(cookie, query, { id: `evl_${own.evaluation.id}` });
    expect(data.evaluation.imagesUrl).toBe(address);
    const columns = (await (await get()).json()) as Record<string, unknown[]> & {
      datasetVersionId: string;
      measures: Record<string, Record<string, (number | null)[]>>;
    };
    const told = new Map(columns.imageId!.map((id, at) => [id, at]));
    const listed = data.evaluation.reconstructions.edges.map(({ node }: { node: object }) => node);
    // The scores sort leaves out what has no score; nothing here does by ssim.
    expect(listed).toHaveLength(own.reconstructions.length);
    expect(told.size).toBe(listed.length);
    expect(columns.datasetVersionId).toBe(data.evaluation.datasetVersion.id);
    for (const node of listed) {
      const at = told.get(node.image.id)!;
      const of = (name: string) => columns[name]?.[at];
      const { inputSha256 } = own.reconstructions.find(({ id }) => node.id === `rec_${id}`)!;
      expect(of('input')).toBe(inputSha256.slice(0, 16));
      expect([of('reconstructionId'), of('name'), of('label'), of('split'), of('width'), of('height')]).toEqual([
        ...[node.id, node.name, node.label, node.image.split, node.image.width, node.image.height],
      ]);
      expect([of('networkWidth'), of('networkHeight')]).toEqual([node.networkWidth, node.networkHeight]);
      const mask = of('mask') as string | null;
      expect(mask && `/files/versions/${columns.datasetVersionId}/${node.image.id}/mask?v=${mask}`).toBe(node.maskUrl);
      for (const measure of ['ssim', 'mse']) {
        const map = node.residualMaps.find((one: { measure: string }) => one.measure === measure);
        for (const name of ['score', 'minimum', 'maximum', 'mean', 'p99'])
          expect(columns.measures[measure]![name]![at], `${measure} ${name}`).toBe(map?.[name] ?? null);
      }
    }
    expect(columns.measures.ssim!.score).toContain(0.1 + 0.2);
    expect(columns.measures.mse!.score).toContain(null);
  });

  it('come compressed to who reads it, take at most five SQL statements, and are not sent to who has them', async () => {
    let answer: Response | undefined;
    const statements = await statementsOf(async () => (answer = await get()));
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(5);
    expect(answer?.headers.get('content-encoding')).toBe('gzip');
    const plain = await get(address, { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(await answer?.text());
    const known = await get(address, { 'if-none-match': answer?.headers.get('etag') ?? '' });
    expect([known.status, await known.text()]).toEqual([304, '']);
  });

  it('are refused while there are none, and to who may not see the evaluation', async () => {
    const { checkpointId, datasetVersionId } = own.evaluation;
    const { id } = await api.db.evaluation.create({ data: { checkpointId, datasetVersionId, protocol: { split: 'test', other: 1 } } });
    const waiting = await get(`/files/evaluations/evl_${id}/images.json`);
    expect([waiting.status, ((await waiting.json()) as { errors: { message: string }[] }).errors[0]!.message]).toEqual([
      409,
      expect.stringMatching(/no results yet \(queued\)/),
    ]);
    const stranger = (await scenarios.evaluatedRun(api.db)).viewer;
    const foreign = await fetch(`${api.url}${address}`, { headers: { cookie: (await api.signedIn(stranger)).cookie } });
    expect(foreign.status).toBe(404);
  });

  it('keep names that must be quoted', async () => {
    const name = 'a "b"\\ü\n.png';
    const image = await createImage(api.db, own.dataset, { split: 'test', name });
    const version = await createDatasetVersion(api.db, own.dataset.id);
    const { id } = await api.db.evaluation.create({
      data: { checkpointId: own.checkpoint.id, datasetVersionId: version.id, protocol: { split: 'test' } },
    });
    const { inputSha256, reconstructionSha256, networkWidth, networkHeight } = own.reconstructions[0]!;
    await api.db.reconstruction.create({
      data: { evaluationId: id, imageId: image.id, inputSha256, reconstructionSha256, networkWidth, networkHeight },
    });
    for (const state of ['preparing', 'running', 'succeeded'] as const) await api.db.evaluation.update({ where: { id }, data: { state } });
    const columns = await columnsOf(await get(`/files/evaluations/evl_${id}/images.json`));
    expect([columns.name, columns.mask, columns.measures.ssim.score]).toEqual([[name], [null], [null]]);
  });

  it('are an empty list each where nothing was measured', async () => {
    const { checkpointId, datasetVersionId } = own.evaluation;
    const { id } = await api.db.evaluation.create({ data: { checkpointId, datasetVersionId, protocol: { split: 'train' } } });
    for (const state of ['preparing', 'running', 'succeeded'] as const) await api.db.evaluation.update({ where: { id }, data: { state } });
    const columns = await columnsOf(await get(`/files/evaluations/evl_${id}/images.json`));
    expect([columns.imageId, columns.mask, columns.measures.mse.p99]).toEqual([[], [], []]);
  });
});

it('several evaluations of a project are asked for by their ids, and foreign ones are passed over', async () => {
  const foreign = await scenarios.evaluatedRun(api.db);
  const ids = [own.evaluation, foreign.evaluation].map(({ id }) => `evl_${id}`);
  const query = 'query ($id: ID!, $ids: [ID!]) { project(id: $id) { evaluations(ids: $ids) { totalCount edges { node { id } } } } }';
  const { data, errors } = await api.run(cookie, query, { id: `prj_${own.project.id}`, ids: [...ids, 'evl_x', `run_${own.run.id}`] });
  expect(errors).toBeUndefined();
  expect(data.project.evaluations).toEqual({ totalCount: 1, edges: [{ node: { id: ids[0] } }] });
});
