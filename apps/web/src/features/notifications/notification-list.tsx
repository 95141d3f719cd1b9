'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { BellOff, Check, Circle } from 'lucide-react';
import Link from 'next/link';
import { toast } from 'sonner';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { classes } from '#web/lib/classes.ts';
import { markNotificationsDocument, notificationsDocument } from './documents.ts';

/** My notifications, newest first: each leads to its thing and is read by that; all can be marked at once. */
export function NotificationList({ unread, onLeave }: { unread: number; onLeave: () => void }) {
  const { data, error, refetch, fetchMore } = useQuery(notificationsDocument, { fetchPolicy: 'cache-and-network' });
  const [mark, marking] = useMutation(markNotificationsDocument);
  const connection = data?.notifications;
  const list = connection ? nodes(connection) : undefined;

  async function marked(ids: readonly string[] | null, read: boolean) {
    try {
      const answer = (await mark({ variables: { ids: ids && [...ids], read } })).data?.markNotifications;
      // The subscription brings list and count up to date, here and in other windows.
      if (answer?.__typename !== 'MarkNotificationsSuccess') toast.error('They could not be marked.', { description: sentenceOf(answer) });
    } catch (failure) {
      toast.error('They could not be marked.', { description: sentenceOf(failure) });
    }
  }

  return (
    <>
      <div className="flex min-h-11 items-center justify-between gap-2 border-b pr-2 pl-3">
        <h2 className="font-semibold">Notifications</h2>
        {unread > 0 ? (
          <Button size="small" tone="quiet" busy={marking.loading} onClick={() => void marked(null, true)}>
            <Check /> Mark all as read
          </Button>
        ) : null}
      </div>
      <div className="min-h-0 overflow-y-auto">
        {error && !data ? (
          <ErrorState className="m-2" reason={sentenceOf(error)} onRetry={() => void refetch()} />
        ) : list?.length === 0 ? (
          <EmptyState className="m-2" icon={<BellOff />} title="Nothing to tell">
            You are told here when your runs and experiments end, when a comment mentions you, and when somebody joins by your invitation.
          </EmptyState>
        ) : list ? (
          <ul aria-label="Notifications" className="divide-y divide-line">
            {list.map(({ id, sentence, link, createdAt, read }) => (
              <li key={id} className="relative flex items-start gap-2 py-2 pr-2 pl-3 hover:bg-hover">
                <span aria-hidden className={classes('mt-1.5 size-2 shrink-0 rounded-full', read ? '' : 'bg-accent')} />
                <span className="min-w-0 flex-1">
                  <Link
                    href={link}
                    onClick={() => {
                      if (!read) void marked([id], true);
                      onLeave();
                    }}
                    className={classes('block break-words after:absolute after:inset-0', read ? 'text-ink-2' : 'font-medium')}
                  >
                    {read ? null : <span className="sr-only">Unread: </span>}
                    {sentence}
                  </Link>
                  <RelativeTime at={createdAt} className="text-xs text-ink-3" />
                </span>
                <IconButton
                  label={read ? `Mark as unread: ${sentence}` : `Mark as read: ${sentence}`}
                  className="relative z-10 size-7"
                  onClick={() => void marked([id], !read)}
                >
                  {read ? <Circle /> : <Check />}
                </IconButton>
              </li>
            ))}
          </ul>
        ) : (
          <div aria-busy className="flex flex-col gap-3 p-3">
            {[1, 2, 3].map((row) => (
              <Skeleton key={row} className="h-8 w-full" />
            ))}
          </div>
        )}
        <ShowMore connection={connection} size="small" className="m-2" onMore={(after) => fetchMore({ variables: { after } })} />
      </div>
    </>
  );
}
