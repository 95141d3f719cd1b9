import { createImage, scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './testing/api.ts';
import { statementsOf } from './testing/statements.ts';

let api: TestApi;
let own: EvaluatedRun;
let cookie: string;
let workerId: string;
let comparisonId: string;

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.evaluatedRun(api.db);
  // Three datasets and several runs, so that a statement for each would show.
  for (let i = 0; i < 2; i++) await scenarios.datasetWithImages(api.db, own.project);
  workerId = (await api.db.worker.create({ data: { name: 'worker 1', pid: 1 } })).id;
  for (let seed = 2; seed < 8; seed++) {
    const { projectId, variantId, recipeId, datasetVersionId } = own.run;
    const run = await api.db.trainingRun.create({
      data: { projectId, variantId, recipeId, datasetVersionId, seed, epochs: 3, createdById: own.engineer.id },
    });
    await api.db.trainingRun.update({ where: { id: run.id }, data: { state: 'preparing', workerId } });
    await api.db.runPoint.createMany({ data: [1, 2].map((step) => ({ runId: run.id, series: 'step', step, epoch: 1, value: seed })) });
    const checkpoint = await api.db.checkpoint.create({ data: { runId: run.id, kind: 'best', epoch: 1, files: [], manifest: {} } });
    await api.db.evaluation.create({ data: { checkpointId: checkpoint.id, datasetVersionId, protocol: { split: 'test' } } });
  }
  for (let i = 0; i < 3; i++)
    await api.db.datasetImport.create({
      data: {
        datasetId: own.dataset.id,
        source: `${i}.zip`,
        files: [],
        verdicts: { create: [1, 2, 3].map((n) => ({ path: `${n}.png`, verdict: 'accepted' })) },
      },
    });
  const evaluations = await api.db.evaluation.findMany({ select: { id: true } });
  const placed = evaluations.map(({ id: evaluationId }, position) => ({ evaluationId, position }));
  comparisonId = (await api.db.comparison.create({ data: { projectId: own.project.id, name: 'All', evaluations: { create: placed } } })).id;
  for (let i = 0; i < 3; i++) {
    const of = {
      projectId: own.project.id,
      evaluationId: own.evaluation.id,
      reconstructionId: own.reconstructions[i % own.reconstructions.length]!.id,
    };
    const { id: parentId } = await api.db.comment.create({
      data: { ...of, body: 'Here.', authorId: own.engineer.id, mentions: { create: { userId: own.viewer.id } } },
    });
    await api.db.comment.create({ data: { ...of, parentId, body: 'There.', authorId: own.admin.id } });
  }
  cookie = (await api.signedIn(own.viewer)).cookie;
});
afterAll(() => api.stop());

const compared = `evaluations { id datasetName variantName recipe metrics curves protocol scores losses orientations images }
  images { names labels ids }`;
const id = (prefix: string, row: { id: string }) => `${prefix}_${row.id}`;

