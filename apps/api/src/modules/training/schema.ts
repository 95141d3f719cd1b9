import { checkpointFiles, type CheckpointFile } from '@plumbline/jobs';
import { builder } from '../../builder.ts';
import { fileUrls } from '../../files.ts';
import { relationsOf } from '../../graphql/connections.ts';
import { orNull } from '../../problems.ts';
import { DatasetVersionType } from '../datasets/schema.ts';
import { RecipeType, VariantType } from '../recipes/schema.ts';
import { isAlive, listWorkers, progressOf, readRun, runOfWorker } from './service.ts';

export const RunStateType = builder.enumType('RunState', {
  description: 'How far a training run or an evaluation is.',
  values: {
    queued: { description: 'Waits for a worker.' },
    preparing: { description: 'A worker has it and reads the data.' },
    running: { description: 'It is being computed.' },
    succeeded: { description: 'It is done.' },
    failed: { description: 'It could not go on; the reason says why.' },
    cancelled: { description: 'Somebody stopped it.' },
    paused: { description: 'Somebody put it aside; it goes on from its last checkpoint once it is resumed.' },
  },
});

export const RunKindType = builder.enumType('RunKind', {
  description: 'What a training teaches.',
  values: {
    orientation: { description: 'A spatial transformer learns to turn parts upright.' },
    reconstruction: { description: 'An autoencoder learns to draw good parts.' },
  },
});

const CheckpointKindType = builder.enumType('CheckpointKind', {
  description: 'Which state of the weights a checkpoint holds.',
  values: {
    best: { description: 'The lowest validation loss so far.' },
    last: { description: 'The latest epoch.' },
  },
});

export const CurvePointType = builder.prismaObject('RunPoint', {
  name: 'CurvePoint',
  description: 'One point of a loss curve.',
  fields: (t) => ({
    series: t.exposeString('series', { description: '`step` within an epoch, `train` or `validation` once an epoch.' }),
    step: t.exposeInt('step', { description: 'Training step, counted from the beginning of the run.' }),
    epoch: t.exposeInt('epoch', { description: 'Epoch that the step belongs to.' }),
    value: t.exposeFloat('value', { description: 'Mean squared error on the 0–255 scale over the region of interest.' }),
  }),
});

export const RunPreviewType = builder.prismaObject('RunPreview', {
  description: 'A reconstruction of one of the same few images, as it improves.',
  fields: (t) => ({
    epoch: t.exposeInt('epoch', { description: 'After which epoch; 0 is the input.' }),
    imageId: t.exposeString('imageId', { description: 'Which image: `split/label/name` in the dataset version.' }),
    url: t.string({ description: 'The picture, PNG.', resolve: fileUrls.preview }),
  }),
});

const CheckpointFileType = builder.objectRef<CheckpointFile & { readonly checkpointId: string }>('CheckpointFile').implement({
  description: "A file of a run's folder. All those of a checkpoint, laid out by their names, are a run that `plumbline evaluate` takes.",
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its path in the folder.' }),
    sha256: t.exposeString('sha256', { description: 'Of its bytes.' }),
    bytes: t.exposeFloat('bytes', { description: 'How many.' }),
    url: t.string({ description: 'Where to fetch it.', resolve: ({ checkpointId, name }) => fileUrls.checkpoint(checkpointId, name) }),
  }),
});

export const CheckpointType = builder.prismaNode('Checkpoint', {
  id: { field: 'id' },
  description: 'Weights of a run with everything needed to go on from there.',
  fields: (t) => ({
    kind: t.expose('kind', { type: CheckpointKindType, description: 'Which state of the weights.' }),
    epoch: t.exposeInt('epoch', { description: 'After which epoch.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was committed.' }),
    manifest: t.expose('manifest', {
      type: 'JSON',
      description: 'Recipe, data, seed, engine and sha256 of the weights, as `manifest.json` of the command line.',
    }),
    files: t.field({
      type: [CheckpointFileType],
      description: 'Its files.',
      resolve: (checkpoint) => checkpointFiles(checkpoint.files).map((file) => ({ ...file, checkpointId: checkpoint.id })),
    }),
  }),
});

