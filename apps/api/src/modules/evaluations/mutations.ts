import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { SplitType } from '../datasets/schema.ts';
import { EvaluationType } from './schema.ts';
import { cancelEvaluation, deleteEvaluation, retryEvaluation, startEvaluation } from './startService.ts';

type Evaluation = typeof EvaluationType.$inferType;

const StartEvaluationSuccess = builder.objectRef<{ evaluation: Evaluation }>('StartEvaluationSuccess').implement({
  description: 'The evaluation is queued, or was made before.',
  fields: (t) => ({
    evaluation: t.field({ type: EvaluationType, description: 'The evaluation.', resolve: ({ evaluation }) => evaluation }),
  }),
});

const CancelEvaluationSuccess = builder.objectRef<{ evaluation: Evaluation }>('CancelEvaluationSuccess').implement({
  description: 'The evaluation is cancelled, or will be within five seconds.',
  fields: (t) => ({
    evaluation: t.field({ type: EvaluationType, description: 'The evaluation.', resolve: ({ evaluation }) => evaluation }),
  }),
});

const DeleteEvaluationSuccess = builder.objectRef<{ id: string }>('DeleteEvaluationSuccess').implement({
  description: 'The evaluation is gone with its maps and scores.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'Id that it had.' }) }),
});

const StartEvaluationResult = resultOf('StartEvaluationResult', StartEvaluationSuccess, 'starting an evaluation');

builder.mutationFields((t) => ({
  startEvaluation: t.field({
    type: StartEvaluationResult,
    description:
      'Measures a checkpoint on a dataset version of its project; for engineers, admins and owners. The same checkpoint, version and protocol are measured once: asking again answers the evaluation that is there.',
    args: {
      checkpointId: t.arg.id({ required: true, description: 'Id of the checkpoint.' }),
      datasetVersionId: t.arg.id({ description: 'Id of the version to measure on; the one that the run was trained on when left out.' }),
      split: t.arg({ type: SplitType, description: 'Which of its images; `test` when left out.' }),
      sets: t.arg.stringList({
        description: "Residual options other than the recipe's, as `residual.ssim.sigma=0.8`: they decide maps, scores and thresholds.",
      }),
    },
    resolve: async (_root, request, context) => ({ evaluation: await startEvaluation(context, request) }),
  }),
  retryEvaluation: t.field({
    type: StartEvaluationResult,
    description: 'Makes an evaluation that failed or was cancelled anew; the new one takes its place.',
    args: { id: t.arg.id({ required: true, description: 'Id of the evaluation.' }) },
    resolve: async (_root, { id }, context) => ({ evaluation: await retryEvaluation(context, id) }),
  }),
  cancelEvaluation: t.field({
    type: resultOf('CancelEvaluationResult', CancelEvaluationSuccess, 'cancelling an evaluation'),
    description: 'Cancels an evaluation: at once while it waits, within five seconds while it runs.',
    args: { id: t.arg.id({ required: true, description: 'Id of the evaluation.' }) },
    resolve: async (_root, { id }, context) => ({ evaluation: await cancelEvaluation(context, id) }),
  }),
  deleteEvaluation: t.field({
    type: resultOf('DeleteEvaluationResult', DeleteEvaluationSuccess, 'deleting an evaluation'),
    description: 'Deletes an evaluation that has ended, with its maps and scores; for engineers, admins and owners.',
    args: { id: t.arg.id({ required: true, description: 'Id of the evaluation.' }) },
    resolve: async (_root, { id }, context) => ({ id: await deleteEvaluation(context, id) }),
  }),
}));
