import { builder } from '../../builder.ts';
import { ProjectType } from '../projects/schema.ts';
import { listActivity, type Activity } from './service.ts';

const ActivityType = builder.objectRef<Activity>('Activity').implement({
  description: 'Something that happened in a project.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    kind: t.exposeString('kind', { description: '`run`, `evaluation` or `import`.' }),
    sentence: t.exposeString('sentence', { description: 'What, in one sentence.' }),
    link: t.exposeString('link', { description: 'Path of the page that shows it.' }),
  }),
});

builder.prismaObjectField(ProjectType, 'activity', (t) =>
  t.field({
    type: [ActivityType],
    description: 'What happened lately, newest first.',
    args: { first: t.arg.int({ description: 'How many; 20 when left out, 100 at most.' }) },
    resolve: (project, { first }, context) => listActivity(context, project, first),
  }),
);
