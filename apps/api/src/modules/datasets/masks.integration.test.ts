import { readFile } from 'node:fs/promises';
import { decodeMask, encodeMaskPng, readPng8 } from '@plumbline/ml/images';
import { encodeMaskBits } from '@plumbline/ml/images/mask-bits';
import { createDatasetVersion, type Image } from '@plumbline/prisma';
import { createImage, scenarios, type DatasetWithImages, type TeamWithProject } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../testing/api.ts';

const save = `mutation ($input: SaveMaskInput!) { saveMask(input: $input) {
  __typename ... on SaveMaskSuccess { image { label split hasMask maskSha256 maskUrl } } ... on InvalidInput { issues { path message } } } }`;

let api: TestApi;
let team: TeamWithProject;
let own: DatasetWithImages;
let engineer: string;
let viewer: string;
let stranger: string;

beforeAll(async () => {
  api = await startApi();
  team = await scenarios.teamWithProject(api.db);
  own = await scenarios.datasetWithImages(api.db, team.project);
  engineer = (await api.signedIn(team.engineer)).cookie;
  viewer = (await api.signedIn(team.viewer)).cookie;
  stranger = (await api.signedIn((await scenarios.teamWithProject(api.db)).owner)).cookie;
});
afterAll(() => api.stop());

/** A mask of single pixels, lines and a filled part: nothing that a filter could leave as it is by chance. */
function drawing(width = 64, height = 64): { width: number; height: number; data: Uint8Array } {
  const data = Uint8Array.from({ length: width * height }, (_, i) => ((i * 7919) % 11 === 0 || (i % width > 40 && i / width > 40) ? 1 : 0));
  return { width, height, data };
}
const png = async (mask = drawing()) => (await encodeMaskPng(mask)).toString('base64');
const run = async (cookie: string, input: object) => (await api.run(cookie, save, { input })).data.saveMask;
const imageId = (image: Pick<Image, 'id'>) => `img_${image.id}`;
const defective = async () => createImage(api.db, own.dataset, { split: 'test', label: 'scratch' });
const fetched = async (url: string, cookie = viewer) => fetch(`${api.url}${url}`, { headers: { cookie } });

