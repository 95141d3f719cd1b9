import { recipeHash, resolveRecipe } from '@plumbline/ml/recipes';
import { createVariant, scenarios, type QueuedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../testing/api.ts';

const save = `mutation ($input: SaveVariantInput!) { saveVariant(input: $input) {
  __typename ... on SaveVariantSuccess { variant { id name runCount recipe { name hash document } } } ... on InvalidInput { issues { path message } }
  ... on NotAllowed { message } ... on NotFound { message } } }`;
const rename = `mutation ($input: RenameVariantInput!) { renameVariant(input: $input) {
  __typename ... on RenameVariantSuccess { variant { name } } ... on InvalidInput { issues { path } } } }`;
const archive = `mutation ($input: ArchiveVariantInput!) { archiveVariant(input: $input) {
  __typename ... on ArchiveVariantSuccess { variant { archivedAt } } } }`;
const remove = `mutation ($id: ID!) { deleteVariant(id: $id) {
  __typename ... on DeleteVariantSuccess { id } ... on InvalidInput { issues { path message } } ... on NotFound { message } } }`;

let api: TestApi;
let own: QueuedRun;
let engineer: string;
let viewer: string;
let stranger: string;
let projectId: string;

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.queuedRun(api.db);
  engineer = (await api.signedIn(own.engineer)).cookie;
  viewer = (await api.signedIn(own.viewer)).cookie;
  stranger = (await api.signedIn((await scenarios.teamWithProject(api.db)).owner)).cookie;
  projectId = `prj_${own.project.id}`;
});
afterAll(() => api.stop());

const saved = async (name: string, sets: string[] = [], id?: string) =>
  (await api.run(engineer, save, { input: { projectId, name, recipe: { base: 'sample/ae', sets }, ...(id ? { id } : {}) } })).data
    .saveVariant;
const names = async (archived: boolean): Promise<string[]> => {
  const query =
    'query ($id: ID!, $archived: Boolean) { project(id: $id) { variantPage(archived: $archived) { edges { node { name } } } } }';
  const { data } = await api.run(viewer, query, { id: projectId, archived });
  return data.project.variantPage.edges.map(({ node }: { node: { name: string } }) => node.name);
};

