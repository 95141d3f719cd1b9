import { scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../testing/api.ts';
import { statementsOf } from '../../testing/statements.ts';

let api: TestApi;
let own: EvaluatedRun;
let cookie: string;

const metrics = (rocAuc: number) => ({ measures: { ssim: { image: { rocAuc }, pixel: { aupro30: 1 - rocAuc } } } });

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.evaluatedRun(api.db, {}, { metrics: metrics(0.8) });
  await scenarios.evaluatedRun(api.db, {}, { metrics: metrics(0.99) });
  cookie = (await api.signedIn(own.viewer)).cookie;
});
afterAll(() => api.stop());

const projectId = () => `prj_${own.project.id}`;

describe('the standings of a project', () => {
  const query = `query ($id: ID!, $metric: RankingMetric) { project(id: $id) { standings(metric: $metric) { datasetId datasetName
    now { versionNumber variantCount best { variantId mean spread seeds evaluationId } } weekAgo { best { mean } } history { value }
    worstMisses(first: 5) { name label score missed thumbnailUrl maskUrl } } } }`;

  it('name the best variant on each dataset with the defects that it sees least, by the metric asked for', async () => {
    const { data, errors } = await api.run(cookie, query, { id: projectId() });
    expect(errors).toBeUndefined();
    const [standing, ...others] = data.project.standings;
    expect(others).toEqual([]);
    expect(standing).toMatchObject({
      datasetId: `dst_${own.dataset.id}`,
      now: { versionNumber: 1, variantCount: 1, best: { variantId: `var_${own.variant.id}`, mean: 0.8, spread: null, seeds: 1 } },
      weekAgo: null,
      history: [{ value: 0.8 }],
    });
    // The scenario's scratches have 0.52 and 0.53, its threshold is 0.3.
    expect(standing.worstMisses.map(({ score }: { score: number }) => score)).toEqual([0.52, 0.53]);
    expect(standing.worstMisses[0]).toMatchObject({ label: 'scratch', missed: false, maskUrl: expect.stringContaining('/mask?v=') });
    const byOverlap = await api.run(cookie, query, { id: projectId(), metric: 'aupro30' });
    expect(byOverlap.data.project.standings[0].now.best.mean).toBeCloseTo(0.2, 12);
    const undefinedThere = await api.run(cookie, query, { id: projectId(), metric: 'pixelRocAuc' });
    expect(undefinedThere.data.project.standings).toEqual([]);
  });

  it('take at most five statements for a whole team, whatever the number of projects', async () => {
    await api.db.project.createMany({ data: ['second', 'third'].map((name) => ({ name, teamId: own.team.id })) });
    const home = `query ($id: ID!) { node(id: $id) { ... on Team { projects { id name standings { now { best { mean } } worstMisses { name } } } } } }`;
    let answer: Awaited<ReturnType<TestApi['run']>> | undefined;
    const statements = await statementsOf(async () => (answer = await api.run(cookie, home, { id: `team_${own.team.id}` })));
    expect(answer?.errors).toBeUndefined();
    expect(answer?.data.node.projects).toHaveLength(3);
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(5);
  });
});

describe('activity', () => {
  const page = `query ($id: ID!, $first: Int, $after: String, $kinds: [ActivityKind!], $personId: ID) { project(id: $id) {
    activityPeople { id name }
    activityPage(first: $first, after: $after, kinds: $kinds, personId: $personId) { totalCount pageInfo { hasNextPage endCursor }
      edges { node { at kind state sentence link personName projectName } } } } }`;

  beforeAll(async () => {
    for (let i = 0; i < 3; i++)
      await api.db.datasetImport.create({
        data: { datasetId: own.dataset.id, source: `${i}.zip`, files: [], createdById: own.admin.id, createdAt: new Date(2026, 0, 1) },
      });
  });

  const read = async (variables: object) => {
    const { data, errors } = await api.run(cookie, page, { id: projectId(), ...variables });
    expect(errors).toBeUndefined();
    return data.project;
  };

  it('goes page by page, each entry once, also where several have one time', async () => {
    const found: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { activityPage } = await read({ first: 2, after });
      found.push(...activityPage.edges.map(({ node }: { node: { sentence: string } }) => node.sentence));
      ({ hasNextPage: more, endCursor: after } = activityPage.pageInfo);
    }
    expect(found).toHaveLength(5);
    expect(new Set(found).size).toBe(5);
    const kinds = (await read({})).activityPage.edges.map(({ node }: { node: { kind: string } }) => node.kind);
    expect(kinds).toEqual(['evaluation', 'run', 'import', 'import', 'import']);
  });

  it('is filtered by kind and person, and names the people to choose from', async () => {
    const { activityPeople, activityPage } = await read({ kinds: ['run', 'evaluation'] });
    expect(activityPage.totalCount).toBe(2);
    expect(activityPage.edges[1].node).toMatchObject({ kind: 'run', state: 'succeeded', personName: own.engineer.name });
    expect(activityPeople.map(({ id }: { id: string }) => id).sort()).toEqual([`usr_${own.admin.id}`, `usr_${own.engineer.id}`].sort());
    const ofAdmin = (await read({ personId: `usr_${own.admin.id}` })).activityPage;
    expect(ofAdmin.totalCount).toBe(3);
    expect(ofAdmin.edges.every(({ node }: { node: { kind: string } }) => node.kind === 'import')).toBe(true);
  });

  it('refuses a cursor of another list in one sentence, and takes at most five statements for a team', async () => {
    const wrong = await api.run(cookie, page, { id: projectId(), after: 'evl_1' });
    expect(wrong.errors?.[0]?.message).toMatch(/^after is no cursor of this list/);
    const home = `query ($id: ID!) { node(id: $id) { ... on Team { activityPage(first: 50) { totalCount edges { node { sentence link personName } } }
      trainingRuns(first: 5, state: [queued, preparing, running]) { totalCount edges { node { id variant { name } datasetVersion { dataset { name } } project { id } } } } } } }`;
    let answer: Awaited<ReturnType<TestApi['run']>> | undefined;
    const statements = await statementsOf(async () => (answer = await api.run(cookie, home, { id: `team_${own.team.id}` })));
    expect(answer?.errors).toBeUndefined();
    expect(answer?.data.node.activityPage.totalCount).toBe(5);
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(5);
  });
});
