import { createDatasetVersion, type Dataset, type Image, type Split } from '@plumbline/prisma';
import { createDataset, createImage, scenarios, type TeamWithProject } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../testing/api.ts';
import { statementsOf } from '../../testing/statements.ts';

const effect = 'effect { changed moved relabelled deleted restored masksDropped renamed renameExample stay counts { split label count } }';
const problems = '... on InvalidInput { issues { path message } } ... on NotAllowed { message } ... on NotFound { message }';
const edit = `mutation ($input: EditImagesInput!) { editImages(input: $input) { __typename ... on EditImagesSuccess { editId ${effect} } ${problems} } }`;
const preview = `query ($input: EditImagesInput!) { imageEditPreview(input: $input) { __typename ... on PreviewImageEditSuccess { ${effect} } ${problems} } }`;
const undo = `mutation ($id: ID!) { undoImageEdit(editId: $id) { __typename ${problems} } }`;

let api: TestApi;
let team: TeamWithProject;
let engineer: string;
let viewer: string;
let admin: string;
let stranger: string;
let dataset: Dataset;

beforeAll(async () => {
  api = await startApi();
  team = await scenarios.teamWithProject(api.db);
  engineer = (await api.signedIn(team.engineer)).cookie;
  viewer = (await api.signedIn(team.viewer)).cookie;
  admin = (await api.signedIn(team.owner)).cookie;
  stranger = (await api.signedIn((await scenarios.teamWithProject(api.db)).owner)).cookie;
});
afterAll(() => api.stop());
beforeEach(async () => {
  dataset = await createDataset(api.db, team.project);
});

const add = (split: Split, label: string, name: string, more: Partial<Image> = {}) =>
  createImage(api.db, dataset, { split, label, name, ...more });
const run = async (input: object, cookie = engineer) =>
  (await api.run(cookie, edit, { input: { datasetId: `dst_${dataset.id}`, ...input } })).data.editImages;
const look = async (input: object, cookie = engineer) =>
  (await api.run(cookie, preview, { input: { datasetId: `dst_${dataset.id}`, ...input } })).data.imageEditPreview;
const undone = async (id: string, cookie = engineer) => (await api.run(cookie, undo, { id })).data.undoImageEdit;
const byHand = (images: readonly { id: string }[], change: object) => ({
  byHand: { imageIds: images.map(({ id }) => `img_${id}`), ...change },
});
const places = async () =>
  (await api.db.image.findMany({ where: { datasetId: dataset.id }, orderBy: { id: 'asc' } })).map(
    ({ split, label, name, maskSha256, deletedAt }) =>
      `${split}/${label}/${name}${maskSha256 ? ' masked' : ''}${deletedAt ? ' deleted' : ''}`,
  );

