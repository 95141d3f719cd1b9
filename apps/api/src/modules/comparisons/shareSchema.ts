import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { resultOf } from '../../graphql/results.ts';
import { publicId } from '../../ids.ts';
import { ComparedSetType } from './comparedSchema.ts';
import { ComparisonType } from './schema.ts';
import { comparedOf } from './service.ts';
import { createShareLink, listShareLinks, readSharedComparison, revokeShareLink, type SharedComparison } from './shareService.ts';

const ShareLinkType = builder.prismaObject('ShareLink', {
  description: 'A link that shows one comparison to whoever has it, without an account.',
  fields: (t) => ({
    id: t.id({ description: 'Stable id: `shr_<uuid>`.', resolve: (link) => publicId('ShareLink', link.id) }),
    createdBy: t.relation('createdBy', { nullable: true, description: 'Who made it; null for a person who left.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends by itself.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last opened, to the minute; null for never.',
    }),
  }),
});

const ShareLinks = connectionOf('ComparisonShareLinksConnection', ShareLinkType, 'links');

builder.prismaObjectField(ComparisonType, 'shareLinks', (t) =>
  t.field({
    type: ShareLinks,
    select: { project: { select: { teamId: true } } },
    description: 'Links that show it without an account and live, newest first; for engineers, admins and owners.',
    complexity: pageComplexity,
    args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
    resolve: (comparison, args, context, info) =>
      listShareLinks(context, comparison, args, relationsOf(context, info, 'ShareLink', ['edges', 'node'])),
  }),
);

const SharedComparisonType = builder.objectRef<SharedComparison>('SharedComparison').implement({
  description: 'What a link shows: a comparison by itself, and nothing else of the team.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What people call it.' }),
    view: t.expose('view', { type: 'JSON', description: 'As `Comparison.view`.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the link ends.' }),
    compared: t.field({
      type: ComparedSetType,
      description: 'All that its tables are made from.',
      complexity: { field: 50, multiplier: 1 },
      resolve: async ({ linkId, evaluationIds }, _args, context) => {
        context.shares.read(linkId);
        const set = await comparedOf(context, evaluationIds);
        return { ...set, images: set.images.map((images) => ({ ...images, ids: [] })) };
      },
    }),
  }),
});

builder.queryField('sharedComparison', (t) =>
  t.field({
    type: SharedComparisonType,
    nullable: true,
    description: 'The comparison that the link with this secret shows; null when it was revoked or has expired. Anybody may ask.',
    args: { secret: t.arg.string({ required: true, description: 'The secret of a link.' }) },
    resolve: (_root, { secret }, context) => readSharedComparison(context, secret),
  }),
);

const CreateShareLinkSuccess = builder
  .objectRef<{ shareLink: typeof ShareLinkType.$inferType; secret: string }>('CreateShareLinkSuccess')
  .implement({
    description: 'The link was made.',
    fields: (t) => ({
      shareLink: t.field({ type: ShareLinkType, description: 'The link.', resolve: ({ shareLink }) => shareLink }),
      secret: t.exposeString('secret', {
        description: 'The link is the page `/shared#` with this behind it. It is not kept: copy it now.',
      }),
    }),
  });
const RevokeShareLinkSuccess = builder.objectRef<{ id: string }>('RevokeShareLinkSuccess').implement({
  description: 'The link shows nothing any more.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'Id of the link.' }) }),
});

const CreateShareLinkInput = builder.inputType('CreateShareLinkInput', {
  description: 'A link to be made.',
  fields: (t) => ({
    comparisonId: t.id({ required: true, description: 'What it shows.' }),
    days: t.int({ description: 'How long it lives, 1 to 365 days; 30 when left out.' }),
  }),
});

builder.mutationFields((t) => ({
  createShareLink: t.field({
    type: resultOf('CreateShareLinkResult', CreateShareLinkSuccess, 'making a link'),
    description: 'Makes a link that shows a comparison without an account; for engineers, admins and owners, only from a sign-in.',
    args: { input: t.arg({ type: CreateShareLinkInput, required: true, description: 'The link.' }) },
    resolve: (_root, { input }, context) => createShareLink(context, input),
  }),
  revokeShareLink: t.field({
    type: resultOf('RevokeShareLinkResult', RevokeShareLinkSuccess, 'revoking a link'),
    description: 'Ends a link at once; for engineers, admins and owners, only from a sign-in.',
    args: { id: t.arg.id({ required: true, description: 'Id of the link.' }) },
    resolve: async (_root, { id }, context) => ({ id: await revokeShareLink(context, id) }),
  }),
}));
