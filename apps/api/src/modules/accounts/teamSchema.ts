import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { resultOf } from '../../graphql/results.ts';
import { changeMemberRole, leaveTeam, listMembers, removeMember } from './memberService.ts';
import { MembershipType, RoleType, TeamType } from './schema.ts';
import { createTeam, renameTeam } from './teamService.ts';

builder.prismaObjectFields(MembershipType, (t) => ({
  user: t.relation('user', { description: 'The person.' }),
  joinedAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
}));

const Members = connectionOf('TeamMembersConnection', MembershipType, 'members');

builder.prismaObjectField(TeamType, 'members', (t) =>
  t.field({
    type: Members,
    description: 'Who belongs to it, in the order in which they came.',
    complexity: pageComplexity,
    args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
    resolve: (team, args, context, info) => listMembers(context, team, args, relationsOf(context, info, 'Membership', ['edges', 'node'])),
  }),
);

type Team = typeof TeamType.$inferType;

const CreateTeamSuccess = builder.objectRef<{ team: Team }>('CreateTeamSuccess').implement({
  description: 'The team was made.',
  fields: (t) => ({ team: t.field({ type: TeamType, description: 'The new team, whose owner you are.', resolve: ({ team }) => team }) }),
});
const RenameTeamSuccess = builder.objectRef<{ team: Team }>('RenameTeamSuccess').implement({
  description: 'The team has its new name.',
  fields: (t) => ({ team: t.field({ type: TeamType, description: 'The team.', resolve: ({ team }) => team }) }),
});
const LeaveTeamSuccess = builder.objectRef<{ teamId: string }>('LeaveTeamSuccess').implement({
  description: 'You are no member of the team any more.',
  fields: (t) => ({ teamId: t.exposeID('teamId', { description: 'Id of the team.' }) }),
});
const ChangeMemberRoleSuccess = builder.objectRef<{ membership: typeof MembershipType.$inferType }>('ChangeMemberRoleSuccess').implement({
  description: 'The member has this role; within five seconds everywhere.',
  fields: (t) => ({ membership: t.field({ type: MembershipType, description: 'The member.', resolve: ({ membership }) => membership }) }),
});
const RemoveMemberSuccess = builder.objectRef<{ userId: string }>('RemoveMemberSuccess').implement({
  description: 'The person is no member any more; within five seconds everywhere.',
  fields: (t) => ({ userId: t.exposeID('userId', { description: 'Id of the person.' }) }),
});

const CreateTeamInput = builder.inputType('CreateTeamInput', {
  description: 'A team to be made.',
  fields: (t) => ({ name: t.string({ required: true, description: 'What people call it; at most 80 characters.' }) }),
});
const RenameTeamInput = builder.inputType('RenameTeamInput', {
  description: 'Another name for a team.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Id of the team.' }),
    name: t.string({ required: true, description: 'What people call it; at most 80 characters.' }),
  }),
});
const ChangeMemberRoleInput = builder.inputType('ChangeMemberRoleInput', {
  description: 'Another role for a member.',
  fields: (t) => ({
    teamId: t.id({ required: true, description: 'Id of the team.' }),
    userId: t.id({ required: true, description: 'Id of the person.' }),
    role: t.field({ type: RoleType, required: true, description: 'The role to have; `owner` is given and taken by owners alone.' }),
  }),
});
const RemoveMemberInput = builder.inputType('RemoveMemberInput', {
  description: 'A member to be removed.',
  fields: (t) => ({
    teamId: t.id({ required: true, description: 'Id of the team.' }),
    userId: t.id({ required: true, description: 'Id of the person.' }),
  }),
});

builder.mutationFields((t) => ({
  createTeam: t.field({
    type: resultOf('CreateTeamResult', CreateTeamSuccess, 'making a team'),
    description: 'Makes a team, whose owner you are; for admins and owners of some team, only from a sign-in.',
    args: { input: t.arg({ type: CreateTeamInput, required: true, description: 'The team.' }) },
    resolve: async (_root, { input }, context) => ({ team: await createTeam(context, input) }),
  }),
  renameTeam: t.field({
    type: resultOf('RenameTeamResult', RenameTeamSuccess, 'renaming a team'),
    description: 'Renames a team; for admins and owners, only from a sign-in.',
    args: { input: t.arg({ type: RenameTeamInput, required: true, description: 'The team and its name.' }) },
    resolve: async (_root, { input }, context) => ({ team: await renameTeam(context, input) }),
  }),
  leaveTeam: t.field({
    type: resultOf('LeaveTeamResult', LeaveTeamSuccess, 'leaving a team'),
    description: 'Ends your membership of a team, with your API tokens there; its last owner stays. Only from a sign-in.',
    args: { id: t.arg.id({ required: true, description: 'Id of the team.' }) },
    resolve: async (_root, { id }, context) => ({ teamId: await leaveTeam(context, id) }),
  }),
  changeMemberRole: t.field({
    type: resultOf('ChangeMemberRoleResult', ChangeMemberRoleSuccess, "changing a member's role"),
    description: 'Gives a member another role; for admins and owners, only from a sign-in.',
    args: { input: t.arg({ type: ChangeMemberRoleInput, required: true, description: 'The member and the role.' }) },
    resolve: async (_root, { input }, context) => ({ membership: await changeMemberRole(context, input) }),
  }),
  removeMember: t.field({
    type: resultOf('RemoveMemberResult', RemoveMemberSuccess, 'removing a member'),
    description: 'Takes a person out of a team, with their API tokens there; for admins and owners, only from a sign-in.',
    args: { input: t.arg({ type: RemoveMemberInput, required: true, description: 'The member.' }) },
    resolve: async (_root, { input }, context) => ({ userId: await removeMember(context, input) }),
  }),
}));