describe('a variant', () => {
  it('is a recipe of the catalogue with settings under a name, whole and with the hash that the command line prints', async () => {
    const { variant } = await saved('wide', ['model.latent=128', 'training.epochs=9']);
    const recipe = resolveRecipe('sample/ae', ['model.latent=128', 'training.epochs=9']);
    expect(variant).toMatchObject({ name: 'wide', runCount: 0, recipe: { name: 'sample/ae', hash: recipeHash(recipe), document: recipe } });
  });

  it('with the same content shares one recipe row', async () => {
    const [one, other] = [await saved('same a', ['model.latent=33']), await saved('same b', ['model.latent=33'])];
    expect(one.variant.id).not.toBe(other.variant.id);
    const rows = await api.db.recipe.count({ where: { projectId: own.project.id, hash: one.variant.recipe.hash } });
    expect(rows).toBe(1);
  });

  it('needs a recipe that can be used, and says at which option it cannot', async () => {
    const { issues } = await saved('broken', ['training.epochs=0', 'model.latent=x']);
    expect(issues.map(({ path }: { path: string }) => path).sort()).toEqual(['recipe.model.latent', 'recipe.training.epochs']);
    expect(issues[0].message).toContain('must be a whole number');
    expect((await saved('wide')).issues).toEqual([
      { path: 'name', message: 'The project has a variant named wide already; take another name.' },
    ]);
    expect((await saved('   ')).issues[0].path).toBe('name');
  });

  it('has a name as long as one that a training gives it, and can be renamed to it', async () => {
    const long = 'v'.repeat(120);
    const start = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { __typename } }`;
    const input = { datasetId: `dst_${own.dataset.id}`, recipe: { base: 'sample/ae' }, variantName: long, seed: 1 };
    expect((await api.run(engineer, start, { input })).data.startTraining.__typename).toBe('StartTrainingSuccess');
    const { id } = await api.db.variant.findFirstOrThrow({ where: { name: long } });
    const renamed = async (name: string) => (await api.run(engineer, rename, { input: { id: `var_${id}`, name } })).data.renameVariant;
    expect((await renamed('w'.repeat(120))).variant.name).toBe('w'.repeat(120));
    expect((await renamed('w'.repeat(121))).issues).toEqual([{ path: 'name' }]);
  });

  it('takes another recipe only until something is trained with it', async () => {
    const { variant } = await saved('draft', ['model.latent=20']);
    const changed = await saved('draft 2', ['model.latent=21'], variant.id);
    expect(changed.variant).toMatchObject({ id: variant.id, name: 'draft 2', recipe: { document: { model: { latent: 21 } } } });
    const used = await saved('other', ['model.latent=22'], `var_${own.variant.id}`);
    expect(used.issues[0]).toEqual({
      path: 'id',
      message: `A training run refers to ${own.variant.name}, so it keeps its recipe: save this one as a new variant.`,
    });
  });

  it('is deleted only while no run refers to it, and archived at any time', async () => {
    const { variant } = await saved('short-lived');
    expect((await api.run(engineer, remove, { id: variant.id })).data.deleteVariant).toEqual({
      __typename: 'DeleteVariantSuccess',
      id: variant.id,
    });
    const id = `var_${own.variant.id}`;
    const refused = await api.run(engineer, remove, { id });
    expect(refused.data.deleteVariant.issues[0].message).toBe(
      `A training run refers to ${own.variant.name}, so it stays: archive it instead.`,
    );
    await api.run(engineer, archive, { input: { id, archived: true } });
    expect(await names(false)).not.toContain(own.variant.name);
    expect(await names(true)).toEqual([own.variant.name]);
    expect((await api.run(viewer, 'query ($id: ID!) { variant(id: $id) { runCount } }', { id })).data.variant.runCount).toBe(1);
    await api.run(engineer, archive, { input: { id, archived: false } });
    expect(await names(true)).toEqual([]);
  });

  it('is renamed to a name that is free', async () => {
    const { variant } = await saved('before');
    expect((await api.run(engineer, rename, { input: { id: variant.id, name: 'after' } })).data.renameVariant.variant.name).toBe('after');
    const taken = await api.run(engineer, rename, { input: { id: variant.id, name: 'wide' } });
    expect(taken.data.renameVariant.issues).toEqual([{ path: 'name' }]);
  });
});

it('viewers look and do not change; strangers find nothing', async () => {
  const { variant } = await saved('guarded');
  const input = { projectId, name: 'mine', recipe: { base: 'ae' } };
  expect((await api.run(viewer, save, { input })).data.saveVariant.__typename).toBe('NotAllowed');
  expect((await api.run(stranger, save, { input })).data.saveVariant.__typename).toBe('NotFound');
  for (const [query, variables] of [
    [rename, { input: { id: variant.id, name: 'mine' } }],
    [archive, { input: { id: variant.id, archived: true } }],
    [remove, { id: variant.id }],
  ] as const) {
    const [viewed, foreign] = [await api.run(viewer, query, variables), await api.run(stranger, query, variables)];
    expect(Object.values(viewed.data as object)[0]).toMatchObject({ __typename: 'NotAllowed' });
    expect(Object.values(foreign.data as object)[0]).toMatchObject({ __typename: 'NotFound' });
  }
  const found = await api.run(stranger, 'query ($id: ID!) { variant(id: $id) { name } }', { id: variant.id });
  expect(found.data.variant).toBeNull();
  const elsewhere = await scenarios.queuedRun(api.db);
  const theirs = await createVariant(api.db, await api.db.recipe.findFirstOrThrow({ where: { projectId: elsewhere.project.id } }));
  expect((await saved('stolen', [], `var_${theirs.id}`)).__typename).toBe('NotFound');
});