export const WorkerType = builder.prismaNode('Worker', {
  id: { field: 'id' },
  description: 'A process that takes jobs.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its machine and process.' }),
    engine: t.expose('engine', {
      type: 'JSON',
      nullable: true,
      description: 'Engine, device, TensorFlow version and threads; null until known.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started.' }),
    heartbeatAt: t.expose('heartbeatAt', { type: 'DateTime', description: 'When it was last heard of.' }),
    alive: t.boolean({ description: 'Whether it was heard of in the last 15 s.', resolve: isAlive }),
    machine: t.expose('machine', {
      type: 'JSON',
      nullable: true,
      description: 'Its machine: `cores`, `memoryBytes`, `system`, `node`; null until told.',
    }),
    drainingSince: t.expose('drainingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it takes nothing new, because somebody drains it; null where it does.',
    }),
    queueDepth: t.int({
      description: 'How many runs wait for any worker.',
      resolve: (_worker, _args, { loaders }) => loaders.queueDepth.load('all'),
    }),
  }),
});

const RunLogLineType = builder.prismaObject('RunLogLine', {
  description: "A line of what a run's process and its worker said.",
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counted from 1 over all attempts.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was said.' }),
    attempt: t.exposeInt('attempt', { description: 'By which attempt.' }),
    text: t.exposeString('text', { description: 'The line.' }),
  }),
});

const RunVitalType = builder.prismaObject('RunVital', {
  description: "How a run's process fared at a moment.",
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    memory: t.exposeFloat('memory', { description: 'Resident memory of the process, MiB.' }),
    imagesPerSecond: t.exposeFloat('imagesPerSecond', {
      nullable: true,
      description: 'Training patches a second; null before the first step.',
    }),
  }),
});

const RunOrientationType = builder.prismaObject('RunOrientation', {
  description: 'How the held-out patches of a run were turned after an epoch.',
  fields: (t) => ({
    epoch: t.exposeInt('epoch', { description: 'After which epoch.' }),
    counts: t.exposeIntList('counts', { description: 'Patches by α modulo 180°, in 36 bins of 5° from 0.' }),
  }),
});

export const runDetailTypes = { RunLogLineType, RunVitalType, RunOrientationType };

