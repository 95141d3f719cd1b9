import type { QueueDepth } from '@plumbline/jobs';
import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { WorkerType } from './schema.ts';
import { drainWorker, listLanes, watchWorkers, type WorkersChange } from './workerService.ts';

const QueueLaneType = builder.objectRef<QueueDepth>('QueueLane').implement({
  description: 'A queue that workers take jobs from, and how much stands in it.',
  fields: (t) => ({
    name: t.exposeString('queue', { description: '`training`, `evaluation`, `import`, `leakCheck` or `webhook`.' }),
    waiting: t.exposeInt('waiting', { description: 'Jobs that wait.' }),
    later: t.exposeInt('later', { description: 'Of those, the ones whose time has not come yet.' }),
    active: t.exposeInt('active', { description: 'Jobs that workers have in hand.' }),
  }),
});

const DrainWorkerSuccess = builder.objectRef<{ worker: typeof WorkerType.$inferType }>('DrainWorkerSuccess').implement({
  description: 'It is so, or will be within a second.',
  fields: (t) => ({ worker: t.field({ type: WorkerType, description: 'The worker.', resolve: ({ worker }) => worker }) }),
});

const WorkersChangeType = builder.objectRef<WorkersChange>('WorkersChange').implement({
  description: 'Workers and queues as they are now.',
  fields: (t) => ({
    workers: t.field({ type: [WorkerType], description: 'As `Query.workers`.', resolve: ({ workers }) => [...workers] }),
    lanes: t.field({ type: [QueueLaneType], description: 'As `Query.queueLanes`.', resolve: ({ lanes }) => [...lanes] }),
  }),
});

builder.queryField('queueLanes', (t) =>
  t.field({
    type: [QueueLaneType],
    description: 'The queues, and how much stands in each.',
    resolve: (_root, _args, context) => listLanes(context),
  }),
);

builder.mutationField('drainWorker', (t) =>
  t.field({
    type: resultOf('DrainWorkerResult', DrainWorkerSuccess, 'draining a worker'),
    description: 'Has a worker finish what it runs and take nothing new, or take jobs again; for admins and owners of any team.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of the worker.' }),
      draining: t.arg.boolean({ required: true, description: 'False to let it take jobs again.' }),
    },
    resolve: async (_root, { id, draining }, context) => ({ worker: await drainWorker(context, id, draining) }),
  }),
);

builder.subscriptionField('workersChanged', (t) =>
  t.field({
    type: WorkersChangeType,
    description: 'Workers and queues, at once and whenever they change; each worker is heard of every five seconds.',
    subscribe: (_root, _args, context) => watchWorkers(context),
    resolve: (change) => change,
  }),
);
