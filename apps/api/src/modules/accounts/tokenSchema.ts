import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { resultOf } from '../../graphql/results.ts';
import { publicId } from '../../ids.ts';
import { TeamType, UserType } from './schema.ts';
import { createApiToken, listApiTokens, revokeApiToken } from './tokenService.ts';

const ScopeType = builder.enumType('ApiTokenScope', {
  description: 'How far an API token goes, within what the role of its person allows.',
  values: {
    read: { description: 'Reads.' },
    write: { description: 'Changes: brings data, starts, cancels, deletes. Members, sign-ins and tokens are out of its reach.' },
  },
});

const ApiTokenType = builder.prismaObject('ApiToken', {
  description: 'Machine access to one team in the name of a member: `Authorization: Bearer plb_…`.',
  fields: (t) => ({
    id: t.id({ description: 'Stable id: `tok_<uuid>`.', resolve: (token) => publicId('ApiToken', token.id) }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    scopes: t.expose('scopes', { type: [ScopeType], description: 'How far it goes.' }),
    team: t.field({
      type: TeamType,
      description: 'The one team that it reaches.',
      select: { member: { select: { team: true } } },
      resolve: ({ member }) => member.team,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it ends by itself; null for never.' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'When it was last used, to the minute.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
  }),
});

const ApiTokens = connectionOf('UserApiTokensConnection', ApiTokenType, 'API tokens');

builder.prismaObjectField(UserType, 'apiTokens', (t) =>
  t.field({
    type: ApiTokens,
    description: 'API tokens that were not revoked, newest first; only your own are shown, and none to an API token.',
    complexity: pageComplexity,
    args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
    resolve: (user, args, context, info) => listApiTokens(context, user, args, relationsOf(context, info, 'ApiToken', ['edges', 'node'])),
  }),
);

type Token = typeof ApiTokenType.$inferType;

const CreateApiTokenSuccess = builder.objectRef<{ apiToken: Token; secret: string }>('CreateApiTokenSuccess').implement({
  description: 'The token was made.',
  fields: (t) => ({
    apiToken: t.field({ type: ApiTokenType, description: 'The token.', resolve: ({ apiToken }) => apiToken }),
    secret: t.exposeString('secret', {
      description: 'What to send as `Authorization: Bearer …`. It is not kept: this is the only time to copy it.',
    }),
  }),
});

const RevokeApiTokenSuccess = builder.objectRef<{ apiToken: Token }>('RevokeApiTokenSuccess').implement({
  description: 'The token has ended.',
  fields: (t) => ({ apiToken: t.field({ type: ApiTokenType, description: 'The token.', resolve: ({ apiToken }) => apiToken }) }),
});

const CreateApiTokenInput = builder.inputType('CreateApiTokenInput', {
  description: 'An API token to be made.',
  fields: (t) => ({
    teamId: t.id({ required: true, description: 'The team that it shall reach.' }),
    name: t.string({ required: true, description: 'What it is for; at most 80 characters.' }),
    scopes: t.field({ type: [ScopeType], required: true, description: 'How far it shall go; read comes with write.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it shall end by itself; left out for never.' }),
  }),
});

builder.mutationFields((t) => ({
  createApiToken: t.field({
    type: resultOf('CreateApiTokenResult', CreateApiTokenSuccess, 'making an API token'),
    description: 'Makes an API token with your own rights in a team, limited by scopes; only from a sign-in.',
    args: { input: t.arg({ type: CreateApiTokenInput, required: true, description: 'The token.' }) },
    resolve: (_root, { input }, context) => createApiToken(context, input),
  }),
  revokeApiToken: t.field({
    type: resultOf('RevokeApiTokenResult', RevokeApiTokenSuccess, 'revoking an API token'),
    description: 'Ends one of your API tokens everywhere, within five seconds; only from a sign-in.',
    args: { id: t.arg.id({ required: true, description: 'Id of the token.' }) },
    resolve: async (_root, { id }, context) => ({ apiToken: await revokeApiToken(context, id) }),
  }),
}));