describe('a drawn mask', () => {
  it('is stored pixel by pixel as it was drawn, as 0 and 255 at the size of its image', async () => {
    const image = await defective();
    const mask = drawing();
    const bits = Buffer.from(await encodeMaskBits(mask));
    const { image: saved } = await run(engineer, { imageId: imageId(image), png: bits.toString('base64') });
    expect(saved).toMatchObject({ hasMask: true, label: 'scratch', split: 'test' });
    const answer = await fetched(saved.maskUrl);
    const bytes = Buffer.from(await answer.arrayBuffer());
    // Width, height, bit depth and colour type of the PNG's header.
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[24], bytes[25]]).toEqual([64, 64, 8, 0]);
    const { data } = await readPng8(bytes);
    expect([...data]).toEqual([...mask.data]);
    const onDisk = await readFile(await api.server.platform.storage.localPath(saved.maskSha256));
    expect(onDisk.equals(bytes)).toBe(true);
  });

  it('must be a picture of the image’s own size with values above 127', async () => {
    const image = await defective();
    const small = await run(engineer, { imageId: imageId(image), png: await png(drawing(32, 64)) });
    expect(small.issues).toEqual([{ path: 'png', message: "The mask is 32 × 64 px, its image 64 × 64; draw it at the image's size." }]);
    expect((await run(engineer, { imageId: imageId(image), png: 'bm90IGEgcGljdHVyZQ==' })).issues[0].path).toBe('png');
    expect((await run(engineer, { imageId: imageId(image), png: '<svg/>' })).issues[0].message).toContain('not base64');
    expect((await api.db.image.findUniqueOrThrow({ where: { id: image.id } })).maskSha256).toBeNull();
  });

  it('of a good image asks which defect it shows, and moves the image to test', async () => {
    const image = await createImage(api.db, own.dataset);
    const asked = await run(engineer, { imageId: imageId(image), png: await png() });
    expect(asked.issues[0]).toMatchObject({ path: 'label', message: expect.stringContaining('say which defect') });
    expect((await run(engineer, { imageId: imageId(image), png: await png(), label: 'Good' })).issues[0].path).toBe('label');
    const { image: saved } = await run(engineer, { imageId: imageId(image), png: await png(), label: 'dent' });
    expect(saved).toMatchObject({ label: 'dent', split: 'test', hasMask: true });
  });

  it('without a set pixel takes the mask away and leaves the label', async () => {
    const image = await defective();
    const { image: first } = await run(engineer, { imageId: imageId(image), png: await png() });
    const empty = await png({ ...drawing(), data: new Uint8Array(64 * 64) });
    const { image: cleared } = await run(engineer, { imageId: imageId(image), png: empty, replaces: first.maskSha256 });
    expect(cleared).toMatchObject({ hasMask: false, maskUrl: null, label: 'scratch' });
    // Its file goes once no frozen version has it any more.
    expect(await api.db.discardedFile.findUnique({ where: { address: first.maskSha256 } })).not.toBeNull();
  });

  it('does not silently replace what somebody else drew meanwhile', async () => {
    const image = await defective();
    const { image: theirs } = await run(engineer, { imageId: imageId(image), png: await png() });
    const other = await png({ ...drawing(), data: drawing().data.map((value) => 1 - value) });
    expect((await run(engineer, { imageId: imageId(image), png: other })).issues[0].path).toBe('replaces');
    expect((await run(engineer, { imageId: imageId(image), png: other, replaces: theirs.maskSha256 })).__typename).toBe('SaveMaskSuccess');
  });

  it('renames an image whose name without extension is taken where it goes, and asks for a look at leaks there', async () => {
    const { dataset } = await scenarios.datasetWithImages(api.db, team.project);
    await createImage(api.db, dataset, { split: 'test', label: 'dent', name: 'here.png' });
    const image = await createImage(api.db, dataset, { name: 'here.jpg' });
    const saved = await run(engineer, { imageId: imageId(image), png: await png(), label: 'dent' });
    expect(saved.image).toMatchObject({ label: 'dent', split: 'test' });
    expect((await api.db.image.findUniqueOrThrow({ where: { id: image.id } })).name).toBe('here_train.jpg');
    const checks = () => api.db.leakCheck.findMany({ where: { datasetId: dataset.id } });
    expect(await checks()).toMatchObject([{ state: 'queued' }]);
    expect(await api.server.platform.jobs.stateOf('leakCheck', (await checks())[0]!.id)).toBe('created');
    await api.db.leakCheck.deleteMany({ where: { datasetId: dataset.id } });
    await run(engineer, {
      imageId: imageId(image),
      png: await png({ ...drawing(), data: new Uint8Array(64 * 64) }),
      replaces: saved.image.maskSha256,
    });
    expect(await checks()).toEqual([]);
  });

  it('moves nothing while an import goes on, whose names it does not know', async () => {
    const { dataset, images } = await scenarios.datasetWithImages(api.db, team.project);
    await api.db.datasetImport.create({ data: { datasetId: dataset.id, source: 'a.zip', files: [] } });
    const [good, defect] = [images[0]!, images.at(-1)!];
    const moving = await run(engineer, { imageId: imageId(good), png: await png(), label: 'dent' });
    expect(moving.issues[0]).toEqual({ path: 'imageId', message: expect.stringMatching(/^An import into .* is going on/) });
    const staying = await run(engineer, { imageId: imageId(defect), png: await png(), replaces: defect.maskSha256 });
    expect(staying.__typename).toBe('SaveMaskSuccess');
  });

  it('asks again for the defect where somebody else labels the image good at the same time', async () => {
    const image = await defective();
    let saving: ReturnType<typeof run> | undefined;
    await api.db.$transaction(async (tx) => {
      await tx.$queryRaw`select 1 as held from "Dataset" where "id" = ${own.dataset.id}::uuid for update`;
      saving = run(engineer, { imageId: imageId(image), png: await png() });
      // Long enough for it to have read the image.
      await new Promise((done) => setTimeout(done, 1000));
      await tx.image.update({ where: { id: image.id }, data: { label: 'good', split: 'train' } });
    });
    expect((await saving!).issues[0]).toMatchObject({ path: 'label', message: expect.stringContaining('say which defect') });
    expect(await api.db.image.findUniqueOrThrow({ where: { id: image.id } })).toMatchObject({
      label: 'good',
      split: 'train',
      maskSha256: null,
    });
  });

  it('is drawn by engineers, seen by viewers, and unknown to strangers', async () => {
    const image = await defective();
    const input = { imageId: imageId(image), png: await png() };
    expect((await run(viewer, input)).__typename).toBe('NotAllowed');
    expect((await run(stranger, input)).__typename).toBe('NotFound');
  });
});

