'use client';

import { useApolloClient, useQuery, useSubscription } from '@apollo/client/react';
import { Bell } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useShortcuts } from '#web/components/frame/shortcuts.tsx';
import { NotificationList } from './notification-list.tsx';
import { notificationsChangedDocument, notificationsDocument, unreadDocument } from './documents.ts';

/** How many are unread as the bell shows it. */
const shown = (unread: number): string => (unread > 99 ? '99+' : String(unread));

/** The bell in the frame: how many of my notifications are unread, live, and the list of them. */
export function NotificationBell() {
  const client = useApolloClient();
  const [open, setOpen] = useState(false);
  // The subscription begins with the count, and so does each that follows a broken connection.
  const { data } = useQuery(unreadDocument, { fetchPolicy: 'cache-only' });
  const unread = data?.unreadNotificationCount ?? 0;
  useSubscription(notificationsChangedDocument, {
    ignoreResults: true,
    onData: ({ data: change }) => {
      if (!change.data) return;
      client.writeQuery({ query: unreadDocument, data: { unreadNotificationCount: change.data.notificationsChanged.unreadCount } });
      if (open) void client.refetchQueries({ include: [notificationsDocument] });
    },
  });
  useShortcuts('Everywhere', [{ keys: 'g n', does: 'Notifications', run: () => setOpen(true) }]);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          aria-label={unread === 0 ? 'Notifications' : `Notifications, ${shown(unread)} unread`}
          className="relative inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink [&>svg]:size-4"
        >
          <Bell />
          {unread > 0 ? (
            <span
              aria-hidden
              className="absolute top-0 right-0 min-w-4 rounded-full bg-accent-fill px-1 text-center text-[10px] leading-4 font-semibold text-on-accent tabular-nums"
            >
              {shown(unread)}
            </span>
          ) : null}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Notifications"
          className="appear z-50 flex max-h-[min(32rem,80vh)] w-96 max-w-[calc(100vw-1rem)] flex-col rounded-md border border-line-strong bg-raised shadow-float outline-none"
        >
          <NotificationList unread={unread} onLeave={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
