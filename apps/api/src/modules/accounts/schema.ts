import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { relationsOf } from '../../graphql/connections.ts';
import { publicId } from '../../ids.ts';
import { changePassword } from './passwordService.ts';
import { createFirstOwner, isWelcome, needsOwner, readMe } from './service.ts';
import { revokeSession } from './sessionService.ts';

export const RoleType = builder.enumType('Role', {
  description: 'What a member may do in a team.',
  values: {
    owner: { description: 'Everything, members and the team itself included.' },
    admin: { description: 'Manages projects, datasets and members.' },
    engineer: { description: 'Brings data, trains and evaluates.' },
    viewer: { description: 'Reads.' },
  },
});

builder.prismaObject('Session', {
  description: 'A sign-in of the person on one device.',
  fields: (t) => ({
    id: t.id({ description: 'Stable id: `ses_<uuid>`.', resolve: (session) => publicId('Session', session.id) }),
    userAgent: t.exposeString('userAgent', { description: 'What the browser called itself.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the person signed in.' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: 'When it was last used, to the minute.' }),
    current: t.boolean({
      description: 'Whether this very request came with it.',
      resolve: (session, _args, { actor }) => actor?.credential.kind === 'session' && actor.credential.id === session.id,
    }),
  }),
});

export const TeamType = builder.prismaNode('Team', {
  id: { field: 'id' },
  description: 'People who work on the same projects.',
  fields: (t) => ({ name: t.exposeString('name', { description: 'What people call it.' }) }),
});

export const MembershipType = builder.prismaObject('Member', {
  name: 'Membership',
  description: 'A person in a team, with a role.',
  fields: (t) => ({
    role: t.expose('role', { type: RoleType, description: 'What the person may do there.' }),
    team: t.relation('team', { description: 'The team.' }),
  }),
});

export const UserType = builder.prismaNode('User', {
  id: { field: 'id' },
  description: 'A person with an account.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What people call the person.' }),
    email: t.exposeString('email', { description: 'Address to sign in with, in lower case.' }),
    teams: t.relation('members', {
      type: MembershipType,
      description: 'Teams of the person, of those that you belong to.',
      query: (_args, { actor }) => ({ where: { teamId: { in: [...(actor?.roles.keys() ?? [])] } }, orderBy: { createdAt: 'asc' } }),
    }),
    sessions: t.relation('sessions', {
      description: 'Sign-ins that live; only your own are shown, and none to an API token.',
      query: (_args, { actor }) => ({
        where: {
          userId: { in: actor?.credential.kind === 'session' ? [actor.userId] : [] },
          revokedAt: null,
          expiresAt: { gt: new Date() },
        },
        orderBy: { lastSeenAt: 'desc' },
      }),
    }),
  }),
});

const SetupType = builder.objectRef<{ needsOwner: boolean }>('Setup').implement({
  description: 'How far this installation is set up.',
  fields: (t) => ({
    needsOwner: t.exposeBoolean('needsOwner', { description: 'True until the first owner has an account.' }),
    welcomes: t.boolean({
      description: 'Whether this is the token of the one-time link that makes the first account.',
      args: { token: t.arg.string({ required: true, description: 'The token of a link.' }) },
      resolve: (_setup, { token }, context) => isWelcome(context, token),
    }),
  }),
});

builder.queryFields((t) => ({
  setup: t.field({
    type: SetupType,
    description: 'How far this installation is set up; anybody may ask.',
    resolve: async (_root, _args, context) => ({ needsOwner: await needsOwner(context) }),
  }),
  me: t.field({
    type: UserType,
    nullable: true,
    description: 'The person who is signed in; null when nobody is.',
    resolve: (_root, _args, context, info) => readMe(context, relationsOf(context, info, 'User')),
  }),
}));

const CreateFirstOwnerSuccess = builder.objectRef<{ user: typeof UserType.$inferType }>('CreateFirstOwnerSuccess').implement({
  description: 'The owner account was made; sign in with it.',
  fields: (t) => ({ user: t.field({ type: UserType, description: 'The first owner.', resolve: ({ user }) => user }) }),
});

const CreateFirstOwnerInput = builder.inputType('CreateFirstOwnerInput', {
  description: 'The first account, made by the one-time link that the terminal printed.',
  fields: (t) => ({
    token: t.string({ required: true, description: 'The token of the link.' }),
    name: t.string({ required: true, description: 'Name of the person.' }),
    email: t.string({ required: true, description: 'Address to sign in with.' }),
    password: t.string({ required: true, description: '10 to 200 characters.' }),
    teamName: t.string({ required: true, description: 'Name of the first team.' }),
  }),
});

const RevokeSessionSuccess = builder.objectRef<{ id: string }>('RevokeSessionSuccess').implement({
  description: 'The sign-in has ended.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'Id of the session that ended.' }) }),
});

const ChangePasswordSuccess = builder.objectRef<{ userId: string }>('ChangePasswordSuccess').implement({
  description: 'The password is changed, and your other sign-ins have ended.',
  fields: (t) => ({ userId: t.exposeID('userId', { description: 'Your own id.' }) }),
});

const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  description: 'Another password.',
  fields: (t) => ({
    current: t.string({ description: 'The present one; left out by who has none yet.' }),
    password: t.string({ required: true, description: 'The new one, 10 to 200 characters.' }),
  }),
});

builder.mutationFields((t) => ({
  changePassword: t.field({
    type: resultOf('ChangePasswordResult', ChangePasswordSuccess, 'changing a password'),
    description: 'Changes your password, or sets the first one, and ends your other sign-ins, within five seconds; only from a sign-in.',
    args: { input: t.arg({ type: ChangePasswordInput, required: true, description: 'Both passwords.' }) },
    resolve: async (_root, { input }, context) => ({ userId: await changePassword(context, input) }),
  }),
  createFirstOwner: t.field({
    type: resultOf('CreateFirstOwnerResult', CreateFirstOwnerSuccess, 'making the first account'),
    description: 'Makes the first account, as owner; works once.',
    args: { input: t.arg({ type: CreateFirstOwnerInput, required: true, description: 'Who the owner is.' }) },
    resolve: async (_root, { input }, context) => ({ user: await createFirstOwner(context, input) }),
  }),
  revokeSession: t.field({
    type: resultOf('RevokeSessionResult', RevokeSessionSuccess, 'ending a sign-in'),
    description: 'Ends one of your sign-ins everywhere, within five seconds.',
    args: { id: t.arg.id({ required: true, description: 'Id of the session.' }) },
    resolve: async (_root, { id }, context) => ({ id: await revokeSession(context, id) }),
  }),
}));
