import type { Asker, World } from './world.ts';

/**
 * Who may do what: a row for every field of Query, Mutation and Subscription, for every Node by its id, and for every HTTP route; a test asks
 * every cell of the running API. Letters, in the order of the columns: anonymous, viewer, engineer, admin, owner, stranger (the owner of another
 * team), expired token (the owner's), revoked session (the owner's), reading token (the owner's).
 *   Y  done, or seen      !  may, but what was given is wrong      N  told that the role or the token does not allow it      0  told that there is no such thing      -  told to sign in
 */

type Arguments = (world: World, asker: Asker) => object | Promise<object>;
type Address = (world: World, asker: Asker) => string | Promise<string>;

const read = '-YYYY0--Y';
const everybodySignedIn = '-YYYYY--Y';
const engineers = '-NYYY0--N';
const admins = '-NNYY0--N';
/** Of admins and owners, but not by an API token of theirs. */
const manages = '-NNYY0--N';
const inPerson = '-YYYY0--N';
const everybodyInPerson = '-YYYYY--N';
/** Views that everybody saves for themselves. */
const ownViews = '-YYYY0--N';

export const fields: Readonly<Record<string, readonly [string, Arguments]>> = {
  'Query.comparedEvaluations': [read, ({ ids }) => ({ input: { projectId: ids.Project, evaluationIds: [ids.Evaluation] } })],
  'Query.comparison': [read, ({ ids }) => ({ id: ids.Comparison })],
  'Query.dataset': [read, ({ ids }) => ({ id: ids.Dataset })],
  'Query.evaluation': [read, ({ ids }) => ({ id: ids.Evaluation })],
  'Query.experiment': [read, ({ ids }) => ({ id: ids.Experiment })],
  'Query.experimentEstimate': ['-N!!!0--N', ({ ids }) => ({ input: plan(ids) })],
  // A link opens what its maker may see at the moment when it is used.
  'Query.fileLink': [everybodySignedIn, ({ ids }) => ({ url: `/files/images/${ids.Image}/original` })],
  'Query.imageEditPreview': [engineers, async ({ ids, fresh }) => ({ input: relabelled(ids.Dataset, await fresh.image()) })],
  'Query.invitationOffer': ['YYYYYYYYY', async ({ fresh }) => ({ secret: (await fresh.invitation()).secret })],
  'Query.me': ['0YYYYY00Y', () => ({})],
  'Query.notifications': [everybodyInPerson, () => ({})],
  'Query.node': [read, ({ ids }) => ({ id: ids.Team })],
  'Query.project': [read, ({ ids }) => ({ id: ids.Project })],
  'Query.queueLanes': [everybodySignedIn, () => ({})],
  'Query.recipeCatalogue': [everybodySignedIn, () => ({})],
  'Query.reconstruction': [read, ({ ids }) => ({ id: ids.Reconstruction })],
  'Query.resolveRecipe': [everybodySignedIn, () => ({ base: 'ae' })],
  'Query.setup': ['YYYYYYYYY', () => ({})],
  // A link shows what it was made for to whoever has it.
  'Query.sharedComparison': ['YYYYYYYYY', async ({ fresh }) => ({ secret: (await fresh.shareLink()).secret })],
  'Query.trainingRun': [read, ({ ids }) => ({ id: ids.TrainingRun })],
  'Query.unreadNotificationCount': [everybodyInPerson, () => ({})],
  'Query.variant': [read, ({ ids }) => ({ id: ids.Variant })],
  'Query.webhook': ['-NNYY0--Y', async ({ fresh }) => ({ id: await fresh.webhook() })],
  'Query.workers': [everybodySignedIn, () => ({})],

  'Mutation.acceptInvitation': ['-YYYYY--N', async ({ fresh }) => ({ secret: (await fresh.invitation(await fresh.team())).secret })],
  'Mutation.addComment': [engineers, ({ ids }) => ({ input: { reconstructionId: ids.Reconstruction, body: 'Here.' } })],
  'Mutation.archiveVariant': [engineers, async ({ fresh }) => ({ input: { id: await fresh.variant(), archived: true } })],
  'Mutation.cancelEvaluation': [engineers, async ({ fresh }) => ({ id: await fresh.evaluation() })],
  'Mutation.cancelTraining': [engineers, async ({ fresh }) => ({ id: await fresh.run() })],
  'Mutation.changeComparison': [engineers, async ({ fresh }) => ({ input: { id: await fresh.comparison(), name: fresh.name() } })],
  'Mutation.changeMemberRole': [
    manages,
    async ({ ids, fresh }) => ({ input: { teamId: ids.Team, userId: await fresh.member(), role: 'viewer' } }),
  ],
  'Mutation.changePassword': ['-!!!!!--N', ({ fresh }) => ({ input: { current: fresh.name(), password: anybody.password } })],
  'Mutation.changeRunView': [ownViews, async ({ fresh }, asker) => ({ input: { id: await fresh.view(asker), name: fresh.name() } })],
  'Mutation.changeWebhook': [manages, async ({ fresh }) => ({ input: { id: await fresh.webhook(), enabled: false } })],
  'Mutation.checkLeaks': [engineers, ({ ids }) => ({ input: { datasetId: ids.Dataset, distance: 3 } })],
  'Mutation.continueTraining': ['-N!!!0--N', async ({ fresh }) => ({ id: await fresh.run() })],
  'Mutation.controlExperiment': [engineers, async ({ fresh }) => ({ id: await fresh.experiment(), act: 'cancel' })],
  'Mutation.controlTrainings': [engineers, async ({ fresh }) => ({ input: { ids: [await fresh.run()], act: 'cancel' } })],
  'Mutation.createAccount': ['NNNNNNNNN', ({ fresh }) => ({ input: { ...anybody, secret: fresh.name() } })],
  'Mutation.createApiToken': [inPerson, ({ ids }) => ({ input: { teamId: ids.Team, name: 'Mine', scopes: ['read'] } })],
  'Mutation.createDataset': [engineers, ({ ids, fresh }) => ({ input: { projectId: ids.Project, name: fresh.name() } })],
  'Mutation.createExperiment': [engineers, ({ ids, fresh }) => ({ input: { ...plan(ids), name: fresh.name(), clientKey: fresh.name() } })],
  'Mutation.createFirstOwner': ['NNNNNNNNN', ({ fresh }) => ({ input: { ...anybody, token: 'guessed', teamName: fresh.name() } })],
  'Mutation.createInvitation': [manages, ({ ids }) => ({ input: { teamId: ids.Team, role: 'viewer', days: 7 } })],
  'Mutation.createProject': [admins, ({ ids, fresh }) => ({ input: { teamId: ids.Team, name: fresh.name() } })],
  'Mutation.createShareLink': [engineers, ({ ids }) => ({ input: { comparisonId: ids.Comparison, days: 7 } })],
  'Mutation.createTeam': ['-NNYYY--N', ({ fresh }) => ({ input: { name: fresh.name() } })],
  'Mutation.createWebhook': [
    manages,
    ({ ids }) => ({ input: { teamId: ids.Team, url: 'https://example.org/hook', events: ['runFailed'] } }),
  ],
  'Mutation.deleteComparison': [engineers, async ({ fresh }) => ({ id: await fresh.comparison() })],
  'Mutation.deleteComment': [engineers, async ({ fresh }, asker) => ({ id: await fresh.comment(asker) })],
  'Mutation.deleteDataset': [admins, async ({ fresh }) => ({ input: confirmed(await fresh.dataset()) })],
  'Mutation.deleteEvaluation': ['-N!!!0--N', async ({ fresh }) => ({ id: await fresh.evaluation() })],
  'Mutation.deleteRunView': [ownViews, async ({ fresh }, asker) => ({ id: await fresh.view(asker) })],
  'Mutation.deleteVariant': [engineers, async ({ fresh }) => ({ id: await fresh.variant() })],
  'Mutation.deleteWebhook': [manages, async ({ fresh }) => ({ id: await fresh.webhook() })],
  // Workers belong to no team.
  'Mutation.drainWorker': ['-NNYYY--N', ({ ids }) => ({ id: ids.Worker, draining: true })],
  'Mutation.editComment': [engineers, async ({ fresh }, asker) => ({ input: { id: await fresh.comment(asker), body: 'There.' } })],
  'Mutation.editImages': [engineers, async ({ ids, fresh }) => ({ input: relabelled(ids.Dataset, await fresh.image()) })],
  'Mutation.leaveTeam': [inPerson, async ({ fresh }, asker) => ({ id: await fresh.teamOf(asker) })],
  'Mutation.markNotifications': [everybodyInPerson, () => ({ read: true })],
  'Mutation.pauseTraining': [engineers, async ({ fresh }) => ({ id: await fresh.run() })],
  'Mutation.removeMember': [manages, async ({ ids, fresh }) => ({ input: { teamId: ids.Team, userId: await fresh.member() } })],
  'Mutation.renameDataset': [engineers, async ({ fresh }) => ({ input: { id: (await fresh.dataset()).id, name: fresh.name() } })],
  'Mutation.renameTeam': [manages, ({ ids, fresh }) => ({ input: { id: ids.Team, name: fresh.name() } })],
  'Mutation.renameVariant': [engineers, async ({ fresh }) => ({ input: { id: await fresh.variant(), name: fresh.name() } })],
  'Mutation.restoreComparison': [engineers, async ({ fresh }) => ({ id: await fresh.comparison({ deletedAt: new Date() }) })],
  'Mutation.resolveThread': [engineers, async ({ fresh }, asker) => ({ id: await fresh.comment(asker), resolved: true })],
  'Mutation.restoreComment': [engineers, async ({ fresh }, asker) => ({ id: await fresh.comment(asker) })],
  'Mutation.restoreDataset': [admins, async ({ fresh }) => ({ id: (await fresh.dataset({ deletedAt: new Date() })).id })],
  'Mutation.restoreRunView': [ownViews, async ({ fresh }, asker) => ({ id: await fresh.view(asker, { deletedAt: new Date() }) })],
  'Mutation.resumeTraining': [engineers, async ({ fresh }) => ({ id: await fresh.run({ paused: true }) })],
  'Mutation.retryEvaluation': ['-N!!!0--N', async ({ fresh }) => ({ id: await fresh.evaluation() })],
  'Mutation.retryTraining': [engineers, ({ ids }) => ({ id: ids.TrainingRun })],
  'Mutation.revokeApiToken': [inPerson, async ({ fresh }, asker) => ({ id: await fresh.token(asker) })],
  'Mutation.revokeInvitation': [manages, async ({ fresh }) => ({ id: (await fresh.invitation()).id })],
  'Mutation.revokeSession': [inPerson, async ({ fresh }, asker) => ({ id: await fresh.session(asker) })],
  'Mutation.revokeShareLink': [engineers, async ({ fresh }) => ({ id: (await fresh.shareLink()).id })],
  'Mutation.saveComparison': [
    engineers,
    ({ ids, fresh }) => ({ input: { projectId: ids.Project, name: fresh.name(), evaluationIds: [ids.Evaluation] } }),
  ],
  'Mutation.saveMask': [engineers, async ({ fresh, maskPng: png }) => ({ input: { imageId: await fresh.image(), png, label: 'scratch' } })],
  'Mutation.saveRunView': [
    ownViews,
    ({ ids, fresh }) => ({ input: { projectId: ids.Project, name: fresh.name(), query: 'state=failed' } }),
  ],
  'Mutation.saveVariant': [
    engineers,
    ({ ids, fresh }) => ({ input: { projectId: ids.Project, name: fresh.name(), recipe: { base: 'ae' } } }),
  ],
  'Mutation.setExperimentPriority': [engineers, async ({ fresh }) => ({ id: await fresh.experiment(), priority: 1 })],
  'Mutation.setTrainingPriority': [engineers, async ({ fresh }) => ({ id: await fresh.run(), priority: 1 })],
  'Mutation.startEvaluation': [engineers, ({ ids }) => ({ checkpointId: ids.Checkpoint })],
  'Mutation.startImport': [
    engineers,
    async ({ fresh }, asker) => ({ input: oneFile((await fresh.dataset()).id, await fresh.upload(asker)) }),
  ],
  'Mutation.startTraining': [
    engineers,
    ({ ids, fresh }) => ({ input: { ...training, datasetId: ids.Dataset, variantName: fresh.name() } }),
  ],
  'Mutation.testWebhook': [manages, async ({ fresh }) => ({ id: await fresh.webhook() })],
  'Mutation.undoImageEdit': [engineers, async ({ fresh }) => ({ editId: await fresh.edit() })],
  'Mutation.unlinkIdentity': [inPerson, async ({ fresh }, asker) => ({ id: await fresh.identity(asker) })],

  'Subscription.evaluationChanged': [read, ({ ids }) => ({ id: ids.Evaluation })],
  'Subscription.experimentChanged': [read, ({ ids }) => ({ id: ids.Experiment })],
  'Subscription.importChanged': [read, ({ ids }) => ({ id: ids.DatasetImport })],
  'Subscription.notificationsChanged': [everybodyInPerson, () => ({})],
  'Subscription.projectChanged': [read, ({ ids }) => ({ projectId: ids.Project })],
  'Subscription.trainingRunChanged': [read, ({ ids }) => ({ id: ids.TrainingRun })],
  'Subscription.workersChanged': [everybodySignedIn, () => ({})],
};