/** The lists of the screens, and everything they show of each item. */
const operations: Record<string, () => [string, object]> = {
  teams: () => [
    '{ me { teams { role team { id name projects { id name sample viewerRole activeEvaluations } } } sessions { id current } } }',
    {},
  ],
  datasets: () => [
    `query ($id: ID!) { project(id: $id) { name team { name } datasets { id name imageCount goodCount defectiveCount maskCount counts { split label count }
      sizes { width height count } versions { id number } images(first: 6) { edges { node { id thumbnailUrl } } } project { id } } } }`,
    { id: id('prj', own.project) },
  ],
  dataset: () => [
    `query ($id: ID!) { dataset(id: $id) { name imageCount counts { count } sizes { count } leak { sentence } versions { number dataset { name } }
      project { id } imports(first: 5) { id state source } } }`,
    { id: id('dst', own.dataset) },
  ],
  images: () => [
    'query ($id: ID!) { dataset(id: $id) { images(first: 100) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { name split label url thumbnailUrl maskUrl hasMask } } } } }',
    { id: id('dst', own.dataset) },
  ],
  imports: () => ['query ($id: ID!) { dataset(id: $id) { imports { id state total } } }', { id: id('dst', own.dataset) }],
  runs: () => [
    `query ($id: ID!) { project(id: $id) { trainingRuns(first: 50) { totalCount pageInfo { hasNextPage } edges { node { id state progress seed createdBy { name }
      variant { name recipe { name } } recipe { hash } datasetVersion { number dataset { id name } } worker { name } checkpoints { kind } previews { url } curve { step value } } } } } }`,
    { id: id('prj', own.project) },
  ],
  orderedRuns: () => [
    `query ($id: ID!) { project(id: $id) { runViews(first: 50) { edges { node { name query shared own madeBy } } }
      trainingRuns(first: 50, kind: reconstruction, text: "a", sort: validationLoss, ascending: true) { totalCount edges { node { id kind experiment { name } createdBy { name }
      worker { name } variant { name } recipe { name } datasetVersion { number dataset { name } } } } } } }`,
    { id: id('prj', own.project) },
  ],
  evaluations: () => [
    `query ($id: ID!) { project(id: $id) { trainingRuns(first: 50) { totalCount edges { node { seed variant { name } evaluations { id state metrics
      checkpoint { kind } run { seed } datasetVersion { number dataset { name } } } } } } } }`,
    { id: id('prj', own.project) },
  ],
  evaluationList: () => [
    `query ($id: ID!) { project(id: $id) { protocols { hash protocol evaluationCount } evaluations(first: 50, sort: imageRocAuc) { totalCount edges { node { id state metrics protocolHash
      createdBy { name } checkpoint { kind } run { seed variant { name } } datasetVersion { number dataset { name } } } } } } }`,
    { id: id('prj', own.project) },
  ],
  evaluationsTogether: () => [
    `query ($id: ID!, $ids: [ID!]!) { project(id: $id) { evaluations(first: 8, ids: $ids) { edges { node { id state imagesUrl protocol thresholds metrics checkpoint { kind }
      run { seed variant { name } recipe { document } } datasetVersion { number dataset { name } } } } } } }`,
    { id: id('prj', own.project), ids: [id('evl', own.evaluation)] },
  ],
  reconstructions: () => [
    `query ($id: ID!) { evaluation(id: $id) { reconstructions(first: 200, sort: scoreDescending, measure: ssim) { totalCount edges { node { id inputUrl reconstructionUrl maskUrl label name
      image { id name label width height } residualMaps { measure score p99 tiffUrl } } } } } }`,
    { id: id('evl', own.evaluation) },
  ],
  variants: () => [
    'query ($id: ID!) { project(id: $id) { variants { name recipe { name hash document } } } }',
    { id: id('prj', own.project) },
  ],
  variantPage: () => [
    'query ($id: ID!) { project(id: $id) { variantPage(first: 50) { totalCount edges { node { name createdAt archivedAt runCount recipe { name hash document } } } } } }',
    { id: id('prj', own.project) },
  ],
  versions: () => [
    'query ($id: ID!) { dataset(id: $id) { name versionPage(first: 50) { totalCount edges { node { number imageCount maskCount runCount counts { split label count } } } } } }',
    { id: id('dst', own.dataset) },
  ],
  difference: () => [
    `query ($id: ID!, $from: ID!) { dataset(id: $id) { difference(from: $from) { from { number } to { number } counts { added removed moved relabelled masked unchanged }
      changes(first: 100) { edges { node { kinds thumbnailUrl before { split label maskUrl } after { split label maskUrl } } } } } } }`,
    { id: id('dst', own.dataset), from: id('dsv', own.version) },
  ],
  activity: () => [
    'query ($id: ID!) { project(id: $id) { activity(first: 50) { at kind sentence link } } }',
    { id: id('prj', own.project) },
  ],
  workers: () => [
    `{ queueLanes { name waiting later active } workers { name alive machine drainingSince running { id variant { name } datasetVersion { dataset { name } } }
      evaluating { id done total run { variant { name } } } } }`,
    {},
  ],
  notifications: () => [
    '{ unreadNotificationCount notifications(first: 50) { totalCount edges { node { kind sentence link createdAt read } } } }',
    {},
  ],
  comparisons: () => [
    'query ($id: ID!) { project(id: $id) { comparisons(first: 50) { totalCount edges { node { id name evaluationIds updatedAt createdBy { name } } } } } }',
    { id: id('prj', own.project) },
  ],
  comparable: () => [
    'query ($id: ID!) { project(id: $id) { comparableEvaluations { id variantName datasetName seed experimentId } } }',
    { id: id('prj', own.project) },
  ],
  comparison: () => [`query ($id: ID!) { comparison(id: $id) { name compared { ${compared} } } }`, { id: `cmp_${comparisonId}` }],
  comparedEvaluations: () => [
    `query ($input: ComparedSelection!) { comparedEvaluations(input: $input) { ${compared} } }`,
    { input: { projectId: id('prj', own.project), evaluationIds: [id('evl', own.evaluation)] } },
  ],
  comments: () => [
    `query ($id: ID!) { project(id: $id) { comments(first: 50) { totalCount pageInfo { hasNextPage } edges { node { id body deletable author { name } mentions { name } resolvedBy { name }
      replies { body deletable author { name } mentions { name } } evaluation { run { variant { name } } datasetVersion { dataset { name } } }
      reconstruction { id name label image { thumbnailUrl } } run { seed variant { name } datasetVersion { dataset { name } } } } } } } }`,
    { id: id('prj', own.project) },
  ],
};

