import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatasetVersion, EmptyDatasetError, RunState } from './index.ts';
import { createDataset, createImage, createUser, scenarios, testDatabase, type MigratedDatabase } from './testing.ts';

let database: MigratedDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

describe('a TrainingRun in the database', () => {
  it('cannot begin in any state but queued', async () => {
    const { run } = await scenarios.queuedRun(database.prisma);
    const { id: _id, engine: _engine, ...data } = run;
    for (const state of Object.values(RunState)) {
      const made = database.prisma.trainingRun.create({ data: { ...data, state } });
      if (state === 'queued') await expect(made).resolves.toMatchObject({ state });
      else await expect(made).rejects.toThrow(/begins as queued/);
    }
  });

  it('takes exactly the transitions of the state table', async () => {
    const { prisma } = database;
    const allowed = new Set((await prisma.runTransition.findMany()).map((row) => `${row.from} → ${row.to}`));
    const waysTo: Record<RunState, RunState[]> = {
      queued: [],
      preparing: ['preparing'],
      running: ['preparing', 'running'],
      succeeded: ['preparing', 'running', 'succeeded'],
      failed: ['failed'],
      cancelled: ['cancelled'],
      paused: ['paused'],
    };
    const { run } = await scenarios.queuedRun(prisma);
    const { id: _id, engine: _engine, ...data } = run;
    for (const from of Object.values(RunState))
      for (const to of Object.values(RunState)) {
        if (from === to) continue;
        const { id } = await prisma.trainingRun.create({ data });
        for (const state of waysTo[from]) await prisma.trainingRun.update({ where: { id }, data: { state } });
        const step = prisma.trainingRun.update({ where: { id }, data: { state: to } });
        if (allowed.has(`${from} → ${to}`)) await expect(step).resolves.toMatchObject({ state: to });
        else await expect(step, `${from} → ${to}`).rejects.toThrow(`cannot go from ${from} to ${to}`);
      }
    expect(allowed.size).toBe(17);
  });

  it('does not change once finished, except for bookkeeping, and its attempt never goes back', async () => {
    const { run } = await scenarios.evaluatedRun(database.prisma);
    const change = (data: object) => database.prisma.trainingRun.update({ where: { id: run.id }, data });
    await expect(change({ trainLoss: 1 })).rejects.toThrow(/is succeeded and does not change any more/);
    await expect(change({ attempt: 2, heartbeatAt: new Date() })).resolves.toMatchObject({ attempt: 2 });
    await expect(change({ attempt: 1 })).rejects.toThrow(/attempt 1 cannot follow attempt 2/);
  });
});

describe('what a result depends on', () => {
  it('cannot be changed: recipe, dataset version and its images', async () => {
    const { variant, version } = await scenarios.queuedRun(database.prisma);
    const frozen = /never changes/;
    await expect(database.prisma.recipe.update({ where: { id: variant.recipeId }, data: { document: { other: true } } })).rejects.toThrow(
      frozen,
    );
    await expect(database.prisma.datasetVersion.update({ where: { id: version.id }, data: { imageCount: 0 } })).rejects.toThrow(frozen);
    await expect(
      database.prisma.datasetVersionImage.updateMany({ where: { versionId: version.id }, data: { label: 'x' } }),
    ).rejects.toThrow(frozen);
  });
});

describe('createDatasetVersion', () => {
  it('numbers versions, holds every image as it was, and gives the same version for the same content', async () => {
    const { prisma } = database;
    const { project } = await scenarios.teamWithProject(prisma);
    const { dataset, images } = await scenarios.datasetWithImages(prisma, project);
    const snapshot = () => prisma.$transaction((tx) => createDatasetVersion(tx, dataset.id));
    const first = await snapshot();
    expect(first).toMatchObject({ number: 1, imageCount: images.length });
    expect(await snapshot()).toEqual(first);
    const changed = images.find((image) => image.label === 'scratch')!;
    await prisma.image.update({ where: { id: changed.id }, data: { maskSha256: null } });
    const second = await snapshot();
    expect(second).toMatchObject({ number: 2 });
    const frozen = await prisma.datasetVersionImage.findMany({ where: { imageId: changed.id }, orderBy: { version: { number: 'asc' } } });
    expect(frozen.map((row) => row.maskSha256)).toEqual([changed.maskSha256, null]);
    await prisma.image.update({ where: { id: changed.id }, data: { maskSha256: changed.maskSha256 } });
    expect(await snapshot()).toEqual(first);
  });

  it('gives two snapshots taken at once one number each, or the same version', async () => {
    const { prisma } = database;
    const { project } = await scenarios.teamWithProject(prisma);
    const { dataset } = await scenarios.datasetWithImages(prisma, project);
    const made = await Promise.all([1, 2, 3].map(() => prisma.$transaction((tx) => createDatasetVersion(tx, dataset.id))));
    expect(new Set(made.map((version) => version.id)).size).toBe(1);
  });

  it('refuses an empty dataset, and freezes 10,000 images within 4 s', async () => {
    const { prisma } = database;
    const { project } = await scenarios.teamWithProject(prisma);
    const dataset = await createDataset(prisma, project);
    await expect(prisma.$transaction((tx) => createDatasetVersion(tx, dataset.id))).rejects.toThrow(EmptyDatasetError);
    const { id: _id, ...image } = await createImage(prisma, dataset);
    const rows = Array.from({ length: 9999 }, (_, i) => ({ ...image, name: `${i}.png`, sha256: i.toString(16).padStart(64, '0') }));
    for (let i = 0; i < rows.length; i += 1000) await prisma.image.createMany({ data: rows.slice(i, i + 1000) });
    const before = performance.now();
    const version = await prisma.$transaction((tx) => createDatasetVersion(tx, dataset.id));
    expect(performance.now() - before).toBeLessThan(4000);
    expect(await prisma.datasetVersionImage.count({ where: { versionId: version.id } })).toBe(10_000);
  });
});

describe('a User', () => {
  it('cannot have an e-mail address with capitals, so that one address is one person', async () => {
    await expect(createUser(database.prisma, { email: 'Ada@example.org' })).rejects.toThrow(/User_email_lower_case/);
  });
});
