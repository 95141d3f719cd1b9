import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { resultOf } from '../../graphql/results.ts';
import { publicId } from '../../ids.ts';
import {
  acceptInvitation,
  createAccount,
  createInvitation,
  listInvitations,
  readInvitationOffer,
  revokeInvitation,
  type InvitationOffer,
} from './invitationService.ts';
import { RoleType, TeamType, UserType } from './schema.ts';

const InvitationType = builder.prismaObject('Invitation', {
  description: 'A one-time link by which a person becomes a member.',
  fields: (t) => ({
    id: t.id({ description: 'Stable id: `inv_<uuid>`.', resolve: (invitation) => publicId('Invitation', invitation.id) }),
    role: t.expose('role', { type: RoleType, description: 'What the person will be.' }),
    email: t.exposeString('email', { nullable: true, description: 'The only account that may use it; null for whoever has the link.' }),
    createdBy: t.relation('createdBy', { nullable: true, description: 'Who invites.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends by itself.' }),
  }),
});

const Invitations = connectionOf('TeamInvitationsConnection', InvitationType, 'invitations');

builder.prismaObjectField(TeamType, 'invitations', (t) =>
  t.field({
    type: Invitations,
    description: 'Invitations that wait to be used, newest first; for admins and owners.',
    complexity: pageComplexity,
    args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
    resolve: (team, args, context, info) =>
      listInvitations(context, team, args, relationsOf(context, info, 'Invitation', ['edges', 'node'])),
  }),
);

const OfferType = builder.objectRef<InvitationOffer>('InvitationOffer').implement({
  description: 'What a link invites to.',
  fields: (t) => ({
    teamName: t.exposeString('teamName', { description: 'Name of the team.' }),
    role: t.expose('role', { type: RoleType, description: 'What you will be there.' }),
    email: t.exposeString('email', { nullable: true, description: 'The only account that may use it; null for any.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it can be used.' }),
    invitedBy: t.exposeString('invitedBy', { nullable: true, description: 'Name of who invites.' }),
    ticket: t.string({
      description: 'Stands for the link for ten minutes, for signing in by an OIDC provider: unlike the link it may travel in a cookie.',
      resolve: ({ rowId }, _args, { tickets }) => tickets.issue(rowId),
    }),
  }),
});

builder.queryField('invitationOffer', (t) =>
  t.field({
    type: OfferType,
    nullable: true,
    description: 'What the link with this secret invites to; null when it was used, revoked or has expired. Anybody may ask.',
    args: { secret: t.arg.string({ required: true, description: 'The secret of a link.' }) },
    resolve: (_root, { secret }, context) => readInvitationOffer(context, secret),
  }),
);

const CreateInvitationSuccess = builder
  .objectRef<{ invitation: typeof InvitationType.$inferType; secret: string }>('CreateInvitationSuccess')
  .implement({
    description: 'The invitation was made.',
    fields: (t) => ({
      invitation: t.field({ type: InvitationType, description: 'The invitation.', resolve: ({ invitation }) => invitation }),
      secret: t.exposeString('secret', { description: 'The link is the page `/join#` with this behind it. It is not kept: copy it now.' }),
    }),
  });
const RevokeInvitationSuccess = builder.objectRef<{ id: string }>('RevokeInvitationSuccess').implement({
  description: 'The link does not work any more.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'Id of the invitation.' }) }),
});
const AcceptInvitationSuccess = builder.objectRef<{ team: typeof TeamType.$inferType }>('AcceptInvitationSuccess').implement({
  description: 'You are a member.',
  fields: (t) => ({ team: t.field({ type: TeamType, description: 'The team.', resolve: ({ team }) => team }) }),
});
const CreateAccountSuccess = builder.objectRef<{ user: typeof UserType.$inferType }>('CreateAccountSuccess').implement({
  description: 'The account was made and is a member; sign in with it.',
  fields: (t) => ({ user: t.field({ type: UserType, description: 'The new person.', resolve: ({ user }) => user }) }),
});

const CreateInvitationInput = builder.inputType('CreateInvitationInput', {
  description: 'An invitation to be made.',
  fields: (t) => ({
    teamId: t.id({ required: true, description: 'The team to join.' }),
    role: t.field({ type: RoleType, required: true, description: 'What the person will be; owners are invited by owners alone.' }),
    email: t.string({ description: 'The only account that may use it; left out for whoever has the link.' }),
    days: t.int({ required: true, description: 'How long it can be used, 1 to 30 days.' }),
  }),
});
const CreateAccountInput = builder.inputType('CreateAccountInput', {
  description: 'An account to be made by an invitation.',
  fields: (t) => ({
    secret: t.string({ required: true, description: 'The secret of the link.' }),
    name: t.string({ required: true, description: 'Name of the person.' }),
    email: t.string({ required: true, description: 'Address to sign in with.' }),
    password: t.string({ required: true, description: '10 to 200 characters.' }),
  }),
});

builder.mutationFields((t) => ({
  createInvitation: t.field({
    type: resultOf('CreateInvitationResult', CreateInvitationSuccess, 'inviting'),
    description: 'Makes a one-time link into a team; for admins and owners, only from a sign-in.',
    args: { input: t.arg({ type: CreateInvitationInput, required: true, description: 'The invitation.' }) },
    resolve: (_root, { input }, context) => createInvitation(context, input),
  }),
  revokeInvitation: t.field({
    type: resultOf('RevokeInvitationResult', RevokeInvitationSuccess, 'revoking an invitation'),
    description: 'Makes a link worthless; for admins and owners, only from a sign-in.',
    args: { id: t.arg.id({ required: true, description: 'Id of the invitation.' }) },
    resolve: async (_root, { id }, context) => ({ id: await revokeInvitation(context, id) }),
  }),
  acceptInvitation: t.field({
    type: resultOf('AcceptInvitationResult', AcceptInvitationSuccess, 'accepting an invitation'),
    description: 'Joins the team of a link with the account that is signed in.',
    args: { secret: t.arg.string({ required: true, description: 'The secret of the link.' }) },
    resolve: async (_root, { secret }, context) => ({ team: await acceptInvitation(context, secret) }),
  }),
  createAccount: t.field({
    type: resultOf('CreateAccountResult', CreateAccountSuccess, 'making an account'),
    description: 'Makes an account by a link and joins its team; anybody with a link may.',
    args: { input: t.arg({ type: CreateAccountInput, required: true, description: 'Who you are.' }) },
    resolve: async (_root, { input }, context) => ({ user: await createAccount(context, input) }),
  }),
}));
