import { scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
let own: EvaluatedRun;
let engineer: string;
let admin: string;
let viewer: string;
let place: { readonly projectId: string; readonly reconstructionId: string };

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.evaluatedRun(api.db);
  engineer = (await api.signedIn(own.engineer)).cookie;
  admin = (await api.signedIn(own.admin)).cookie;
  viewer = (await api.signedIn(own.viewer)).cookie;
  place = { projectId: `prj_${own.project.id}`, reconstructionId: `rec_${own.reconstructions[0]!.id}` };
});
afterAll(() => api.stop());

const comment = 'comment { id body deletedAt resolvedAt editedAt mine deletable region { x y width height } mentions { id } view }';
const result = (type: string) => `__typename ... on ${type} { ${comment} } ... on Problem { message }`;

const add = async (cookie: string, input: object) =>
  (await api.run(cookie, `mutation ($input: AddCommentInput!) { addComment(input: $input) { ${result('AddCommentSuccess')} } }`, { input }))
    .data.addComment;
const act = async (cookie: string, name: 'deleteComment' | 'restoreComment', id: string) => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Success`;
  return (await api.run(cookie, `mutation ($id: ID!) { ${name}(id: $id) { ${result(type)} } }`, { id })).data[name];
};
const resolve = async (cookie: string, id: string, resolved: boolean) =>
  (
    await api.run(
      cookie,
      `mutation ($id: ID!, $resolved: Boolean!) { resolveThread(id: $id, resolved: $resolved) { ${result('ResolveThreadSuccess')} } }`,
      { id, resolved },
    )
  ).data.resolveThread;
const list = async (cookie: string, args: string) =>
  (
    await api.run(
      cookie,
      `query ($id: ID!) { project(id: $id) { openThreadCount comments(${args}) { totalCount edges { node { id body replies { body } reconstruction { id name } } } } } }`,
      { id: place.projectId },
    )
  ).data.project;
const bodies = async (args: string, cookie = viewer): Promise<string[]> =>
  (await list(cookie, args)).comments.edges.map(({ node }: { node: { body: string } }) => node.body);

describe('a comment', () => {
  it('stands on a place of an image with its view and the people it mentions, and everybody of the team reads it', async () => {
    const region = { x: 0.25, y: 0.5, width: 0.125, height: 0 };
    const input = {
      reconstructionId: place.reconstructionId,
      region,
      view: 'image=rec_1&view=1,2,3',
      body: ' A crack? ',
      mentions: [`usr_${own.viewer.id}`],
    };
    const { comment: made } = await add(engineer, input);
    expect(made).toMatchObject({
      body: 'A crack?',
      region,
      view: input.view,
      mentions: [{ id: `usr_${own.viewer.id}` }],
      mine: true,
      deletable: true,
    });
    expect(await bodies(`reconstructionId: "${place.reconstructionId}"`)).toContain('A crack?');
    expect(await bodies('mentionsMe: true')).toEqual(['A crack?']);
    expect(await bodies('mentionsMe: true', engineer)).toEqual([]);
    const bell = '{ notifications(first: 5) { edges { node { kind sentence link } } } }';
    const told = (await api.run(viewer, bell)).data.notifications.edges;
    expect(told).toMatchObject([
      { node: { kind: 'comment.mention', sentence: expect.stringMatching(/ mentions you in .*: “A crack\?”$/) } },
    ]);
    expect(told[0].node.link).toMatch(/^\/projects\/prj_[^/]+\/evaluations\/evl_[^?]+\?.*image=.*&comment=cmt_/);
    const ofAuthor = (await api.run(engineer, bell)).data.notifications.edges.map(({ node }: { node: { kind: string } }) => node.kind);
    expect(ofAuthor).not.toContain('comment.mention');
  });

  it('is counted with its image, whichever of the asked evaluations it is in, and never with a foreign one', async () => {
    const foreign = await scenarios.evaluatedRun(api.db);
    const read = async (evaluationIds: readonly string[]) => {
      const query = `query ($id: ID!, $ids: [ID!]!) { project(id: $id) { commentedImages(evaluationIds: $ids) { imageId open resolved } } }`;
      return (await api.run(viewer, query, { id: place.projectId, ids: evaluationIds })).data.project.commentedImages;
    };
    const before = await read([`evl_${own.evaluation.id}`]);
    const { comment: made } = await add(engineer, { reconstructionId: place.reconstructionId, body: 'Here too.' });
    const [counted] = await read([`evl_${own.evaluation.id}`]);
    expect(counted).toEqual({ imageId: `img_${own.reconstructions[0]!.imageId}`, open: (before[0]?.open ?? 0) + 1, resolved: 0 });
    await resolve(engineer, made.id, true);
    expect(await read([`evl_${own.evaluation.id}`])).toEqual([{ ...counted, open: counted.open - 1, resolved: 1 }]);
    await act(engineer, 'deleteComment', made.id);
    expect(await read([`evl_${own.evaluation.id}`])).toEqual(before);
    expect(await read([`evl_${foreign.evaluation.id}`])).toEqual([]);
  });

  it('is refused with one sentence where its place makes no sense', async () => {
    const reasons: [object, RegExp][] = [
      [{ body: 'x' }, /Give either the run or the evaluation/],
      [{ body: 'x', runId: `run_${own.run.id}`, evaluationId: `evl_${own.evaluation.id}` }, /Give either the run or the evaluation/],
      [{ body: 'x', runId: `run_${own.run.id}`, region: { x: 0, y: 0, width: 0, height: 0 } }, /no place on an image/],
      [{ body: 'x', evaluationId: `evl_${own.evaluation.id}`, region: { x: 0, y: 0, width: 0, height: 0 } }, /which image/],
      [{ body: 'x', reconstructionId: place.reconstructionId, region: { x: 0.9, y: 0, width: 0.2, height: 0 } }, /beyond the image/],
      [{ body: '  ', runId: `run_${own.run.id}` }, /Write something/],
    ];
    for (const [input, sentence] of reasons) {
      const { __typename, message } = await add(engineer, input);
      expect([__typename, message]).toEqual(['InvalidInput', expect.stringMatching(sentence)]);
    }
  });

  it('cannot mention somebody of another team', async () => {
    const foreign = await scenarios.teamWithProject(api.db);
    const { message } = await add(engineer, { runId: `run_${own.run.id}`, body: 'x', mentions: [`usr_${foreign.owner.id}`] });
    expect(message).toMatch(/no member of the team/);
  });
});

describe('a thread', () => {
  it('is open until somebody resolves it, and an answer opens it again', async () => {
    const { comment: made } = await add(engineer, { runId: `run_${own.run.id}`, body: 'Too slow?' });
    const before = (await list(viewer, 'first: 1')).openThreadCount as number;
    await resolve(admin, made.id, true);
    expect((await list(viewer, 'first: 1')).openThreadCount).toBe(before - 1);
    expect(await bodies('state: resolved')).toEqual(['Too slow?']);
    const { comment: reply } = await add(admin, { parentId: made.id, body: 'Slower than before.' });
    expect(await bodies('state: resolved')).toEqual([]);
    expect(await bodies('search: "SLOWER THAN"')).toEqual(['Too slow?']);
    expect((await add(engineer, { parentId: reply.id, body: 'x' })).message).toMatch(/This is a reply/);
    expect((await resolve(engineer, reply.id, true)).message).toMatch(/This is a reply/);
  });

  it('hides the words of a deleted comment, stays while it has answers, and comes back when that is undone', async () => {
    const { comment: made } = await add(engineer, { runId: `run_${own.run.id}`, body: 'A slip.' });
    const { comment: reply } = await add(admin, { parentId: made.id, body: 'An answer.' });
    await act(engineer, 'deleteComment', made.id);
    const [thread] = (await list(viewer, 'search: "An answer"')).comments.edges;
    expect(thread.node).toMatchObject({ body: '', replies: [{ body: 'An answer.' }] });
    expect(await bodies('search: "A slip"')).toEqual([]);
    await act(admin, 'deleteComment', reply.id);
    expect((await list(viewer, 'first: 500')).comments.edges.map(({ node }: { node: { id: string } }) => node.id)).not.toContain(made.id);
    expect((await act(engineer, 'restoreComment', made.id)).comment.body).toBe('A slip.');
    expect(await bodies('search: "A slip"')).toEqual(['A slip.']);
  });

  it('lets engineers delete their own words alone, and no one put back what an admin took away but admins', async () => {
    const { comment: made } = await add(admin, { runId: `run_${own.run.id}`, body: 'Of an admin.' });
    expect((await act(engineer, 'deleteComment', made.id)).__typename).toBe('NotAllowed');
    const { comment: other } = await add(engineer, { runId: `run_${own.run.id}`, body: 'Of an engineer.' });
    expect((await act(admin, 'deleteComment', other.id)).__typename).toBe('DeleteCommentSuccess');
    expect((await act(engineer, 'restoreComment', other.id)).__typename).toBe('NotAllowed');
    expect((await act(admin, 'restoreComment', other.id)).comment.deletedAt).toBeNull();
  });
});