describe('images changed by hand', () => {
  it('move under a free name where theirs is taken, as the preview said, and undo brings back every name and mask', async () => {
    const mask = 'a'.repeat(64);
    const [a, b] = [await add('train', 'good', '1.png'), await add('train', 'good', '2.png')];
    await add('test', 'good', '1.jpg');
    const scratched = await add('test', 'scratch', '1.png', { maskSha256: mask });
    const before = await places();
    const change = byHand([a, b, scratched], { split: 'test', label: 'good' });
    const said = await look(change);
    expect(said.effect).toMatchObject({
      changed: 3,
      moved: 2,
      relabelled: 1,
      masksDropped: 1,
      renamed: 2,
      renameExample: '1.png → 1_train.png',
      counts: [{ split: 'test', label: 'good', count: 4 }],
    });
    expect(await places(), 'a preview changes nothing').toEqual(before);
    const done = await run(change);
    expect(done.effect).toEqual(said.effect);
    expect(await places()).toEqual(['test/good/1_train.png', 'test/good/2.png', 'test/good/1.jpg', 'test/good/1_test.png']);
    expect(await undone(done.editId)).toEqual({ __typename: 'UndoImageEditSuccess' });
    expect(await places()).toEqual(before);
    expect((await undone(done.editId)).issues[0].message).toMatch(/undone already/);
  });

  it('may swap places under one name, there and back, since all of them move at once', async () => {
    await add('train', 'good', '1.png', { sha256: 'a'.repeat(64) });
    await add('validation', 'good', '1.png', { sha256: 'b'.repeat(64) });
    const before = await places();
    const halves = (seed: number) => ({ byFractions: { train: 0.5, validation: 0.5, test: 0, seed } });
    // Which of the two a seed draws follows from their content: about every other one swaps them.
    let seed = 1;
    while (seed < 50 && (await look(halves(seed))).effect?.moved !== 2) seed++;
    const done = await run(halves(seed));
    expect(done.effect).toMatchObject({ moved: 2, renamed: 0 });
    expect(await places()).toEqual(['validation/good/1.png', 'train/good/1.png']);
    expect(await undone(done.editId)).toEqual({ __typename: 'UndoImageEditSuccess' });
    expect(await places()).toEqual(before);
    expect((await run({ byName: [{ pattern: '*', split: 'train' }] })).effect).toMatchObject({ moved: 1, renamed: 1 });
  });

  it('that are defective stay out of train and validation, unless they are labelled good too', async () => {
    const scratched = await add('test', 'scratch', '1.png');
    const refused = await run(byHand([scratched], { split: 'train' }));
    expect(refused.issues[0]).toMatchObject({ path: 'byHand.split', message: expect.stringMatching(/defective/) });
    expect((await run(byHand([scratched], { split: 'train', label: 'good' }))).effect).toMatchObject({ moved: 1, relabelled: 1 });
    expect((await run(byHand([scratched], { label: 'dent' }))).effect).toMatchObject({ moved: 1 });
    expect(await places()).toEqual(['test/dent/1.png']);
  });

  it('are deleted and restored, and leave frozen versions as they were', async () => {
    const [a] = [await add('train', 'good', '1.png'), await add('train', 'good', '2.png')];
    const version = await api.db.$transaction((tx) => createDatasetVersion(tx, dataset.id));
    const done = await run(byHand([a], { deleted: true }));
    expect(done.effect).toMatchObject({ deleted: 1, counts: [{ split: 'train', label: 'good', count: 1 }] });
    const list = `query ($id: ID!, $deleted: Boolean) { dataset(id: $id) { imageCount images(deleted: $deleted) { totalCount edges { node { name deletedAt versionNumbers } } } } }`;
    const shown = async (deleted: boolean) => (await api.run(viewer, list, { id: `dst_${dataset.id}`, deleted })).data.dataset;
    expect(await shown(false)).toMatchObject({
      imageCount: 1,
      images: { totalCount: 1, edges: [{ node: { name: '2.png', deletedAt: null } }] },
    });
    expect(await shown(true)).toMatchObject({
      images: { edges: [{ node: { name: '1.png', deletedAt: expect.any(String), versionNumbers: [1] } }] },
    });
    expect(await api.db.datasetVersionImage.count({ where: { versionId: version.id } })).toBe(2);
    expect(await api.db.$transaction((tx) => createDatasetVersion(tx, dataset.id))).toMatchObject({ number: 2, imageCount: 1 });
    // The name is free for another image; the restored one gets a new one.
    await add('train', 'good', '1.png');
    expect((await run(byHand([a], { deleted: false }))).effect).toMatchObject({ restored: 1, renamed: 1 });
    expect(await places()).toEqual(['train/good/1_train.png', 'train/good/2.png', 'train/good/1.png']);
  });

  it('that came again with the same content are not restored twice', async () => {
    const a = await add('train', 'good', '1.png', { deletedAt: new Date() });
    await add('train', 'good', 'again.png', { sha256: a.sha256 });
    expect((await run(byHand([a], { deleted: false }))).issues[0].message).toMatch(/same content as again\.png/);
  });

  it('cannot be undone when an image came since that has the name, the name without extension, or the content of one of them', async () => {
    for (const [name, more] of [
      ['1.png', {}],
      ['1.jpg', {}],
      ['other.png', { sha256: 'c'.repeat(64) }],
    ] as const) {
      dataset = await createDataset(api.db, team.project);
      const gone = await add('train', 'good', '1.png', { sha256: 'c'.repeat(64) });
      const done = await run(byHand([gone], { deleted: true }));
      await add('train', 'good', name, more);
      const before = await places();
      expect((await undone(done.editId)).issues, name).toEqual([
        {
          path: 'id',
          message: 'An image that came since has the name or content of one of these, so this cannot be undone: change them by hand.',
        },
      ]);
      expect(await places()).toEqual(before);
    }
  });

  it('cannot be undone when somebody changed one of them since', async () => {
    const [a, b] = [await add('train', 'good', '1.png'), await add('train', 'good', '2.png')];
    const first = await run(byHand([a, b], { split: 'test' }));
    await run(byHand([a], { label: 'scratch' }));
    const now = await places();
    expect((await undone(first.editId)).issues[0].message).toMatch(/^1 of the images/);
    expect(await places()).toEqual(now);
  });

  it('wait for an import that is going on', async () => {
    const a = await add('train', 'good', '1.png');
    await api.db.datasetImport.create({ data: { datasetId: dataset.id, source: 'x', files: [] } });
    expect((await run(byHand([a], { split: 'test' }))).issues[0].message).toMatch(/import .* going on/);
  });
});

