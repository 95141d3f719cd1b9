import { builder } from '../../builder.ts';
import { relationsOf } from '../../graphql/connections.ts';
import { live } from '../../graphql/live.ts';
import { resultOf } from '../../graphql/results.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { orNull } from '../../problems.ts';
import { RoleType, TeamType } from '../accounts/schema.ts';
import { createProject, readProject } from './service.ts';

export const ProjectType = builder.prismaNode('Project', {
  id: { field: 'id' },
  description: 'One inspection problem of a team.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What people call it; unique in the team.' }),
    sample: t.exposeBoolean('sample', { description: 'Whether it is the sample project that first start made.' }),
    team: t.relation('team', { description: 'The team that it belongs to.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    viewerRole: t.field({
      type: RoleType,
      description: 'Your own role in it.',
      resolve: (project, _args, { actor }) => actor?.roles.get(project.teamId) ?? 'viewer',
    }),
  }),
});

builder.prismaObjectField(TeamType, 'projects', (t) =>
  t.relation('projects', { description: 'Its projects, by name.', query: { orderBy: { name: 'asc' } } }),
);

builder.queryField('project', (t) =>
  t.field({
    type: ProjectType,
    nullable: true,
    description: 'A project; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Id of the project.' }) },
    resolve: (_root, { id }, context, info) => orNull(readProject(context, id, relationsOf(context, info, 'Project'))),
  }),
);

const CreateProjectSuccess = builder.objectRef<{ project: typeof ProjectType.$inferType }>('CreateProjectSuccess').implement({
  description: 'The project was made.',
  fields: (t) => ({ project: t.field({ type: ProjectType, description: 'The new project.', resolve: ({ project }) => project }) }),
});

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  description: 'A project to be made.',
  fields: (t) => ({
    teamId: t.id({ required: true, description: 'The team that it belongs to.' }),
    name: t.string({ required: true, description: 'Unique in the team.' }),
  }),
});

builder.mutationField('createProject', (t) =>
  t.field({
    type: resultOf('CreateProjectResult', CreateProjectSuccess, 'making a project'),
    description: 'Makes a project in a team; for admins and owners.',
    args: { input: t.arg({ type: CreateProjectInput, required: true, description: 'The project.' }) },
    resolve: async (_root, { input }, context) => ({ project: await createProject(context, input) }),
  }),
);

interface ProjectChange {
  readonly kind: string;
  readonly id: string;
}

const ProjectChangeType = builder.objectRef<ProjectChange>('ProjectChange').implement({
  description: 'Something in a project changed: read again what you show of it.',
  fields: (t) => ({
    kind: t.exposeString('kind', {
      description:
        'What changed: `run`, `experiment`, `evaluation`, `import`, `comment` (a thread by its first one) or `project`; `access` when what you may do here may have.',
    }),
    id: t.exposeID('id', { description: 'Its id.' }),
  }),
});

const typeOfKind = {
  run: 'TrainingRun',
  experiment: 'Experiment',
  evaluation: 'Evaluation',
  import: 'DatasetImport',
  comment: 'Comment',
  project: 'Project',
} as const;

builder.subscriptionField('projectChanged', (t) =>
  t.field({
    type: ProjectChangeType,
    description: 'Tells when something in a project changed. The same thing changing many times at once is told once.',
    args: { projectId: t.arg.id({ required: true, description: 'Id of the project.' }) },
    subscribe: async (_root, { projectId }, context) => {
      await readProject(context, projectId);
      return live(context, {
        concerns: (change) =>
          change.kind === 'access'
            ? change.userId === context.actor?.userId
            : 'projectId' in change && change.projectId === rowIdOf('Project', projectId),
        allowed: async () => (await orNull(readProject(context, projectId))) !== null,
        read: async (changes, first) => {
          if (changes.length === 0) return first ? [] : [{ kind: 'project', id: projectId }];
          const told = new Map<string, ProjectChange>();
          for (const change of changes) {
            if (change.kind === 'access') told.set('access', { kind: 'access', id: projectId });
            if (!('projectId' in change)) continue;
            const id = publicId(typeOfKind[change.kind], change.kind === 'project' ? change.projectId : change.id);
            told.set(id, { kind: change.kind, id });
          }
          return [...told.values()];
        },
      });
    },
    resolve: (change) => change,
  }),
);
