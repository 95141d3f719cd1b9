import { createMember, createRecipe, createRun, createVariant, scenarios, type QueuedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
let own: QueuedRun;
let cookie: string;
const as: Record<string, string> = {};
const seeds = (answer: Awaited<ReturnType<TestApi['run']>>): number[] =>
  answer.data.project.trainingRuns.edges.map(({ node }: { node: { seed: number } }) => node.seed);

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.queuedRun(api.db);
  for (const role of ['engineer', 'viewer', 'admin', 'owner'] as const) as[role] = (await api.signedIn(own[role])).cookie;
  cookie = as['engineer'] ?? '';
  const other = await createVariant(api.db, await createRecipe(api.db, own.project, { name: 'stn' }), { name: '100% frozen' });
  // Seeds 2 to 6; those with an even seed have a loss, twice the same one.
  const losses: Record<number, number | null> = { 2: 30, 3: null, 4: 10, 5: null, 6: 10 };
  for (const [seed, loss] of Object.entries(losses)) {
    const variant = Number(seed) > 4 ? other : own.variant;
    const person = Number(seed) === 3 ? own.admin : own.engineer;
    await createRun(api.db, variant, own.version, {
      seed: Number(seed),
      validationLoss: loss,
      createdById: person.id,
      priority: Number(seed),
      kind: Number(seed) === 6 ? 'orientation' : 'reconstruction',
    });
  }
});
afterAll(() => api.stop());

const typeOf: Record<string, string> = { after: 'String', text: 'String', person: 'ID', variant: 'ID' };
const list = (args: string, variables: object = {}, who = cookie) => {
  const declared = Object.keys(variables).map((name) => `, $${name}: ${typeOf[name]}`);
  const after = 'after' in variables ? 'after: $after, ' : '';
  return api.run(
    who,
    `query ($id: ID!${declared.join('')}) { project(id: $id) { trainingRuns(${after}${args}) { totalCount pageInfo { hasNextPage endCursor } edges { node { seed } } } } }`,
    { id: `prj_${own.project.id}`, ...variables },
  );
};