describe('splits by rule', () => {
  it('divide good images by fractions and the seed, the same every time, and leave defective ones in test', async () => {
    for (let i = 0; i < 20; i++) await add('train', 'good', `${i}.png`);
    await add('test', 'scratch', 's.png');
    const rule = { byFractions: { train: 0.7, validation: 0.1, test: 0.2, seed: 5 } };
    expect((await run(rule)).effect.counts).toEqual([
      { split: 'train', label: 'good', count: 14 },
      { split: 'validation', label: 'good', count: 2 },
      { split: 'test', label: 'good', count: 4 },
      { split: 'test', label: 'scratch', count: 1 },
    ]);
    expect((await run(rule)).issues[0].message).toMatch(/Nothing changes/);
    const moved = await look({ byFractions: { train: 0.6, validation: 0.2, test: 0.2, fewestMoves: true } });
    expect(moved.effect).toMatchObject({ changed: 2, moved: 2 });
  });

  it('by name say which defective images stay', async () => {
    await add('train', 'good', 'cam1_a.png');
    await add('test', 'scratch', 'cam2_a.png');
    const said = await look({
      byName: [
        { pattern: 'cam2_*', split: 'train' },
        { pattern: 'cam1_*', split: 'validation' },
      ],
    });
    expect(said.effect).toMatchObject({ moved: 1, stay: 1 });
    expect((await look({ byName: [{ pattern: '*a*b*c*d*', split: 'train' }] })).issues[0]).toMatchObject({ path: 'byName.0.pattern' });
  });
});

describe('leaks', () => {
  it('are told of, listed side by side, and gone after one click, which is one edit', async () => {
    const [a, b] = [await add('train', 'good', '1.png'), await add('test', 'good', '2.png')];
    const check = await api.db.leakCheck.create({ data: { datasetId: dataset.id, distance: 3, state: 'succeeded', pairCount: 1 } });
    await api.db.leakPair.create({ data: { checkId: check.id, imageId: a.id, otherId: b.id, distance: 2 } });
    const query = `query ($id: ID!) { dataset(id: $id) { leak { pairs sentence } leakCheck { state distance } leakPairs { totalCount edges { node { distance image { name } other { name } } } } } }`;
    const ask = async () => (await api.run(viewer, query, { id: `dst_${dataset.id}` })).data.dataset;
    let asked: Awaited<ReturnType<typeof ask>>;
    expect((await statementsOf(async () => (asked = await ask()))).length).toBeLessThanOrEqual(5);
    expect(asked.leak).toMatchObject({ pairs: 1, sentence: expect.stringMatching(/^1 pair of images .* lies in two splits/) });
    expect(asked.leakPairs).toEqual({
      totalCount: 1,
      edges: [{ node: { distance: 2, image: { name: '1.png' }, other: { name: '2.png' } } }],
    });
    const done = await run({ apartLeaks: true });
    expect(done.effect).toMatchObject({ changed: 1, moved: 1 });
    expect(await places()).toEqual(['test/good/1.png', 'test/good/2.png']);
    expect(await ask()).toMatchObject({ leak: null, leakPairs: { totalCount: 0, edges: [] } });
    const latest = await api.db.leakCheck.findFirstOrThrow({ where: { datasetId: dataset.id }, orderBy: { createdAt: 'desc' } });
    expect(latest.state).toBe('queued');
    expect(await api.server.platform.jobs.stateOf('leakCheck', latest.id)).toBe('created');
  });

  it('come page by page, the nearest first, and are counted as a whole', async () => {
    const a = await add('train', 'good', 'a.png');
    const check = await api.db.leakCheck.create({ data: { datasetId: dataset.id, distance: 3, state: 'succeeded', pairCount: 3 } });
    for (const distance of [2, 0, 1]) {
      const other = await add('test', 'good', `${distance}.png`);
      await api.db.leakPair.create({ data: { checkId: check.id, imageId: a.id, otherId: other.id, distance } });
    }
    const query = `query ($id: ID!, $after: String) { dataset(id: $id) { leakPairs(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { other { name } } } } } }`;
    const ask = async (after: string | null) => {
      const { leakPairs } = (await api.run(viewer, query, { id: `dst_${dataset.id}`, after })).data.dataset;
      const names = leakPairs.edges.map(({ node }: { node: { other: { name: string } } }) => node.other.name);
      return { names, count: leakPairs.totalCount, next: leakPairs.pageInfo.hasNextPage, end: leakPairs.pageInfo.endCursor };
    };
    const first = await ask(null);
    expect(first).toMatchObject({ names: ['0.png', '1.png'], count: 3, next: true });
    expect(await ask(first.end)).toMatchObject({ names: ['2.png'], count: 3, next: false });
  });

  it('are looked for with a distance and a pattern that can be used', async () => {
    const look = `mutation ($input: CheckLeaksInput!) { checkLeaks(input: $input) { __typename ${problems} ... on CheckLeaksSuccess { dataset { leakCheck { state distance sourcePattern } } } } }`;
    const ask = async (input: object) =>
      (await api.run(engineer, look, { input: { datasetId: `dst_${dataset.id}`, ...input } })).data.checkLeaks;
    expect((await ask({ distance: 40 })).issues[0].path).toBe('distance');
    expect((await ask({ distance: 3, sourcePattern: 'a*' })).issues[0]).toMatchObject({ path: 'sourcePattern' });
    expect((await ask({ distance: 5, sourcePattern: '{source}_*' })).dataset.leakCheck).toEqual({
      state: 'queued',
      distance: 5,
      sourcePattern: '{source}_*',
    });
  });
});

