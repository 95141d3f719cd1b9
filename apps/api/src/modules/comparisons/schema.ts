import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { publicId } from '../../ids.ts';
import { orNull } from '../../problems.ts';
import { ProjectType } from '../projects/schema.ts';
import { ComparedSetType } from './comparedSchema.ts';
import { comparedOf, listComparisons, readComparison } from './service.ts';

const inOrder = { evaluations: { orderBy: { position: 'asc' }, select: { evaluationId: true } } } as const;

export const ComparisonType = builder.prismaNode('Comparison', {
  id: { field: 'id' },
  description: 'Evaluations side by side that somebody saved, with how they are looked at.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What people call it.' }),
    view: t.expose('view', { type: 'JSON', description: 'What its page shows: names and values of its address.' }),
    project: t.relation('project', { description: 'The project that it belongs to.' }),
    createdBy: t.relation('createdBy', { nullable: true, description: 'Who saved it; null for a person who left.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was saved.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
    evaluationIds: t.idList({
      description: 'Its evaluations, in order.',
      complexity: 1,
      select: inOrder,
      resolve: ({ evaluations }) => evaluations.map(({ evaluationId }) => publicId('Evaluation', evaluationId)),
    }),
    compared: t.field({
      type: ComparedSetType,
      description: 'All that its tables are made from.',
      complexity: { field: 50, multiplier: 1 },
      select: inOrder,
      resolve: ({ evaluations }, _args, context) =>
        comparedOf(
          context,
          evaluations.map(({ evaluationId }) => evaluationId),
        ),
    }),
  }),
});

const Comparisons = connectionOf('ProjectComparisonsConnection', ComparisonType, 'comparisons');

builder.prismaObjectField(ProjectType, 'comparisons', (t) =>
  t.field({
    type: Comparisons,
    description: 'Its saved comparisons, changed last first.',
    complexity: pageComplexity,
    args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
    resolve: (project, args, context, info) =>
      listComparisons(context, project, args, relationsOf(context, info, 'Comparison', ['edges', 'node'])),
  }),
);

builder.queryField('comparison', (t) =>
  t.field({
    type: ComparisonType,
    nullable: true,
    description: 'A comparison; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Id of the comparison.' }) },
    resolve: (_root, { id }, context, info) => orNull(readComparison(context, id, relationsOf(context, info, 'Comparison'))),
  }),
);