describe('the list of runs', () => {
  it.each([
    ['validationLoss', true, [4, 6, 2]],
    ['validationLoss', false, [2, 6, 4]],
  ] as const)('by %s, ascending %s: each run once over pages of two, those without a value last', async (sort, ascending, known) => {
    const found: number[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 9; pages++) {
      const answer = await list(`first: 2, sort: ${sort}, ascending: ${ascending}`, { after });
      found.push(...seeds(answer));
      const { pageInfo, totalCount } = answer.data.project.trainingRuns;
      expect(totalCount).toBe(6);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(found.slice(0, 3)).toEqual(known);
    expect(found.toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is ordered by every value, text and number alike, over pages', async () => {
    const { data } = await api.run(cookie, '{ __type(name: "RunSort") { enumValues { name } } }');
    const sorts = data.__type.enumValues.map(({ name }: { name: string }) => name);
    expect(sorts.length).toBe(15);
    for (const sort of sorts)
      for (const ascending of [true, false]) {
        const whole = seeds(await list(`first: 50, sort: ${sort}, ascending: ${ascending}`));
        const first = await list(`first: 4, sort: ${sort}, ascending: ${ascending}`);
        const rest = await list(`first: 4, sort: ${sort}, ascending: ${ascending}`, {
          after: first.data.project.trainingRuns.pageInfo.endCursor,
        });
        expect([...seeds(first), ...seeds(rest)], `${sort} ${ascending}`).toEqual(whole);
        expect(whole.toSorted(), sort).toEqual([1, 2, 3, 4, 5, 6]);
      }
    expect(seeds(await list('sort: priority'))).toEqual([6, 5, 4, 3, 2, 1]);
    expect(seeds(await list('sort: seed, ascending: true'))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps to the kind, the person, the variant and the text asked for; signs of a pattern are taken as they are', async () => {
    const order = 'sort: seed, ascending: true';
    expect(seeds(await list(`kind: orientation, ${order}`))).toEqual([6]);
    expect(seeds(await list(`createdById: $person, ${order}`, { person: `usr_${own.admin.id}` }))).toEqual([3]);
    expect(seeds(await list(`variantId: $variant, ${order}`, { variant: `var_${own.variant.id}` }))).toEqual([1, 2, 3, 4]);
    expect(seeds(await list(`text: $text, ${order}`, { text: 'FROZEN' }))).toEqual([5, 6]);
    expect(seeds(await list(`text: $text, ${order}`, { text: '100%' }))).toEqual([5, 6]);
    expect(seeds(await list(`text: $text, ${order}`, { text: '1_0' }))).toEqual([]);
    expect(seeds(await list(`text: $text, ${order}`, { text: `run_${own.run.id}` }))).toEqual([1]);
    expect(seeds(await list(`text: $text, ${order}`, { text: own.dataset.name }))).toHaveLength(6);
    await createRun(api.db, own.variant, own.version, { seed: 90210 });
    expect(seeds(await list(`text: $text`, { text: '90210' }))).toEqual([90210]);
  });
});

const control = (input: object, who = cookie) =>
  api.run(
    who,
    `mutation ($input: ControlTrainingsInput!) { controlTrainings(input: $input) { __typename ... on Problem { message }
      ... on ControlTrainingsSuccess { outcomes { id problem trainingRun { id state priority seed } } } } }`,
    { input },
  );

describe('an act on many runs', () => {
  it('is answered run by run: what cannot be done with one stops none of the others', async () => {
    const foreign = await scenarios.queuedRun(api.db);
    const made: string[] = [];
    for (let i = 0; i < 2; i++) {
      const run = await createRun(api.db, own.variant, own.version, { seed: 70 + i, createdById: own.engineer.id });
      await api.db.$transaction((tx) => api.server.platform.jobs.enqueue('training', { trainingRunId: run.id }, { tx }));
      made.push(`run_${run.id}`);
    }
    const ended = await scenarios.evaluatedRun(api.db);
    await api.db.member.create({ data: { teamId: ended.team.id, userId: own.engineer.id, role: 'viewer' } });
    api.server.platform.sessions.forgetAll();
    const ids = [made[0], `run_${foreign.run.id}`, `run_${ended.run.id}`, made[1], made[0]];

    const paused = (await control({ ids, act: 'pause' })).data.controlTrainings;
    expect(paused.outcomes).toMatchObject([
      { id: made[0], problem: null, trainingRun: { state: 'paused' } },
      { id: ids[1], problem: expect.stringMatching(/no such training run/), trainingRun: null },
      { id: ids[2], problem: expect.stringMatching(/your role in this team is viewer/), trainingRun: null },
      { id: made[1], problem: null, trainingRun: { state: 'paused' } },
    ]);
    expect((await control({ ids: made, act: 'prioritise', priority: 7 })).data.controlTrainings.outcomes).toMatchObject(
      made.map(() => ({ trainingRun: { priority: 7 } })),
    );
    expect((await control({ ids: made, act: 'resume' })).data.controlTrainings.outcomes).toMatchObject(
      made.map(() => ({ trainingRun: { state: 'queued' } })),
    );
    expect((await control({ ids: made, act: 'cancel' })).data.controlTrainings.outcomes).toMatchObject(
      made.map(() => ({ trainingRun: { state: 'cancelled' } })),
    );
    const again = (await control({ ids: made, act: 'retry' })).data.controlTrainings.outcomes;
    expect(again).toMatchObject([70, 71].map((seed) => ({ problem: null, trainingRun: { state: 'queued', seed } })));
    expect(again.map(({ trainingRun }: { trainingRun: { id: string } }) => trainingRun.id)).not.toEqual(made);
    expect((await control({ ids: made, act: 'cancel' })).data.controlTrainings.outcomes).toMatchObject(
      made.map(() => ({ problem: 'The run has ended already.' })),
    );
  });

  it('says what is wrong with it as a whole: no runs, no priority, no right', async () => {
    const ids = [`run_${own.run.id}`];
    expect((await control({ ids: [], act: 'cancel' })).data.controlTrainings.message).toBe('No run is named; name at least one.');
    expect((await control({ ids, act: 'prioritise' })).data.controlTrainings.message).toBe('The priority is missing; give one.');
    expect((await control({ ids, act: 'cancel' }, as['viewer'])).data.controlTrainings.__typename).toBe('NotAllowed');
  });
});

describe('saved views', () => {
  const viewsOf = async (who: string | undefined): Promise<string[]> => {
    const { data } = await api.run(
      who ?? null,
      'query ($id: ID!) { project(id: $id) { runViews { edges { node { name query shared own madeBy } } } } }',
      { id: `prj_${own.project.id}` },
    );
    return data.project.runViews.edges.map(
      ({ node }: { node: { name: string; own: boolean } }) => `${node.name}${node.own ? ' (own)' : ''}`,
    );
  };
  const change = async (who: string | undefined, name: string, type: string, input: unknown) => {
    const { data } = await api.run(
      who ?? null,
      `mutation ($input: ${type}!) { ${name}(${type === 'ID' ? 'id' : 'input'}: $input) { __typename ... on Problem { message } ... on RunViewSuccess { runView { id name query shared } } } }`,
      { input },
    );
    return data[name];
  };
  const save = (who: string | undefined, input: object) =>
    change(who, 'saveRunView', 'SaveRunViewInput', { projectId: `prj_${own.project.id}`, query: 'state=failed&sort=seed', ...input });

  it("are a person's own until they are shared; names are a person's own too", async () => {
    const mine = await save(cookie, { name: 'Failed' });
    expect(mine).toMatchObject({ runView: { name: 'Failed', query: 'state=failed&sort=seed', shared: false } });
    expect((await save(cookie, { name: ' Failed ' })).message).toBe(
      'You have a view named Failed in this project already; take another name.',
    );
    expect(await save(as['viewer'], { name: 'Failed' })).toMatchObject({ __typename: 'RunViewSuccess' });
    expect(await viewsOf(cookie)).toEqual(['Failed (own)']);
    expect(await save(as['viewer'], { name: 'For all', shared: true })).toMatchObject({ __typename: 'NotAllowed' });
    expect(
      await change(cookie, 'changeRunView', 'ChangeRunViewInput', { id: mine.runView.id, shared: true, name: 'All failed' }),
    ).toMatchObject({
      runView: { shared: true, name: 'All failed' },
    });
    expect(await viewsOf(as['viewer'])).toEqual(['All failed', 'Failed (own)']);
    expect(await change(as['viewer'], 'deleteRunView', 'ID', mine.runView.id)).toMatchObject({ __typename: 'NotAllowed' });
    const stranger = await api.signedIn((await scenarios.teamWithProject(api.db)).owner);
    expect(await change(stranger.cookie, 'deleteRunView', 'ID', mine.runView.id)).toMatchObject({ __typename: 'NotFound' });
  });

  it('come back after they were deleted, unless their name was taken meanwhile; an admin may delete what others share', async () => {
    const { runView } = await save(cookie, { name: 'Mine', shared: true });
    expect(await change(as['admin'], 'deleteRunView', 'ID', runView.id)).toMatchObject({ __typename: 'RunViewSuccess' });
    expect(await viewsOf(cookie)).not.toContain('Mine (own)');
    expect(await change(cookie, 'restoreRunView', 'ID', runView.id)).toMatchObject({ runView: { name: 'Mine' } });
    expect(await viewsOf(cookie)).toContain('Mine (own)');
    await change(cookie, 'deleteRunView', 'ID', runView.id);
    await save(cookie, { name: 'Mine' });
    expect((await change(cookie, 'restoreRunView', 'ID', runView.id)).message).toBe(
      'Another view has its name now; rename that one first.',
    );
  });

  it('hold a query string and nothing else', async () => {
    expect((await save(cookie, { name: 'x', query: 'a=1 b' })).message).toBe(
      'The view is no query string; save it from the page of the runs.',
    );
    expect((await save(cookie, { name: 'x', query: 'a'.repeat(2001) })).__typename).toBe('InvalidInput');
    const member = await createMember(api.db, own.team, 'viewer');
    expect(await viewsOf((await api.signedIn(member)).cookie)).not.toContain('x');
  });
});
