import { builder } from '../../builder.ts';
import { teamsWith } from '../../permissions.ts';
import { WorkerType } from '../training/schema.ts';
import { EvaluationType } from './schema.ts';

builder.prismaObjectField(WorkerType, 'evaluating', (t) =>
  t.field({
    type: EvaluationType,
    nullable: true,
    description: 'The evaluation that it has in hand; null when there is none, or it is of a team that you are no member of.',
    resolve: async (worker, _args, context) => {
      const evaluation = await context.loaders.evaluationOfWorker.load(worker.id);
      return evaluation && teamsWith(context, 'evaluation.read').includes(evaluation.checkpoint.run.project.teamId) ? evaluation : null;
    },
  }),
);