/** What `node(id:)` answers for each type that has an id of its own. */
export const nodes: Readonly<Record<keyof World['ids'], string>> = {
  Checkpoint: read,
  Comparison: read,
  Comment: read,
  Dataset: read,
  DatasetImport: read,
  DatasetVersion: read,
  Evaluation: read,
  Experiment: read,
  Image: read,
  Project: read,
  Recipe: read,
  Reconstruction: read,
  Team: read,
  TrainingRun: read,
  User: read,
  Variant: read,
  Worker: everybodySignedIn,
};

export const routes: Readonly<Record<string, readonly [string, Address]>> = {
  'GET /files/checkpoints/:id/*file': [read, ({ ids }) => `/files/checkpoints/${ids.Checkpoint}/manifest.json`],
  'GET /files/evaluations/:id/:file': [read, ({ ids }) => `/files/evaluations/${ids.Evaluation}/metrics.json`],
  'GET /files/evaluations/:id/files.json': [read, ({ ids }) => `/files/evaluations/${ids.Evaluation}/files.json`],
  'GET /files/evaluations/:id/folder.zip': [read, ({ ids }) => `/files/evaluations/${ids.Evaluation}/folder.zip?maps=none`],
  'GET /files/evaluations/:id/images.json': [read, ({ ids }) => `/files/evaluations/${ids.Evaluation}/images.json`],
  'GET /files/images/:id/mask': [read, ({ ids }) => `/files/images/${ids.Image}/mask`],
  'GET /files/images/:id/original': [read, ({ ids }) => `/files/images/${ids.Image}/original`],
  'GET /files/images/:id/thumbnail': [read, ({ ids }) => `/files/images/${ids.Image}/thumbnail`],
  'GET /files/previews/:id/:file': [read, ({ ids, sha256 }) => `/files/previews/${ids.TrainingRun}/${sha256}.png`],
  'GET /files/reconstructions/:id/:file': [read, ({ ids }) => `/files/reconstructions/${ids.Reconstruction}/input.png`],
  'GET /files/residuals/:id/:file': [read, ({ ids }) => `/files/residuals/${ids.Reconstruction}/mse.tiff`],
  'GET /files/versions/:id/:imageId/mask': [read, ({ ids }) => `/files/versions/${ids.DatasetVersion}/${ids.Image}/mask`],
  'GET /health': ['YYYYYYYYY', () => '/health'],
  'POST /graphql': ['YYYYYYYYY', () => '/graphql'],
  // Our own web server alone knows the secret that makes them exist.
  'POST /internal/oidc-sign-in': ['000000000', () => '/internal/oidc-sign-in'],
  'POST /internal/sign-in': ['000000000', () => '/internal/sign-in'],
  // An upload belongs to no team: who may import somewhere may begin one, and it exists for that person alone.
  'DELETE /uploads/*rest': ['-NYYYY--N', async ({ fresh }, asker) => `/uploads/${await fresh.upload(asker)}`],
  'GET /uploads/*rest': ['-N0000--N', async ({ fresh }, asker) => `/uploads/${await fresh.upload(asker)}`],
  'HEAD /uploads/*rest': ['-NYYYY--N', async ({ fresh }, asker) => `/uploads/${await fresh.upload(asker)}`],
  'PATCH /uploads/*rest': ['-N00Y0--N', async ({ ownersUpload }) => `/uploads/${await ownersUpload()}`],
  'POST /uploads': ['-NYYYY--N', () => '/uploads'],
};

const anybody = { name: 'Eve', email: 'eve@example.org', password: 'four words are enough' };
const plan = ({ Project: projectId, Dataset }: World['ids']) => ({
  ...{ projectId, datasetIds: [Dataset], seeds: [1] },
  variants: [{ recipe: { base: 'ae' }, name: 'planned' }],
});
const training = { recipe: { base: 'ae' }, seed: 1 };
const relabelled = (datasetId: string, imageId: string) => ({
  datasetId,
  byHand: { imageIds: [imageId], split: 'test', label: 'scratch' },
});
const confirmed = ({ id, name }: { id: string; name: string }) => ({ id, confirmName: name });
const oneFile = (datasetId: string, uploadId: string) => ({ datasetId, files: [{ path: 'train/good/1.png', uploadId }] });