export const TrainingRunType = builder.prismaNode('TrainingRun', {
  id: { field: 'id' },
  description: 'One training of a variant on a dataset version from a seed.',
  fields: (t) => ({
    kind: t.expose('kind', { type: RunKindType, description: 'What it teaches.' }),
    state: t.expose('state', { type: RunStateType, description: 'How far it is.' }),
    seed: t.exposeInt('seed', { description: 'Decides every random choice.' }),
    attempt: t.exposeInt('attempt', { description: 'How often a worker took it; above 1 after a worker died.' }),
    epoch: t.exposeInt('epoch', { description: 'Epochs that are done.' }),
    epochs: t.exposeInt('epochs', { description: 'Epochs that it will have.' }),
    progress: t.float({ description: 'Done share, 0–1.', resolve: progressOf }),
    imagesPerSecond: t.exposeFloat('imagesPerSecond', { nullable: true, description: 'Training patches a second, lately.' }),
    secondsLeft: t.exposeFloat('secondsLeft', { nullable: true, description: 'Estimate of the time to its end.' }),
    trainLoss: t.exposeFloat('trainLoss', { nullable: true, description: 'Of the last epoch; mean squared error on the 0–255 scale.' }),
    validationLoss: t.exposeFloat('validationLoss', {
      nullable: true,
      description: 'Of the last epoch; mean squared error on the 0–255 scale.',
    }),
    dataVariance: t.exposeFloat('dataVariance', {
      nullable: true,
      description: 'Variance of the data, 0–255 scale: a loss that stays there learns nothing.',
    }),
    phase: t.exposeString('phase', { nullable: true, description: 'What it does before its own curve begins; null before and after.' }),
    warning: t.exposeString('warning', { nullable: true, description: 'What looks wrong with it, and what to do.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it failed or was cancelled, and what to do.' }),
    engine: t.expose('engine', {
      type: 'JSON',
      nullable: true,
      description: 'Engine, device, TensorFlow version and threads; null until it runs.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When a worker first took it.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    cancelRequested: t.boolean({ description: 'Whether somebody asked to cancel it.', resolve: (run) => run.cancelRequestedAt !== null }),
    priority: t.exposeInt('priority', { description: 'Higher ones are taken first; 0 is usual.' }),
    pauseRequested: t.boolean({
      description: 'Whether it will pause at its next checkpoint.',
      resolve: (run) => run.pauseRequestedAt !== null && (run.state === 'preparing' || run.state === 'running'),
    }),
    logLines: t.relation('logLines', {
      description: 'What its process and its worker said, newest first; the last 2000 lines are kept.',
      args: {
        first: t.arg.int({ description: 'How many; 200 when left out, 2000 at most.' }),
        after: t.arg.int({ description: 'Only lines behind this number.' }),
      },
      complexity: { field: 1, multiplier: 20 },
      query: ({ first, after }) => ({
        where: { number: { gt: after ?? 0 } },
        orderBy: { number: 'desc' },
        take: Math.min(Math.max(first ?? 200, 1), 2000),
      }),
    }),
    vitals: t.relation('vitals', {
      description: 'Memory and speed over time.',
      complexity: { field: 1, multiplier: 20 },
      query: { orderBy: { at: 'asc' } },
    }),
    orientations: t.relation('orientations', {
      description: 'How its held-out patches were turned, by epoch; empty where its regime turns none.',
      complexity: { field: 1, multiplier: 20 },
      query: { orderBy: { epoch: 'asc' } },
    }),
    createdBy: t.relation('createdBy', {
      nullable: true,
      description: 'Who started it; null for the platform itself, or a person who left.',
    }),
    project: t.relation('project', { description: 'The project that it belongs to.' }),
    variant: t.relation('variant', { type: VariantType, description: 'The variant that it trains.' }),
    recipe: t.relation('recipe', { type: RecipeType, description: 'The recipe as it was when the run was made.' }),
    datasetVersion: t.relation('datasetVersion', { type: DatasetVersionType, description: 'The images that it learns from.' }),
    worker: t.relation('worker', { nullable: true, description: 'The worker that has or had it.' }),
    curve: t.field({
      type: [CurvePointType],
      description: 'Its loss curves by series and step; the series `step` is thinned to 1000 points.',
      args: {
        sinceStep: t.arg.int({ description: 'Only points behind this step.' }),
        perEpoch: t.arg.boolean({ description: 'Only the series that have one point an epoch.' }),
      },
      complexity: { field: 1, multiplier: 20 },
      resolve: async (run, { sinceStep, perEpoch }, { loaders }) => [
        ...(await loaders.curves.load({ runId: run.id, sinceStep: sinceStep ?? -1, perEpoch: perEpoch ?? false })),
      ],
    }),
    previews: t.relation('previews', {
      description: 'Reconstructions of the same few images, by epoch.',
      query: { orderBy: [{ epoch: 'asc' }, { imageId: 'asc' }] },
    }),
    checkpoints: t.relation('checkpoints', { description: 'Its checkpoints: best and last.', query: { orderBy: { kind: 'asc' } } }),
  }),
});

builder.prismaObjectFields(TrainingRunType, (t) => ({
  orientationRun: t.relation('orientationRun', {
    type: TrainingRunType,
    nullable: true,
    description: 'The run whose localisation network it begins with, and waits for; null where it needs none or trains its own.',
  }),
  continues: t.relation('continues', {
    type: TrainingRunType,
    nullable: true,
    description: 'The failed run whose last checkpoint it began with; null where it began anew.',
  }),
}));

builder.prismaObjectField(WorkerType, 'running', (t) =>
  t.field({
    type: TrainingRunType,
    nullable: true,
    description: 'The run that it has in hand; null when it is idle, or the run is of a team that you are no member of.',
    resolve: (worker, _args, context) => runOfWorker(context, worker),
  }),
);

builder.queryFields((t) => ({
  trainingRun: t.field({
    type: TrainingRunType,
    nullable: true,
    description: 'A training run; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Id of the run.' }) },
    resolve: (_root, { id }, context, info) => orNull(readRun(context, id, relationsOf(context, info, 'TrainingRun'))),
  }),
  workers: t.field({
    type: [WorkerType],
    description: 'The processes that take jobs, those heard of lately first.',
    resolve: (_root, _args, context) => listWorkers(context),
  }),
}));
