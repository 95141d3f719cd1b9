'use client';

import { MessageSquare } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { Input } from '#web/components/ui/field.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { useRested } from '#web/lib/use-rested.ts';
import { ThreadCard } from './thread-card.tsx';
import { linkOf, placeOf } from './thread-place.ts';
import { useThreads, type Thread } from './use-threads.ts';

const states = ['open', 'resolved', 'all'] as const;
type Shown = (typeof states)[number];

/** The threads of the project: open ones unless asked otherwise, by words, and those that mention the reader. */
export function CommentsPage() {
  const project = useProject();
  const query = useQueryState();
  useBreadcrumb({ label: 'Comments' });
  const shown: Shown = states.find((state) => state === query.get('state')) ?? 'open';
  const mentionsMe = query.get('mentions') === 'me';
  const [words, setWords] = useState(query.get('search') ?? '');
  const rested = useRested(words.trim(), 300);
  const { set } = query;
  useEffect(() => {
    set({ search: rested || null });
  }, [rested, set]);
  const filter = {
    ...(shown === 'all' ? {} : { state: shown }),
    ...(mentionsMe ? { mentionsMe } : {}),
    ...(rested ? { search: rested } : {}),
    first: 50,
  };
  const { threads, connection, error, loading, refetch, fetchMore } = useThreads(filter);
  const filtered = shown !== 'open' || mentionsMe || rested !== '';
  const clear = (): void => {
    setWords('');
    set({ state: null, mentions: null, search: null });
  };
  return (
    <Page>
      <PageHeader title="Comments">What people say of runs, evaluations and places on images.</PageHeader>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Threads"
          value={shown}
          onValueChange={(state) => set({ state: state === 'open' ? null : state })}
          options={[
            { value: 'open', label: 'Open' },
            { value: 'resolved', label: 'Resolved' },
            { value: 'all', label: 'All' },
          ]}
        />
        <Button aria-pressed={mentionsMe} className="aria-pressed:bg-selected" onClick={() => set({ mentions: mentionsMe ? null : 'me' })}>
          Mention me
        </Button>
        <Input
          type="search"
          aria-label="Search comments"
          placeholder="Search comments"
          className="w-56!"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        {connection ? <span className="text-xs text-ink-3">{plural(connection.totalCount, 'thread')}</span> : null}
      </div>
      {error && !threads ? (
        <ErrorState title="The comments could not be loaded" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : !threads ? (
        <Skeleton className="h-64" />
      ) : threads.length === 0 ? (
        <EmptyState
          icon={<MessageSquare />}
          title={filtered ? 'No thread in this selection' : 'No thread is open'}
          action={
            filtered ? (
              <Button onClick={clear}>Show open threads</Button>
            ) : (
              <ButtonLink href={`/projects/${project.id}/evaluations`}>Evaluations</ButtonLink>
            )
          }
        >
          {filtered ? null : 'Open an image of an evaluation and comment on a place, or on a run on its page.'}
        </EmptyState>
      ) : (
        <div className="grid gap-3 lg:grid-cols-2 2xl:grid-cols-3">
          {threads.map((thread) => (
            <ThreadCard key={thread.id} thread={thread} place={<Place thread={thread} projectId={project.id} />} />
          ))}
        </div>
      )}
      <ShowMore connection={connection} busy={loading} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}

/** The image, and the link to exactly what the author saw. */
function Place({ thread, projectId }: { thread: Thread; projectId: string }) {
  const { reconstruction } = thread;
  return (
    <Link href={linkOf(projectId, thread)} className="flex min-w-0 items-center gap-2 rounded-sm text-xs text-accent-ink hover:underline">
      {reconstruction ? (
        <img src={reconstruction.image.thumbnailUrl} alt="" className="size-10 shrink-0 rounded-sm border object-cover" />
      ) : null}
      <span className="min-w-0">{placeOf(thread)}</span>
    </Link>
  );
}
