'use client';

import { useState } from 'react';
import { MessageSquarePlus } from 'lucide-react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Section } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { CommentForm } from './comment-form.tsx';
import { ThreadCard } from './thread-card.tsx';
import { useCommentActs } from './use-comment-acts.ts';
import { useThreads } from './use-threads.ts';

/** What people say of a run. */
export function RunThreads({ runId }: { runId: string }) {
  const project = useProject();
  const query = useQueryState();
  const acts = useCommentActs();
  const [writing, setWriting] = useState(false);
  const { threads, error, refetch } = useThreads({ runId });
  return (
    <Section
      title="Comments"
      actions={
        project.canEdit && !writing ? (
          <Button size="small" onClick={() => setWriting(true)}>
            <MessageSquarePlus /> Comment
          </Button>
        ) : null
      }
    >
      {writing ? (
        <CommentForm
          about={runId}
          label="Comment"
          action="Comment"
          focused
          onCancel={() => setWriting(false)}
          onSubmit={async (body, mentions) => {
            const refused = await acts.add({ runId, body, mentions, view: window.location.search.slice(1) });
            if (refused === null) setWriting(false);
            return refused;
          }}
        />
      ) : null}
      {error && !threads ? (
        <ErrorState title="The comments could not be loaded" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : !threads ? (
        <Skeleton className="h-16" />
      ) : threads.length === 0 && !writing ? (
        <p className="text-sm text-ink-3">Nobody said anything of this run yet.</p>
      ) : (
        threads.map((thread) => <ThreadCard key={thread.id} thread={thread} selected={thread.id === query.get('comment')} />)
      )}
    </Section>
  );
}
