import { notifyChange } from '@plumbline/jobs';
import type { Notification, Prisma } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { live } from '../../graphql/live.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { inPerson, teamsWith } from '../../permissions.ts';

/** Counted up to here; the bell shows "99+" beyond 99. */
const mostCounted = 100;

/** A person's own, of the teams that they still belong to. An API token, which works in one team, has none. */
function ownOf(context: Context): Prisma.NotificationWhereInput {
  const { userId } = inPerson(context);
  return { userId, teamId: { in: teamsWith(context, 'project.read') } };
}

/** The person's own notifications, newest first. @throws SignedOut, NotAllowed for an API token */
export async function listNotifications(
  context: Context,
  { unread, ...request }: PageRequest & { readonly unread?: boolean | null | undefined },
): Promise<Page<Notification>> {
  const where = { ...ownOf(context), ...(unread ? { readAt: null } : {}) };
  const rows = await context.db.notification.findMany({
    where,
    orderBy: { id: 'desc' },
    take: pageSize(request) + 1,
    ...behind('Notification', request, { userId: inPerson(context).userId }),
  });
  return toPage(
    rows,
    request,
    (notification) => publicId('Notification', notification.id),
    () => context.db.notification.count({ where }),
  );
}

/** How many are unread; 100 stands for 100 or more. @throws SignedOut, NotAllowed for an API token */
export async function countUnread(context: Context): Promise<number> {
  return context.db.notification.count({ where: { ...ownOf(context), readAt: null }, take: mostCounted });
}

/** Marks some of the person's own, or all, as read or unread. @returns how many are unread then */
export async function markNotifications(context: Context, ids: readonly string[] | null | undefined, read: boolean): Promise<number> {
  const where = { ...ownOf(context), ...(ids ? { id: { in: ids.map((id) => rowIdOf('Notification', id)) } } : {}) };
  const { userId } = inPerson(context);
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.notification.updateMany({
      where: { ...where, readAt: read ? null : { not: null } },
      data: { readAt: read ? new Date() : null },
    });
    if (count > 0) await notifyChange(tx, { kind: 'notification', userId });
  });
  return countUnread(context);
}

/** What a person's bell shows. */
export interface NotificationsChange {
  readonly unreadCount: number;
  /** The newest one, read or not. */
  readonly newest: Notification | null;
}

/** The person's own, at once and whenever there is a new one or some were read, here or in another window. */
export function watchNotifications(context: Context): AsyncIterableIterator<NotificationsChange> {
  const { userId } = inPerson(context);
  return live(context, {
    concerns: (change) => (change.kind === 'notification' || change.kind === 'access') && change.userId === userId,
    allowed: () => Promise.resolve(context.actor?.userId === userId),
    read: async () => {
      const [unreadCount, newest] = await Promise.all([
        countUnread(context),
        context.db.notification.findFirst({ where: ownOf(context), orderBy: { id: 'desc' } }),
      ]);
      return [{ unreadCount, newest }];
    },
  });
}
