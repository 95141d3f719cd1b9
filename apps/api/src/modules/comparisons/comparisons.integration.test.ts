import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  comparedOfStored,
  compareEvaluations,
  renderDifferencesCsv,
  renderLatex,
  renderMarkdown,
  renderPlacesCsv,
  renderTablesCsv,
} from '@plumbline/ml/experiment';
import { scenarios, type TeamWithProject } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startApi, type TestApi } from '../../testing/api.ts';
import { writeStripes } from '../../testing/stripes.ts';
import { startWorker } from '../../testing/worker.ts';

const launcher = fileURLToPath(new URL('../../../../../scripts/plumbline.mjs', import.meta.url));

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
let own: TeamWithProject;
let cookie: string;
let folder: string;
let token: string;
let experimentId: string;

/** `plumbline` as a person would run it; what it printed. @throws with what it said where it fails */
async function plumbline(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      PLUMBLINE_SERVER: api.url,
      PLUMBLINE_TOKEN: token,
      PLUMBLINE_STATE: join(folder, 'state'),
      PLUMBLINE_THREADS: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((closed) => child.once('close', closed));
  if (code !== 0) throw new Error(`plumbline ${args.join(' ')} ended with ${String(code)}: ${stderr}`);
  return stdout;
}

const compared = `evaluations { id datasetName versionNumber variantName recipeHash seed metrics curves images scores losses orientations recipe }
  images { names labels ids }`;

interface Set {
  readonly evaluations: readonly {
    readonly id: string;
    readonly variantName: string;
    readonly seed: number;
    readonly metrics: unknown;
    readonly images: number;
    readonly scores: { readonly ssim: number[]; readonly mse: number[] };
    readonly losses: { readonly epochs: number[]; readonly train: number[]; readonly validation: number[] };
    readonly orientations: number[];
  }[];
  readonly images: readonly { readonly names: string[]; readonly labels: string[]; readonly ids: string[] }[];
}

const select = async (selection: object, as = cookie): Promise<Set> => {
  const query = `query ($input: ComparedSelection!) { comparedEvaluations(input: $input) { ${compared} } }`;
  const { data, errors } = await api.run(as, query, { input: { projectId: `prj_${own.project.id}`, ...selection } });
  expect(errors).toBeUndefined();
  return data.comparedEvaluations as Set;
};

