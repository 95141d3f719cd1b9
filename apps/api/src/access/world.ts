import { encodeMaskPng, encodePng8 } from '@plumbline/ml/images';
import { resolveRecipe } from '@plumbline/ml/recipes';
import { createDatasetVersion, type Role, type User } from '@plumbline/prisma';
import {
  anySha256,
  createDataset,
  createImage,
  createMember,
  createRecipe,
  createRun,
  createTeam,
  createVariant,
  scenarios,
} from '@plumbline/prisma/testing';
import { randomUUID } from 'node:crypto';
import { hashOfSecret, newSecret } from '../modules/accounts/secrets.ts';
import type { TestApi } from '../testing/api.ts';

/** The columns of the table, in its order. */
export const columns = [
  'anonymous',
  'viewer',
  'engineer',
  'admin',
  'owner',
  'stranger',
  'expiredToken',
  'revokedSession',
  'readingToken',
] as const;
export type Column = (typeof columns)[number];

/** Somebody who asks. */
export interface Asker {
  readonly column: Column;
  readonly headers: Readonly<Record<string, string>>;
  /** Whose things are "my own" in the arguments: a stranger, and who is nobody, reach for the owner's. */
  readonly user: User;
}

/** One team with everything that can be asked for, and somebody for each column. */
export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld(api: TestApi) {
  const { db } = api;
  const { storage, jobs } = api.server.platform;
  const own = await scenarios.evaluatedRun(db, { document: resolveRecipe('ae') });
  const foreign = await scenarios.teamWithProject(db);
  const worker = await db.worker.create({ data: { name: 'worker 1', pid: 1 } });
  const imported = await db.datasetImport.create({ data: { datasetId: own.dataset.id, source: 'a.zip', files: [], state: 'succeeded' } });

  const experiment = async (): Promise<string> => {
    const { id } = await db.experiment.create({
      data: { projectId: own.project.id, name: 'An experiment', clientKey: randomUUID(), seeds: [1] },
    });
    return id;
  };

  const comparison = async (data: { deletedAt?: Date } = {}): Promise<string> => {
    const evaluations = { create: [{ evaluationId: own.evaluation.id, position: 0 }] };
    return (await db.comparison.create({ data: { projectId: own.project.id, name: 'A comparison', evaluations, ...data } })).id;
  };

  const comment = async (author: User): Promise<string> => {
    const place = { projectId: own.project.id, evaluationId: own.evaluation.id };
    return (await db.comment.create({ data: { ...place, body: 'Look here.', authorId: author.id } })).id;
  };

  // Files that are really there.
  const data = Float32Array.from({ length: 32 * 32 }, (_, i) => (i % 256) / 255);
  const png = await storage.put(await encodePng8({ width: 32, height: 32, channels: 1, data }));
  const [reconstruction] = own.reconstructions;
  if (!reconstruction) throw new Error('The scenario has no reconstruction.');
  const pictures = { inputSha256: png.sha256, reconstructionSha256: png.sha256 };
  await db.reconstruction.updateMany({ where: { evaluationId: own.evaluation.id }, data: pictures });
  await db.checkpoint.update({ where: { id: own.checkpoint.id }, data: { files: [{ name: 'manifest.json', ...png }] } });
  const files = { sha256: png.sha256, thumbnailSha256: png.sha256, maskSha256: png.sha256 };
  const image = await db.image.update({ where: { id: reconstruction.imageId }, data: { ...files, width: 32, height: 32 } });
  const version = await createDatasetVersion(db, own.dataset.id);
  await db.runPreview.create({ data: { runId: own.run.id, imageId: image.id, epoch: 1, sha256: png.sha256 } });
  const maskPng = (await encodeMaskPng({ width: 64, height: 64, data: new Uint8Array(64 * 64).fill(1) })).toString('base64');

  const session = async (user: User) => ({ cookie: (await api.signedIn(user)).cookie });
  const ended = await api.signedIn(own.owner);
  await db.session.update({ where: { id: ended.sessionId }, data: { revokedAt: new Date() } });
  const expired = { expiresAt: new Date(Date.now() - 1000), scopes: ['read' as const, 'write' as const] };

  const { owner } = own;
  const askers: readonly Asker[] = [
    { column: 'anonymous', headers: {}, user: owner },
    ...(await Promise.all(
      (['viewer', 'engineer', 'admin', 'owner'] satisfies Role[]).map(async (column) => ({
        column,
        headers: await session(own[column]),
        user: own[column],
      })),
    )),
    { column: 'stranger', headers: await session(foreign.owner), user: owner },
    { column: 'expiredToken', headers: (await api.tokenOf(owner, own.team, expired)).headers, user: owner },
    { column: 'revokedSession', headers: { cookie: ended.cookie }, user: owner },
    { column: 'readingToken', headers: (await api.tokenOf(owner, own.team)).headers, user: owner },
  ];

  /** An upload of the asker's; for who may not upload, one that is not there. */
  const upload = async ({ headers }: Asker): Promise<string> => {
    const answer = await fetch(`${api.url}/uploads`, {
      method: 'POST',
      headers: { ...headers, ...tus, 'upload-length': '4', 'content-type': 'application/offset+octet-stream' },
      body: 'four',
    });
    return answer.headers.get('location')?.split('/').pop() ?? `${own.owner.id}.${'0'.repeat(32)}`;
  };

  /** Somebody's upload of which all but the end has come. */
  const ownersUpload = async (): Promise<string> => {
    const headers = { ...askers.find(({ column }) => column === 'owner')?.headers, ...tus, 'upload-length': '4' };
    const answer = await fetch(`${api.url}/uploads`, { method: 'POST', headers });
    return answer.headers.get('location')?.split('/').pop() ?? '';
  };

  const queued = async (data: { experimentId?: string }) => {
    const run = await createRun(db, own.variant, own.version, data);
    await db.$transaction((tx) => jobs.enqueue('training', { trainingRunId: run.id }, { tx }));
    return run;
  };

  return {
    api,
    own,
    askers,
    maskPng,
    sha256: png.sha256,
    ownersUpload,
    ids: {
      User: `usr_${own.engineer.id}`,
      Team: `team_${own.team.id}`,
      Project: `prj_${own.project.id}`,
      Dataset: `dst_${own.dataset.id}`,
      Image: `img_${image.id}`,
      DatasetVersion: `dsv_${version.id}`,
      DatasetImport: `imp_${imported.id}`,
      Recipe: `rcp_${own.run.recipeId}`,
      Variant: `var_${own.variant.id}`,
      TrainingRun: `run_${own.run.id}`,
      Checkpoint: `chk_${own.checkpoint.id}`,
      Worker: `wrk_${worker.id}`,
      Experiment: `exp_${await experiment()}`,
      Evaluation: `evl_${own.evaluation.id}`,
      Reconstruction: `rec_${reconstruction.id}`,
      Comparison: `cmp_${await comparison()}`,
      Comment: `cmt_${await comment(own.engineer)}`,
    },
    /** Things of the team that are there to be changed: a new one for every cell. */
    fresh: {
      dataset: async (data: { deletedAt?: Date } = {}) => {
        const { id, name } = await createDataset(db, own.project, data);
        return { id: `dst_${id}`, name };
      },
      comment: async ({ user }: Asker) => `cmt_${await comment(user)}`,
      edit: async () => `edt_${(await db.datasetEdit.create({ data: { datasetId: own.dataset.id, changes: [] } })).id}`,
      image: async () => `img_${(await createImage(db, own.dataset)).id}`,
      variant: async () => `var_${(await createVariant(db, await createRecipe(db, own.project))).id}`,
      experiment: async () => {
        const experimentId = await experiment();
        await queued({ experimentId });
        return `exp_${experimentId}`;
      },
      run: async ({ paused = false } = {}) => {
        const run = await queued({});
        if (paused) await db.trainingRun.update({ where: { id: run.id }, data: { state: 'paused' } });
        return `run_${run.id}`;
      },
      view: async ({ user }: Asker, data: { deletedAt?: Date } = {}) => {
        const row = { projectId: own.project.id, userId: user.id, name: randomUUID(), query: 'state=failed' };
        return `rvw_${(await db.runView.create({ data: { ...row, ...data } })).id}`;
      },
      webhook: async () => {
        const row = { teamId: own.team.id, url: 'https://example.org/hook', events: ['runFailed' as const], secret: 'whsec_x' };
        return `whk_${(await db.webhook.create({ data: row })).id}`;
      },
      evaluation: async () => {
        const key = { checkpointId: own.checkpoint.id, datasetVersionId: own.version.id };
        const { id } = await db.evaluation.create({ data: { ...key, protocol: { split: 'test', name: randomUUID() } } });
        return `evl_${id}`;
      },
      invitation: async (team: { readonly id: string } = own.team) => {
        const secret = newSecret();
        const row = {
          teamId: team.id,
          role: 'viewer' as const,
          secretHash: hashOfSecret(secret),
          expiresAt: new Date(Date.now() + 3600_000),
        };
        const { id } = await db.invitation.create({ data: row });
        return { id: `inv_${id}`, secret };
      },
      comparison: async (data: { deletedAt?: Date } = {}) => `cmp_${await comparison(data)}`,
      shareLink: async () => {
        const secret = newSecret();
        const row = { comparisonId: await comparison(), secretHash: hashOfSecret(secret), expiresAt: new Date(Date.now() + 3600_000) };
        return { id: `shr_${(await db.shareLink.create({ data: row })).id}`, secret };
      },
      team: () => createTeam(db),
      member: async () => `usr_${(await createMember(db, own.team, 'engineer')).id}`,
      /** A team that the asker may leave, since it has another owner. */
      teamOf: async ({ user, column }: Asker) => {
        const team = await createTeam(db);
        await createMember(db, team, 'owner');
        if (column !== 'stranger') await db.member.create({ data: { teamId: team.id, userId: user.id, role: 'viewer' } });
        // The asker's roles are believed for a few seconds.
        api.server.platform.sessions.forgetAll();
        return `team_${team.id}`;
      },
      session: async ({ user }: Asker) => `ses_${(await api.signedIn(user)).sessionId}`,
      identity: async ({ user }: Asker) => {
        const issuer = `https://${randomUUID()}.example.org`;
        return `idn_${(await db.identity.create({ data: { userId: user.id, issuer, subject: 'x', email: user.email } })).id}`;
      },
      token: async ({ user }: Asker) => `tok_${(await api.tokenOf(user, own.team)).id}`,
      upload,
      name: () => `Name ${anySha256(randomUUID()).slice(0, 8)}`,
    },
  };
}

export const tus = { 'tus-resumable': '1.0.0' };
