import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity } from '../../graphql/connections.ts';
import { resultOf } from '../../graphql/results.ts';
import { publicId } from '../../ids.ts';
import { sentenceOf } from './sentences.ts';
import { countUnread, listNotifications, markNotifications, watchNotifications, type NotificationsChange } from './service.ts';

const NotificationType = builder.prismaObject('Notification', {
  description: 'What you are told: something of yours ended, or somebody did something that concerns you.',
  fields: (t) => ({
    id: t.id({ description: 'Stable id: `ntf_<uuid>`.', resolve: (notification) => publicId('Notification', notification.id) }),
    kind: t.exposeString('kind', { description: 'What it is about, as one word for machines, such as `run.ended`.' }),
    sentence: t.string({ description: 'All of it in one sentence.', resolve: sentenceOf }),
    link: t.exposeString('link', { description: 'Path of the page that shows the thing.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
    read: t.boolean({ description: 'Whether you have read it.', resolve: ({ readAt }) => readAt !== null }),
  }),
});

const Notifications = connectionOf('NotificationsConnection', NotificationType, 'notifications');

const unreadDescription = 'How many are unread; 100 stands for 100 or more.';

const NotificationsChangeType = builder.objectRef<NotificationsChange>('NotificationsChange').implement({
  description: 'Your notifications changed: a new one came, or some were read.',
  fields: (t) => ({
    unreadCount: t.exposeInt('unreadCount', { description: unreadDescription }),
    newest: t.field({
      type: NotificationType,
      nullable: true,
      description: 'The newest one; null where there is none.',
      resolve: ({ newest }) => newest as never,
    }),
  }),
});

const MarkNotificationsSuccess = builder.objectRef<{ unreadCount: number }>('MarkNotificationsSuccess').implement({
  description: 'They are marked.',
  fields: (t) => ({ unreadCount: t.exposeInt('unreadCount', { description: unreadDescription }) }),
});

builder.queryFields((t) => ({
  notifications: t.field({
    type: Notifications,
    description: 'Your own notifications, newest first; not for API tokens.',
    complexity: pageComplexity,
    args: {
      unread: t.arg.boolean({ description: 'Only those that you have not read.' }),
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
    },
    resolve: (_root, args, context) => listNotifications(context, args),
  }),
  unreadNotificationCount: t.int({
    description: `${unreadDescription} Not for API tokens.`,
    resolve: (_root, _args, context) => countUnread(context),
  }),
}));

builder.mutationField('markNotifications', (t) =>
  t.field({
    type: resultOf('MarkNotificationsResult', MarkNotificationsSuccess, 'marking notifications'),
    description: 'Marks your own notifications as read or unread; not for API tokens.',
    args: {
      ids: t.arg.idList({ description: 'Which; all when left out.' }),
      read: t.arg.boolean({ required: true, description: 'True for read.' }),
    },
    resolve: async (_root, { ids, read }, context) => ({ unreadCount: await markNotifications(context, ids, read) }),
  }),
);

builder.subscriptionField('notificationsChanged', (t) =>
  t.field({
    type: NotificationsChangeType,
    description: 'Your notifications, at once and whenever they change; not for API tokens.',
    subscribe: (_root, _args, context) => watchNotifications(context),
    resolve: (change) => change,
  }),
);
