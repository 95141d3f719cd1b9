import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { ProjectType } from '../projects/schema.ts';
import { RunStateType } from '../training/schema.ts';
import { listEvaluations, listProtocols, type UsedProtocol } from './listService.ts';
import { EvaluationType, MeasureType } from './schema.ts';

const EvaluationSortType = builder.enumType('EvaluationSort', {
  description: 'Order of evaluations; those that have no such number come last.',
  values: {
    newest: { description: 'Asked for last.' },
    imageRocAuc: { description: 'Highest ROC AUC over images.' },
    pixelRocAuc: { description: 'Highest ROC AUC over pixels.' },
    pixelAveragePrecision: { description: 'Highest average precision over pixels.' },
    aupro30: { description: 'Highest area under the per-region overlap up to a false positive rate of 0.3.' },
  } as const,
});

const UsedProtocolType = builder.objectRef<UsedProtocol>('UsedProtocol').implement({
  description: 'What evaluations of a project were told.',
  fields: (t) => ({
    hash: t.exposeString('hash', { description: 'Equal for equal protocols.' }),
    protocol: t.expose('protocol', { type: 'JSON', description: 'As `Evaluation.protocol`.' }),
    evaluationCount: t.exposeInt('evaluationCount', { description: 'How many evaluations were told so.' }),
  }),
});

const EvaluationsConnection = connectionOf('ProjectEvaluationsConnection', EvaluationType, 'evaluations');

builder.prismaObjectField(ProjectType, 'evaluations', (t) =>
  t.field({
    type: EvaluationsConnection,
    description: 'Its evaluations.',
    complexity: pageComplexity,
    args: {
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
      ids: t.arg.idList({ description: 'Only these; ids that are of none of its evaluations are passed over.' }),
      datasetId: t.arg.id({ description: 'Only those on versions of this dataset.' }),
      variantId: t.arg.id({ description: 'Only those of this variant.' }),
      protocolHash: t.arg.string({ description: 'Only those under this protocol.' }),
      state: t.arg({ type: [RunStateType], description: 'Only those in one of these states.' }),
      sort: t.arg({ type: EvaluationSortType, description: 'The order; newest first when left out.' }),
      measure: t.arg({ type: MeasureType, description: 'The measure whose metric orders them; `ssim` when left out.' }),
    },
    resolve: (project, args, context, info) =>
      listEvaluations(context, project, args, relationsOf(context, info, 'Evaluation', ['edges', 'node'])),
  }),
);

builder.prismaObjectField(ProjectType, 'protocols', (t) =>
  t.field({
    type: [UsedProtocolType],
    description: 'The protocols of its evaluations, the most used first; 200 at most.',
    resolve: (project, _args, context) => listProtocols(context, project),
  }),
);