const tiny = ['data.trainPatches=16', 'training.epochs=1'];
const variants = [
  { name: 'eight', recipe: { base: 'sample/ae', sets: [...tiny, 'model.latent=8'] } },
  { name: 'turned', recipe: { base: 'sample/ae', sets: [...tiny, 'model.latent=8', 'regime.kind=sampler-only'] } },
];

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.teamWithProject(api.db, { project: 'Line 4' });
  token = (await api.tokenOf(own.engineer, own.team, { scopes: ['read', 'write'] })).secret;
  cookie = (await api.signedIn(own.engineer)).cookie;
  folder = await mkdtemp(join(tmpdir(), 'plumbline-comparisons-'));
  await writeStripes(join(folder, 'stripes'));
  worker = await startWorker(api);
  const { dataset } = JSON.parse(await plumbline('import', 'stripes', '--dataset', 'stripes', '--json')) as { dataset: { id: string } };
  const create = `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { __typename
    ... on CreateExperimentSuccess { experiment { id } } ... on Problem { message } } }`;
  const input = {
    ...{ projectId: `prj_${own.project.id}`, datasetIds: [dataset.id], seeds: [1, 2] },
    ...{ variants, name: 'Two', clientKey: 'two variants' },
  };
  const { data, errors } = await api.run(cookie, create, { input });
  expect([errors, data?.createExperiment.__typename, data?.createExperiment.message]).toEqual([
    undefined,
    'CreateExperimentSuccess',
    undefined,
  ]);
  experimentId = data.createExperiment.experiment.id;
  await eventually('four evaluations', 240_000, async () => (await api.db.evaluation.count({ where: { state: 'succeeded' } })) === 4);
}, 300_000);
afterAll(async () => {
  await worker?.stop();
  await api?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the evaluations of an experiment', () => {
  it('give the tables of plumbline compare over their downloaded folders, to the last byte', async () => {
    const set = await select({ experimentIds: [experimentId] });
    expect(set.evaluations.map(({ variantName, seed }) => `${variantName} ${seed}`).sort()).toEqual(
      variants.flatMap(({ name }) => [`${name} 1`, `${name} 2`]).sort(),
    );
    for (const { id } of set.evaluations) await plumbline('download', id, '--out', id);
    const folders = set.evaluations.map(({ id }) => id);
    await plumbline('compare', ...folders, '--out', 'tables');
    await plumbline('compare', ...folders.toReversed(), '--iou', 'iouPerImageMean', '--resamples', '300', '--out', 'reversed');

    const stored = (ids: readonly string[]) =>
      ids.map((id) => {
        const { metrics, images, scores } = set.evaluations.find((one) => one.id === id)!;
        const { names, labels } = set.images[images]!;
        return comparedOfStored({ name: id, metrics, images: names, labels, scores });
      });
    const read = (path: string) => readFile(join(folder, path), 'utf8');
    for (const [out, comparison] of [
      ['tables', compareEvaluations(stored(folders))],
      ['reversed', compareEvaluations(stored(folders.toReversed()), { iou: 'iouPerImageMean', resamples: 300 })],
    ] as const) {
      expect(comparison.imageRoc.length).toBeGreaterThan(0);
      expect(comparison.columns.map(({ title }) => title).sort()).toEqual(variants.map(({ name }) => name).sort());
      expect(renderMarkdown(comparison)).toBe(await read(`${out}/tables.md`));
      expect(renderLatex(comparison)).toBe(await read(`${out}/tables.tex`));
      expect(renderTablesCsv(comparison)).toBe(await read(`${out}/tables.csv`));
      expect(renderPlacesCsv(comparison)).toBe(await read(`${out}/places.csv`));
      expect(renderDifferencesCsv(comparison)).toBe(await read(`${out}/differences.csv`));
      expect(`${JSON.stringify(comparison, null, 2)}\n`).toBe(await read(`${out}/statistics.json`));
    }
  });

  it('come with losses of every epoch, scores of every image once, and the angles of those that turn', async () => {
    const set = await select({ experimentIds: [experimentId] });
    expect(set.images).toHaveLength(1);
    expect(set.images[0]).toMatchObject({
      names: ['test/good/6', 'test/good/7', 'test/spot/8', 'test/spot/9'],
      labels: ['good', 'good', 'spot', 'spot'],
    });
    for (const { losses, scores, variantName, orientations } of set.evaluations) {
      expect(losses.epochs).toEqual([1]);
      expect([...losses.train, ...losses.validation].every((value) => value > 0)).toBe(true);
      expect([scores.ssim.length, scores.mse.length]).toEqual([4, 4]);
      expect(orientations).toHaveLength(variantName === 'turned' ? 36 : 0);
    }
    const patches = (await api.db.reconstruction.findMany()).flatMap((row) => row.orientations);
    const counted = set.evaluations.flatMap(({ orientations }) => orientations);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(patches.length);
    // Whole turns are stored, orientations are counted: what is upside down falls into the same bin.
    expect(patches.some((angle) => angle >= 180)).toBe(true);
    const bins = Array.from({ length: 36 }, (_, bin) => patches.filter((angle) => Math.floor((angle % 180) / 5) === bin).length);
    const turned = set.evaluations.filter(({ orientations }) => orientations.length > 0);
    expect(bins).toEqual(bins.map((_, bin) => turned.reduce((sum, { orientations }) => sum + orientations[bin]!, 0)));
    expect(patches.length).toBeGreaterThan(0);
  });

  it('are found by variant × dataset and by hand, in order; others are refused in words', async () => {
    const list = '{ project(id: "ID") { comparableEvaluations { id variantId variantName datasetId experimentId } } }';
    const { data } = await api.run(cookie, list.replace('ID', `prj_${own.project.id}`));
    const comparable = data.project.comparableEvaluations as {
      id: string;
      variantId: string;
      variantName: string;
      datasetId: string;
      experimentId: string;
    }[];
    expect(comparable.map(({ experimentId: of }) => of)).toEqual(Array.from({ length: 4 }, () => experimentId));
    const { variantId, datasetId } = comparable.find(({ variantName }) => variantName === 'turned')!;
    const found = await select({ variantIds: [variantId], datasetIds: [datasetId] });
    expect(found.evaluations.map(({ seed, variantName }) => [seed, variantName])).toEqual([
      [1, 'turned'],
      [2, 'turned'],
    ]);
    const byHand = [comparable[3]!.id, comparable[0]!.id];
    expect((await select({ evaluationIds: byHand })).evaluations.map(({ id }) => id)).toEqual(byHand);

    const query = 'query ($input: ComparedSelection!) { comparedEvaluations(input: $input) { evaluations { id } } }';
    const refused = async (selection: object) =>
      (await api.run(cookie, query, { input: { projectId: `prj_${own.project.id}`, ...selection } })).errors?.[0]?.message;
    expect(await refused({})).toMatch(/^Nothing is chosen/);
    expect(await refused({ evaluationIds: [`evl_${own.project.id}`] })).toMatch(/^There is no such evaluation/);
    expect(
      await refused({ evaluationIds: Array.from({ length: 101 }, (_, i) => `evl_0190f3a0-0000-7000-8000-${String(i).padStart(12, '0')}`) }),
    ).toMatch(/^101 evaluations are too many/);
  });
});