describe('versions of a dataset', () => {
  const query = `query ($id: ID!, $from: ID!, $to: ID, $kind: ImageChangeKind, $first: Int, $after: String) { dataset(id: $id) { difference(from: $from, to: $to) {
    counts { added removed moved relabelled masked renamed unchanged }
    changes(first: $first, after: $after, kind: $kind) { totalCount pageInfo { hasNextPage endCursor } edges { node { kinds thumbnailUrl before { name split label maskUrl } after { name split label maskUrl } } } } } } }`;

  it('keep the mask that they froze, and a difference tells what became of every image', async () => {
    const { dataset, images } = await scenarios.datasetWithImages(api.db, team.project);
    const [first, second, third] = images as [Image, Image, Image];
    const outlined = images.at(-1)!;
    const plain = images.at(-2)!;
    // The scenario's masks are addresses alone; the one that is looked at is a real file.
    const old = await api.server.platform.storage.put(await encodeMaskPng(drawing()));
    await api.db.image.update({ where: { id: outlined.id }, data: { maskSha256: old.sha256 } });
    const before = await createDatasetVersion(api.db, dataset.id);

    const inverted = { ...drawing(), data: drawing().data.map((value) => 1 - value) };
    await run(engineer, { imageId: imageId(outlined), png: await png(inverted), replaces: old.sha256 });
    await api.db.image.update({ where: { id: first.id }, data: { split: 'validation' } });
    await api.db.image.update({ where: { id: second.id }, data: { split: 'test', label: 'dent' } });
    await api.db.image.update({ where: { id: third.id }, data: { name: 'renamed.png' } });
    const added = await createImage(api.db, dataset, { name: 'new.png' });
    const after = await createDatasetVersion(api.db, dataset.id);
    expect(after.number).toBe(2);

    const ids = { id: `dst_${dataset.id}`, from: `dsv_${before.id}`, to: `dsv_${after.id}` };
    const { data, errors } = await api.run(viewer, query, ids);
    expect(errors).toBeUndefined();
    const { counts, changes } = data.dataset.difference;
    expect(counts).toEqual({ added: 1, removed: 0, moved: 2, relabelled: 1, masked: 1, renamed: 1, unchanged: images.length - 4 });
    expect(changes.totalCount).toBe(5);
    const of = (name: string) => changes.edges.find(({ node }: { node: { after: { name: string } } }) => node.after.name === name).node;
    expect(of(added.name)).toMatchObject({ kinds: ['added'], before: null });
    expect(of('renamed.png')).toMatchObject({ kinds: ['renamed'], before: { name: third.name } });
    const masked = changes.edges
      .map(({ node }: { node: { kinds: string[] } }) => node)
      .find(({ kinds }: { kinds: string[] }) => kinds.includes('masked'));
    for (const [state, expected] of [
      [masked.before, drawing()],
      [masked.after, inverted],
    ] as const) {
      const bytes = Buffer.from(await (await fetched(state.maskUrl)).arrayBuffer());
      expect((await decodeMask(bytes)).data).toEqual(expected.data);
      expect((await fetched(state.maskUrl, stranger)).status).toBe(404);
    }
    expect(plain.maskSha256).not.toBeNull();

    const reversed = await api.run(viewer, query, { ...ids, from: ids.to, to: ids.from });
    expect(reversed.data.dataset.difference.counts).toMatchObject({ added: 0, removed: 1, moved: 2 });
    const now = await api.run(viewer, query, { id: ids.id, from: ids.to });
    expect(now.data.dataset.difference.counts).toMatchObject({ added: 0, removed: 0, unchanged: images.length + 1 });
    const moved = await api.run(viewer, query, { ...ids, kind: 'moved', first: 1 });
    expect(moved.data.dataset.difference.changes).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const rest = await api.run(viewer, query, {
      ...ids,
      kind: 'moved',
      first: 1,
      after: moved.data.dataset.difference.changes.pageInfo.endCursor,
    });
    expect(rest.data.dataset.difference.changes).toMatchObject({ pageInfo: { hasNextPage: false }, edges: [{ node: {} }] });
    expect(rest.data.dataset.difference.changes.edges).not.toEqual(moved.data.dataset.difference.changes.edges);
  });

  it('of another dataset are none of this one', async () => {
    const other = await scenarios.datasetWithImages(api.db, team.project);
    const version = await createDatasetVersion(api.db, other.dataset.id);
    const { data } = await api.run(viewer, query, { id: `dst_${own.dataset.id}`, from: `dsv_${version.id}` });
    expect(data.dataset.difference).toBeNull();
  });
});
