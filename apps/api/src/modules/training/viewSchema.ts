import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { resultOf } from '../../graphql/results.ts';
import { publicId } from '../../ids.ts';
import { ProjectType } from '../projects/schema.ts';
import { changeRunView, deleteRunView, listRunViews, restoreRunView, saveRunView } from './viewService.ts';

const RunViewType = builder.prismaObject('RunView', {
  description: 'A saved view of the runs of a project: what their list is filtered, ordered and shown by.',
  fields: (t) => ({
    id: t.id({ description: 'Stable id: `rvw_<uuid>`.', resolve: (view) => publicId('RunView', view.id) }),
    name: t.exposeString('name', { description: 'What its maker calls it.' }),
    query: t.exposeString('query', { description: 'The query string of the page, without `?`.' }),
    shared: t.exposeBoolean('shared', { description: 'Whether all members of the team see it.' }),
    own: t.boolean({ description: 'Whether you made it.', resolve: (view, _args, { actor }) => view.userId === actor?.userId }),
    madeBy: t.string({
      description: 'Name of who made it.',
      select: { user: { select: { name: true } } },
      resolve: ({ user }) => user.name,
    }),
  }),
});
type View = typeof RunViewType.$inferType;

const RunViews = connectionOf('ProjectRunViewsConnection', RunViewType, 'saved views');

builder.prismaObjectField(ProjectType, 'runViews', (t) =>
  t.field({
    type: RunViews,
    description: 'Your own saved views of its runs, and those that others share, by name.',
    complexity: pageComplexity,
    args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
    resolve: (project, args, context, info) =>
      listRunViews(context, project, args, relationsOf(context, info, 'RunView', ['edges', 'node'])),
  }),
);

const RunViewSuccess = builder.objectRef<{ runView: View }>('RunViewSuccess').implement({
  description: 'It was done.',
  fields: (t) => ({ runView: t.field({ type: RunViewType, description: 'The view.', resolve: ({ runView }) => runView as never }) }),
});
const RunViewResult = resultOf('RunViewResult', RunViewSuccess, 'saving, changing, deleting or restoring a view');

const SaveRunViewInput = builder.inputType('SaveRunViewInput', {
  description: 'A view to be saved.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project whose runs it shows.' }),
    name: t.string({ required: true, description: 'Unique among your views of the project.' }),
    query: t.string({ required: true, description: 'The query string of the page, without `?`.' }),
    shared: t.boolean({ description: 'Whether all members of the team see it; for engineers, admins and owners.' }),
  }),
});

const ChangeRunViewInput = builder.inputType('ChangeRunViewInput', {
  description: 'A change of a saved view; what is left out stays.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Id of the view.' }),
    name: t.string({ description: 'Its new name.' }),
    query: t.string({ description: 'Another query string of the page.' }),
    shared: t.boolean({ description: 'Whether all members of the team see it.' }),
  }),
});

builder.mutationFields((t) => ({
  saveRunView: t.field({
    type: RunViewResult,
    description: 'Saves a view of the runs of a project as your own, or shared with the team.',
    args: { input: t.arg({ type: SaveRunViewInput, required: true, description: 'The view.' }) },
    resolve: async (_root, { input }, context) => ({ runView: await saveRunView(context, input) }),
  }),
  changeRunView: t.field({
    type: RunViewResult,
    description: 'Renames, replaces or shares a view of yours; admins and owners may change those that others share.',
    args: { input: t.arg({ type: ChangeRunViewInput, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => ({ runView: await changeRunView(context, input) }),
  }),
  deleteRunView: t.field({
    type: RunViewResult,
    description: 'Deletes a view; it can be restored for seven days.',
    args: { id: t.arg.id({ required: true, description: 'Id of the view.' }) },
    resolve: async (_root, { id }, context) => ({ runView: await deleteRunView(context, id) }),
  }),
  restoreRunView: t.field({
    type: RunViewResult,
    description: 'Brings a deleted view back.',
    args: { id: t.arg.id({ required: true, description: 'Id of the deleted view.' }) },
    resolve: async (_root, { id }, context) => ({ runView: await restoreRunView(context, id) }),
  }),
}));