describe('a deleted dataset', () => {
  const remove = `mutation ($input: DeleteDatasetInput!) { deleteDataset(input: $input) { __typename ${problems} } }`;
  const restore = `mutation ($id: ID!) { restoreDataset(id: $id) { __typename ${problems} } }`;
  const deletion = async (cookie = admin) =>
    (await api.run(cookie, remove, { input: { id: `dst_${dataset.id}`, confirmName: dataset.name } })).data.deleteDataset;
  const restoration = async (cookie = admin) => (await api.run(cookie, restore, { id: `dst_${dataset.id}` })).data.restoreDataset;

  it('is none for anybody, leaves its name free, and comes back with its images when an admin restores it', async () => {
    await add('train', 'good', '1.png');
    expect(await deletion()).toEqual({ __typename: 'DeleteDatasetSuccess' });
    const query = `query ($id: ID!, $project: ID!) { dataset(id: $id) { id } project(id: $project) { datasets { name } deletedDatasets { name imageCount deletedAt } } }`;
    const ask = async (cookie: string) =>
      (await api.run(cookie, query, { id: `dst_${dataset.id}`, project: `prj_${team.project.id}` })).data;
    expect((await ask(admin)).dataset).toBeNull();
    expect((await ask(admin)).project.datasets.map(({ name }: { name: string }) => name)).not.toContain(dataset.name);
    expect((await ask(admin)).project.deletedDatasets).toContainEqual({ name: dataset.name, imageCount: 1, deletedAt: expect.any(String) });
    expect((await ask(viewer)).project.deletedDatasets).toEqual([]);
    expect((await run({ byFractions: { train: 1, validation: 0, test: 0 } })).__typename).toBe('NotFound');
    const other = await createDataset(api.db, team.project, { name: dataset.name });
    expect((await restoration()).issues[0].message).toMatch(/another dataset named/);
    await api.db.dataset.delete({ where: { id: other.id } });
    expect((await restoration(engineer)).__typename).toBe('NotAllowed');
    expect((await restoration(stranger)).__typename).toBe('NotFound');
    expect(await restoration()).toEqual({ __typename: 'RestoreDatasetSuccess' });
    expect((await ask(viewer)).dataset).not.toBeNull();
  });

  it('was one that nothing refers to; otherwise it is said what does', async () => {
    const { version } = await scenarios.queuedRun(api.db);
    await api.db.dataset.update({ where: { id: version.datasetId }, data: { projectId: team.project.id } });
    dataset = await api.db.dataset.findUniqueOrThrow({ where: { id: version.datasetId } });
    const query = `query ($id: ID!) { dataset(id: $id) { references { versions runs evaluations } } }`;
    expect((await api.run(viewer, query, { id: `dst_${dataset.id}` })).data.dataset.references).toEqual({
      versions: 1,
      runs: 1,
      evaluations: 0,
    });
    expect((await deletion()).issues[0].message).toBe(`A training run refers to ${dataset.name}, so it stays.`);
  });
});

describe('who may change images', () => {
  it('is an engineer of the team: viewers are told whom to ask, and for strangers nothing exists', async () => {
    const a = await add('train', 'good', '1.png');
    const change = byHand([a], { split: 'test' });
    expect((await run(change, viewer)).message).toMatch(/^Engineers, admins and owners can move/);
    expect((await look(change, viewer)).message).toMatch(/^Engineers/);
    const foreign = await run(change, stranger);
    const unknown = (await api.run(stranger, edit, { input: { datasetId: `dst_${team.project.id}`, ...change } })).data.editImages;
    expect(foreign).toEqual(unknown);
    const done = await run(change);
    expect((await undone(done.editId, viewer)).__typename).toBe('NotAllowed');
    expect((await undone(done.editId, stranger)).__typename).toBe('NotFound');
    // An image of another dataset is none of this one.
    const other = await createImage(api.db, await createDataset(api.db, team.project), {});
    expect((await run(byHand([other], { split: 'test' }))).__typename).toBe('NotFound');
  });
});