describe('every list', () => {
  it.each(Object.keys(operations))('%s takes at most five SQL statements', async (name) => {
    const [query, variables] = operations[name]?.() ?? ['', {}];
    // The session is asked for every few seconds, whatever the operation.
    await api.run(cookie, '{ me { id } }');
    let answer: Awaited<ReturnType<TestApi['run']>> | undefined;
    const statements = await statementsOf(async () => (answer = await api.run(cookie, query, variables)));
    expect(answer?.errors).toBeUndefined();
    for (const found of Object.values(answer?.data as object)) expect(found).not.toBeNull();
    expect(statements.length, statements.join('\n')).toBeGreaterThan(0);
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(5);
  });
});

it('the files of an import, which may be megabytes, are read by nothing that shows it', async () => {
  const { id: importId } = await api.db.datasetImport.findFirstOrThrow({ where: { datasetId: own.dataset.id } });
  const fields =
    'id state source total done accepted refused duplicates ignored reason createdAt finishedAt verdicts(first: 1) { totalCount }';
  for (const [query, variables] of [
    [`query ($id: ID!) { dataset(id: $id) { imports { ${fields} } } }`, { id: id('dst', own.dataset) }],
    [`query ($id: ID!) { node(id: $id) { ... on DatasetImport { ${fields} } } }`, { id: `imp_${importId}` }],
  ] as const) {
    let answer: Awaited<ReturnType<TestApi['run']>> | undefined;
    const statements = await statementsOf(async () => (answer = await api.run(cookie, query, variables)));
    expect(answer?.errors).toBeUndefined();
    expect(JSON.stringify(answer?.data)).toContain('.zip');
    expect(statements.filter((text) => /"files"/.test(text))).toEqual([]);
    expect(statements.length).toBeGreaterThan(0);
  }
});

it('counts the evaluations under way of all projects in one statement', async () => {
  await api.db.project.createMany({ data: ['second', 'third'].map((name) => ({ name, teamId: own.team.id })) });
  let answer: Awaited<ReturnType<TestApi['run']>> | undefined;
  const query = '{ me { teams { team { projects { name activeEvaluations } } } } }';
  const statements = await statementsOf(async () => (answer = await api.run(cookie, query)));
  expect(answer?.errors).toBeUndefined();
  const projects: unknown = answer?.data.me.teams[0].team.projects;
  expect(projects).toHaveLength(3);
  // Six were asked for in the one project, and one ended before.
  expect(projects).toEqual(
    expect.arrayContaining([
      { name: own.project.name, activeEvaluations: 6 },
      { name: 'second', activeEvaluations: 0 },
      { name: 'third', activeEvaluations: 0 },
    ]),
  );
  expect(statements.filter((text) => text.includes('"Evaluation"'))).toHaveLength(1);
});

