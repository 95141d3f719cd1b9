import { createDatasetVersion, type Prisma } from '@plumbline/prisma';
import { createRun, scenarios } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../testing/api.ts';
import { statementsOf } from '../testing/statements.ts';

const images = 10_000;
const evaluations = 4;
const rounds = 20;

let api: TestApi;
let cookie: string;
const ids: string[] = [];

/** Rows of as many images under four evaluations, with made-up scores: what is asked here is how many there may be, not what they say. */
beforeAll(async () => {
  api = await startApi();
  const { db } = api;
  const { dataset, variant, viewer } = await scenarios.evaluatedRun(db);
  // Rows by the ten thousand take as long as they take on a busy machine.
  const unhurried = <T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> =>
    db.$transaction(
      async (tx) => {
        await tx.$executeRaw`set local statement_timeout = 0`;
        return work(tx);
      },
      { timeout: 110_000 },
    );
  cookie = (await api.signedIn(viewer)).cookie;
  await unhurried(
    (tx) => tx.$executeRaw`
    insert into "Image" ("id", "datasetId", "sha256", "name", "split", "label", "maskSha256", "thumbnailSha256", "width", "height", "channels", "bitDepth", "bytes", "format")
    select gen_random_uuid(), ${dataset.id}::uuid, encode(sha256(('image' || n)::bytea), 'hex'), 'many-' || lpad(n::text, 5, '0') || '.png', 'test',
      case when n % 3 = 0 then 'scratch' else 'good' end, case when n % 3 = 0 then encode(sha256(('mask' || n)::bytea), 'hex') end,
      encode(sha256(('small' || n)::bytea), 'hex'), 144, 144, 1, 8, 9000, 'png'
    from generate_series(1, ${images}::int) as n`,
  );
  const version = await unhurried((tx) => createDatasetVersion(tx, dataset.id));
  for (let at = 0; at < evaluations; at++) {
    const run = await createRun(db, variant, version, { seed: 100 + at });
    const checkpoint = await db.checkpoint.create({ data: { runId: run.id, kind: 'best', epoch: 1, files: [], manifest: {} } });
    const { id } = await db.evaluation.create({
      data: { checkpointId: checkpoint.id, datasetVersionId: version.id, protocol: { split: 'test' } },
    });
    await unhurried(
      (tx) => tx.$executeRaw`
      insert into "Reconstruction" ("id", "evaluationId", "imageId", "inputSha256", "reconstructionSha256", "networkWidth", "networkHeight", "orientations")
      select gen_random_uuid(), ${id}::uuid, v."imageId", v."sha256", v."sha256", 102, 102, '{}'
      from "DatasetVersionImage" v where v."versionId" = ${version.id}::uuid and v."name" like 'many-%'`,
    );
    await unhurried(
      (tx) => tx.$executeRaw`
      insert into "ResidualMap" ("reconstructionId", "measure", "score", "minimum", "maximum", "mean", "p99")
      select r."id", m::"Measure", random(), random()::float4, random()::float4, random(), random()::float4
      from "Reconstruction" r cross join unnest(array['ssim', 'mse']) as m where r."evaluationId" = ${id}::uuid`,
    );
    for (const state of ['preparing', 'running', 'succeeded'] as const) await db.evaluation.update({ where: { id }, data: { state } });
    ids.push(`evl_${id}`);
  }
});
afterAll(() => api.stop());

const read = async (id: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${api.url}/files/evaluations/${id}/images.json`, { headers: { cookie, ...headers } });
  return Buffer.from(await answer.arrayBuffer());
};

it('ten thousand images under four evaluations are all in the answers, in a few statements each', async () => {
  const began = performance.now();
  let first: Buffer[] = [];
  const statements = await statementsOf(async () => {
    first = await Promise.all(ids.map((id) => read(id)));
  });
  const cold = performance.now() - began;
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(5 * evaluations);
  for (const body of first) {
    const { imageId, measures } = JSON.parse(body.toString()) as { imageId: string[]; measures: { mse: { p99: number[] } } };
    expect(new Set(imageId).size).toBe(images);
    expect(measures.mse.p99).toHaveLength(images);
  }
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const at = performance.now();
    await Promise.all(ids.map((id) => read(id)));
    times.push(performance.now() - at);
  }
  times.sort((a, b) => a - b);
  const share = (of: number): string => `${Math.round(times[Math.ceil(of * rounds) - 1]!)} ms`;
  // Figures, which judge nothing: the machine may be busy.
  process.stdout.write(
    `${evaluations} × ${images} images, read whole: first ${Math.round(cold)} ms, then median ${share(0.5)}, 95 % within ${share(0.95)}; ${(first[0]!.length / 1e6).toFixed(1)} MB of text each\n`,
  );
});