describe('a saved comparison', () => {
  const problems = '... on Problem { message }';
  const ask = async (query: string, variables: object, as = cookie) => {
    const { data, errors } = await api.run(as, query, variables);
    expect(errors).toBeUndefined();
    return data.answer;
  };
  const save = `mutation ($input: SaveComparisonInput!) { answer: saveComparison(input: $input) { __typename
    ... on SaveComparisonSuccess { comparison { id name evaluationIds view createdBy { name } } } ${problems} } }`;
  const change = `mutation ($input: ChangeComparisonInput!) { answer: changeComparison(input: $input) { __typename
    ... on SaveComparisonSuccess { comparison { id name evaluationIds view } } ${problems} } }`;
  const share = `mutation ($input: CreateShareLinkInput!) { answer: createShareLink(input: $input) { __typename
    ... on CreateShareLinkSuccess { secret shareLink { id expiresAt } } ${problems} } }`;
  const revoke = `mutation ($id: ID!) { answer: revokeShareLink(id: $id) { __typename ${problems} } }`;
  const shared = `query ($secret: String!) { answer: sharedComparison(secret: $secret) { name view compared { ${compared} } } }`;
  const one = (name: string) => `mutation ($id: ID!) { answer: ${name}(id: $id) { __typename ${problems} } }`;

  it('keeps order and view, is renamed, deleted and restored, and refuses what is not finished', async () => {
    const ids = (await select({ experimentIds: [experimentId] })).evaluations.map(({ id }) => id).reverse();
    const made = await ask(save, {
      input: { projectId: `prj_${own.project.id}`, name: ' Mine ', evaluationIds: ids, view: { tab: 'ranks' } },
    });
    expect(made.comparison).toMatchObject({
      name: 'Mine',
      evaluationIds: ids,
      view: { tab: 'ranks' },
      createdBy: { name: own.engineer.name },
    });
    const { id } = made.comparison;
    const changed = await ask(change, { input: { id, name: 'Ours', evaluationIds: ids.slice(0, 2) } });
    expect(changed.comparison).toMatchObject({ name: 'Ours', evaluationIds: ids.slice(0, 2), view: { tab: 'ranks' } });
    const none = await ask(save, { input: { projectId: `prj_${own.project.id}`, name: 'x', evaluationIds: [] } });
    expect(none.message).toMatch(/^Nothing is chosen/);
    expect((await ask(change, { input: { id, view: { tab: 5 } } })).__typename).toBe('InvalidInput');

    const list = 'query ($id: ID!) { answer: project(id: $id) { comparisons { totalCount edges { node { name } } } } }';
    const count = async () => (await ask(list, { id: `prj_${own.project.id}` })).comparisons.totalCount as number;
    expect(await count()).toBe(1);
    expect((await ask(one('deleteComparison'), { id })).__typename).toBe('DeleteComparisonSuccess');
    expect(await count()).toBe(0);
    expect(await ask('query ($id: ID!) { answer: comparison(id: $id) { name } }', { id })).toBeNull();
    expect((await ask(one('restoreComparison'), { id })).__typename).toBe('SaveComparisonSuccess');
    expect(await count()).toBe(1);
  });

  it('is shown by a link to anybody, alone, until the link is revoked, has expired, or the comparison goes', async () => {
    const whole = await select({ experimentIds: [experimentId] });
    const ids = whole.evaluations.map(({ id }) => id).slice(0, 2);
    const made = await ask(save, { input: { projectId: `prj_${own.project.id}`, name: 'Shared', evaluationIds: ids } });
    const comparisonId = made.comparison.id as string;
    const { secret, shareLink } = await ask(share, { input: { comparisonId } });
    expect(Date.parse(shareLink.expiresAt) - Date.now()).toBeGreaterThan(29.9 * 24 * 3600_000);
    const look = async (of: string = secret) => (await api.run(null, shared, { secret: of })).data.answer;
    const seen = await look();
    expect(seen).toMatchObject({ name: 'Shared', view: {} });
    expect(seen.compared.evaluations).toEqual(whole.evaluations.slice(0, 2));
    expect(seen.compared.images[0]).toEqual({ ...whole.images[0], ids: [] });
    expect(await look(`${secret}x`)).toBeNull();
    // The secret opens this one question and nothing else.
    const other = await fetch(`${api.url}/files/evaluations/${ids[0]}/metrics.json`, { headers: { authorization: `Bearer ${secret}` } });
    expect(other.status).toBe(401);
    expect((await api.db.shareLink.findUniqueOrThrow({ where: { id: shareLink.id.slice(4) } })).lastUsedAt).not.toBeNull();

    expect((await ask(one('deleteComparison'), { id: comparisonId })).__typename).toBe('DeleteComparisonSuccess');
    expect(await look()).toBeNull();
    await ask(one('restoreComparison'), { id: comparisonId });
    expect(await look()).not.toBeNull();
    expect((await ask(revoke, { id: shareLink.id })).__typename).toBe('RevokeShareLinkSuccess');
    expect(await look()).toBeNull();
    const second = await ask(share, { input: { comparisonId, days: 1 } });
    expect(await look(second.secret)).not.toBeNull();
    await api.db.shareLink.update({ where: { id: second.shareLink.id.slice(4) }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await look(second.secret)).toBeNull();
    expect((await ask(share, { input: { comparisonId, days: 0 } })).message).toMatch(/less than a day/);

    const events = await api.db.auditEvent.findMany({ where: { action: { startsWith: 'shareLink.' } }, orderBy: { id: 'asc' } });
    expect(events.map(({ action, subject, detail }) => [action, subject, detail])).toEqual([
      ['shareLink.create', 'Shared', 'for 30 days'],
      ['shareLink.revoke', 'Shared', null],
      ['shareLink.create', 'Shared', 'for 1 day'],
    ]);
    expect(JSON.stringify(events)).not.toContain(secret);
  });

  it('may be read by links only so often', async () => {
    const ids = (await select({ experimentIds: [experimentId] })).evaluations.map(({ id }) => id).slice(0, 1);
    const made = await ask(save, { input: { projectId: `prj_${own.project.id}`, name: 'Hammered', evaluationIds: ids } });
    const { secret } = await ask(share, { input: { comparisonId: made.comparison.id } });
    const query = 'query ($secret: String!) { sharedComparison(secret: $secret) { name compared { evaluations { id } } } }';
    const answers = [];
    for (let i = 0; i < 61; i++) answers.push((await api.run(null, query, { secret })).errors?.[0]?.extensions.code ?? 'read');
    expect(answers.filter((answer) => answer === 'read')).toHaveLength(60);
    expect(answers.at(-1)).toBe('TOO_MANY_REQUESTS');
  });
});
