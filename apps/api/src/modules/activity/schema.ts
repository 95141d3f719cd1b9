import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity } from '../../graphql/connections.ts';
import { TeamType, UserType } from '../accounts/schema.ts';
import { ProjectType } from '../projects/schema.ts';
import { listActivity, listActivityPeople, type Activity, type ActivityKind } from './service.ts';

const ActivityKindType = builder.enumType('ActivityKind', {
  description: 'What an activity is about.',
  values: {
    run: { description: 'A training run.' },
    evaluation: { description: 'An evaluation.' },
    import: { description: 'An import into a dataset.' },
  } as const satisfies Record<ActivityKind, object>,
});

const ActivityType = builder.objectRef<Activity>('Activity').implement({
  description: 'Something that happened in a project.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    kind: t.expose('kind', { type: ActivityKindType, description: 'What it is about.' }),
    state: t.exposeString('state', { description: 'How far it is: a state of runs, evaluations and imports.' }),
    sentence: t.exposeString('sentence', { description: 'What, in one sentence.' }),
    link: t.exposeString('link', { description: 'Path of the page that shows it.' }),
    projectName: t.exposeString('projectName', { description: 'The project that it happened in.' }),
    personName: t.exposeString('personName', {
      nullable: true,
      description: 'Who started it; null for the platform itself, or a person who left.',
    }),
  }),
});

const ActivityConnection = connectionOf('ActivityConnection', ActivityType, 'activities');

builder.prismaObjectField(ProjectType, 'activity', (t) =>
  t.field({
    type: [ActivityType],
    description: 'What happened lately, newest first.',
    args: { first: t.arg.int({ description: 'How many; 20 when left out, 100 at most.' }) },
    resolve: async (project, { first }, context) => {
      const take = Math.min(Math.max(first ?? 20, 0), 100);
      if (take === 0) return [];
      return (await listActivity(context, { projectId: project.id }, { first: take })).edges.map(({ node }) => node);
    },
  }),
);

builder.prismaObjectField(ProjectType, 'activityPage', (t) =>
  t.field({
    type: ActivityConnection,
    description: 'What happened in it page by page, newest first.',
    complexity: pageComplexity,
    args: {
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
      kinds: t.arg({ type: [ActivityKindType], description: 'Only of these kinds.' }),
      personId: t.arg.id({ description: 'Only what this person started.' }),
    },
    resolve: (project, args, context) => listActivity(context, { projectId: project.id }, args),
  }),
);

builder.prismaObjectField(TeamType, 'activityPage', (t) =>
  t.field({
    type: ActivityConnection,
    description: 'What happened in its projects page by page, newest first.',
    complexity: pageComplexity,
    args: {
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
      kinds: t.arg({ type: [ActivityKindType], description: 'Only of these kinds.' }),
      personId: t.arg.id({ description: 'Only what this person started.' }),
    },
    resolve: (team, args, context) => listActivity(context, { teamId: team.id }, args),
  }),
);

builder.prismaObjectField(ProjectType, 'activityPeople', (t) =>
  t.field({
    type: [UserType],
    description: 'Who started something in it, by name.',
    resolve: (project, _args, context) => listActivityPeople(context, { projectId: project.id }),
  }),
);