describe('pages', () => {
  async function walk(field: 'images' | 'reconstructions', parent: [string, string], args: string, node: string): Promise<string[]> {
    const names: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 50; pages++) {
      const { data, errors } = await api.run(
        cookie,
        `query ($id: ID!, $after: String) { ${parent[0]}(id: $id) { ${field}(first: 3, after: $after${args}) { totalCount pageInfo { hasNextPage endCursor } edges { node { ${node} } } } } }`,
        { id: parent[1], after },
      );
      expect(errors).toBeUndefined();
      const page = data[parent[0]][field];
      names.push(...page.edges.map((edge: { node: object }) => JSON.stringify(edge.node)));
      if (!page.pageInfo.hasNextPage) {
        expect(names).toHaveLength(page.totalCount);
        return names;
      }
      after = page.pageInfo.endCursor;
    }
    throw new Error('The pages do not end.');
  }

  it('of images come by split, label and name, each image once, filtered as asked', async () => {
    const { dataset } = await scenarios.datasetWithImages(api.db, own.project, { train: 7, good: 4, scratched: 5 });
    await createImage(api.db, dataset, { split: 'validation', name: 'v.png' });
    const parent: [string, string] = ['dataset', id('dst', dataset)];
    const all = await walk('images', parent, '', 'split label name');
    expect(new Set(all).size).toBe(17);
    const order = { train: 0, validation: 1, test: 2 };
    const keys = all.map((text) => JSON.parse(text) as { split: keyof typeof order; label: string; name: string });
    const sorted = keys.toSorted(
      (a, b) => order[a.split] - order[b.split] || a.label.localeCompare(b.label) || a.name.localeCompare(b.name),
    );
    expect(keys).toEqual(sorted);
    expect(await walk('images', parent, ', split: test, label: "scratch"', 'split label name')).toHaveLength(5);
  });

  it('of images begin at any place, and an image tells its own', async () => {
    const { dataset } = await scenarios.datasetWithImages(api.db, own.project, { train: 7, good: 4, scratched: 5 });
    const removed = await createImage(api.db, dataset, { split: 'train', name: '0.png', deletedAt: new Date() });
    const places = async (args: string, image: string, filter: string) => {
      const query = `query ($id: ID!, $image: ID!) { dataset(id: $id) { images(${args}) { edges { node { id } } } imagePlace(image: $image${filter}) } }`;
      const { data, errors } = await api.run(cookie, query, { id: id('dst', dataset), image });
      expect(errors).toBeUndefined();
      return { ids: data.dataset.images.edges.map((edge: { node: { id: string } }) => edge.node.id), place: data.dataset.imagePlace };
    };
    const { ids } = await places('first: 100', id('img', removed), '');
    expect(ids).toHaveLength(16);
    expect(await places('first: 3, skip: 11', ids[12], '')).toEqual({ ids: ids.slice(11, 14), place: 12 });
    expect(await places(`first: 3, after: "${ids[4]}", skip: 2`, ids[0], ', split: train')).toEqual({ ids: ids.slice(7, 10), place: 0 });
    expect(await places('first: 3, skip: 16', ids[15], ', split: test, label: "scratch"')).toEqual({ ids: [], place: 4 });
    expect((await places('first: 1', ids[0], ', label: "scratch"')).place).toBeNull();
    expect((await places('first: 1', id('img', removed), '')).place).toBeNull();
    const refused = await api.run(cookie, `{ dataset(id: "${id('dst', dataset)}") { images(skip: -1) { totalCount } } }`);
    expect(refused.errors?.[0]?.message).toMatch(/^skip is -1/);
  });

  it('of reconstructions come by score up or down or by name, each once, equal scores too', async () => {
    const parent: [string, string] = ['evaluation', id('evl', own.evaluation)];
    const images = await Promise.all(
      Array.from({ length: 5 }, (_, i) => createImage(api.db, own.dataset, { split: 'test', label: 'dent', name: `dent ${i}.png` })),
    );
    await api.db.datasetVersionImage.createMany({
      data: images.map(({ id: imageId, sha256, name, split, label }) => ({
        versionId: own.version.id,
        imageId,
        sha256,
        name,
        split,
        label,
      })),
    });
    for (const image of images)
      await api.db.reconstruction.create({
        data: {
          evaluationId: own.evaluation.id,
          imageId: image.id,
          inputSha256: image.sha256,
          reconstructionSha256: image.sha256,
          networkWidth: 8,
          networkHeight: 8,
          residualMaps: { create: { measure: 'ssim', score: 0.4, minimum: 0, maximum: 1, mean: 0.1, p99: 0.9 } },
        },
      });
    const scores = (rows: string[]) =>
      rows.map((text) => (JSON.parse(text) as { residualMaps: { score: number }[] }).residualMaps[0]?.score ?? Number.NaN);
    const down = await walk(
      'reconstructions',
      parent,
      ', sort: scoreDescending, measure: ssim, label: "dent"',
      'id residualMaps { score }',
    );
    expect(new Set(down).size).toBe(5);
    const up = await walk('reconstructions', parent, ', sort: scoreAscending, label: "scratch"', 'id residualMaps { score }');
    expect(scores(up)).toEqual(scores(up).toSorted((a, b) => a - b));
    const all = await walk('reconstructions', parent, '', 'id residualMaps { score }');
    expect(scores(all)).toEqual(scores(all).toSorted((a, b) => b - a));
    const names = await walk('reconstructions', parent, ', sort: name', 'image { label name }');
    expect(names).toEqual(names.toSorted());
  });

  it('of runs come newest first, filtered by state and dataset', async () => {
    const query = `query ($id: ID!, $state: [RunState!], $datasetId: ID, $after: String) { project(id: $id) { trainingRuns(first: 4, after: $after, state: $state, datasetId: $datasetId)
      { totalCount pageInfo { endCursor hasNextPage } edges { node { seed } } } } }`;
    const first = await api.run(cookie, query, { id: id('prj', own.project) });
    const page = first.data.project.trainingRuns;
    expect(page).toMatchObject({ totalCount: 7, edges: [7, 6, 5, 4].map((seed) => ({ node: { seed } })) });
    const second = await api.run(cookie, query, { id: id('prj', own.project), after: page.pageInfo.endCursor });
    expect(second.data.project.trainingRuns).toMatchObject({
      pageInfo: { hasNextPage: false },
      edges: [3, 2, 1].map((seed) => ({ node: { seed } })),
    });
    const done = await api.run(cookie, query, { id: id('prj', own.project), state: ['succeeded'], datasetId: id('dst', own.dataset) });
    expect(done.data.project.trainingRuns.totalCount).toBe(1);
    const bad = await api.run(cookie, query.replace('first: 4', 'first: 0'), { id: id('prj', own.project) });
    expect(bad.errors?.[0]).toMatchObject({ message: 'first is 0, but must be at least 1.', extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('of a long curve keep at most 1000 points of the series step, the last one always', async () => {
    await api.db.$executeRaw`insert into "RunPoint" ("runId", "series", "step", "epoch", "value")
      select ${own.run.id}::uuid, 'step', g, g / 100, 1000.0 / g from generate_series(1, 12345) g`;
    const { data } = await api.run(cookie, 'query ($id: ID!) { trainingRun(id: $id) { curve { series step } } }', {
      id: id('run', own.run),
    });
    const steps = data.trainingRun.curve
      .filter((point: { series: string }) => point.series === 'step')
      .map((point: { step: number }) => point.step);
    expect(steps.length).toBeGreaterThan(900);
    expect(steps.length).toBeLessThanOrEqual(1000);
    expect(steps.at(-1)).toBe(12345);
    expect(data.trainingRun.curve.filter((point: { series: string }) => point.series === 'validation')).toHaveLength(3);
    const since = await api.run(cookie, 'query ($id: ID!) { trainingRun(id: $id) { curve(sinceStep: 12300) { step } } }', {
      id: id('run', own.run),
    });
    expect(since.data.trainingRun.curve).toHaveLength(45);
  });
});

it('a worker shows its run to the run’s own team only', async () => {
  const stranger = await api.signedIn((await scenarios.teamWithProject(api.db)).owner);
  const query = '{ workers { id running { id } } }';
  expect((await api.run(cookie, query)).data.workers[0]).toMatchObject({
    id: `wrk_${workerId}`,
    running: { id: expect.stringMatching(/^run_/) },
  });
  expect((await api.run(stranger.cookie, query)).data.workers[0]).toEqual({ id: `wrk_${workerId}`, running: null });
});

it('a person shows others only the teams they share, and nobody their sessions', async () => {
  const query = 'query ($id: ID!) { node(id: $id) { ... on User { name teams { team { name } } sessions { id } } } }';
  await api.signedIn(own.owner);
  const other = await scenarios.teamWithProject(api.db);
  await api.db.member.create({ data: { teamId: other.team.id, userId: own.owner.id, role: 'viewer' } });
  const { data } = await api.run(cookie, query, { id: id('usr', own.owner) });
  expect(data.node).toEqual({ name: own.owner.name, teams: [{ team: { name: own.team.name } }], sessions: [] });
});
