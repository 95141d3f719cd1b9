'use client';

import { MapPin, MessageSquarePlus } from 'lucide-react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { CommentForm } from './comment-form.tsx';
import { pinsOf, useImageComments } from './image-comments.tsx';
import { ThreadCard } from './thread-card.tsx';
import { useCommentActs } from './use-comment-acts.ts';

/** The comments of the opened image: a new one on a place or on all of it, and the threads there are. */
export function ImageThreads() {
  const project = useProject();
  const comments = useImageComments();
  const acts = useCommentActs();
  if (!comments) return null;
  const { reconstructionId, threads, error, refetch, draft, begun, setDraft, selected, select } = comments;
  const pins = pinsOf(threads);
  const open = (threads ?? []).filter(({ resolvedAt }) => resolvedAt === null);
  const resolved = (threads ?? []).filter(({ resolvedAt }) => resolvedAt !== null);
  const cancel = (): void => setDraft({ kind: 'none' });
  const card = (thread: (typeof open)[number]) => (
    <ThreadCard
      key={thread.id}
      thread={thread}
      pin={pins.get(thread.id) ?? null}
      selected={thread.id === selected}
      onSelect={() => select(thread.id)}
    />
  );
  return (
    <section aria-label="Comments" className="flex flex-col gap-2 border-b px-3 py-2.5">
      <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-2">
        <h3 className="text-xs font-semibold">Comments{open.length > 0 ? ` (${open.length} open)` : ''}</h3>
        {project.canEdit ? (
          <div className="-mx-2 flex gap-1">
            <Button
              size="small"
              tone="quiet"
              aria-pressed={draft.kind === 'placing'}
              aria-keyshortcuts="c"
              onClick={() => setDraft(draft.kind === 'placing' ? { kind: 'none' } : { kind: 'placing', corner: null })}
            >
              <MapPin /> On a place
            </Button>
            <Button size="small" tone="quiet" onClick={() => setDraft({ kind: 'writing', region: null })}>
              <MessageSquarePlus /> On the image
            </Button>
          </div>
        ) : null}
      </div>
      {project.canEdit ? null : <p className="text-xs text-ink-3">You look on here; engineers, admins and owners write.</p>}
      {draft.kind === 'placing' ? (
        <p className="text-xs text-ink-2">
          Click a point or drag a region on any pane. By keys: arrows move the cursor, Enter takes its point; for a region C sets a corner
          first. Escape gives up.
        </p>
      ) : null}
      {draft.kind === 'writing' ? (
        <CommentForm
          key={reconstructionId}
          about={reconstructionId}
          label="Comment"
          action="Comment"
          focused={begun}
          onCancel={cancel}
          onSubmit={async (body, mentions) => {
            const view = new URLSearchParams(window.location.search);
            view.delete('comment');
            const refused = await acts.add({ reconstructionId, region: draft.region, view: view.toString(), body, mentions });
            if (refused === null) cancel();
            return refused;
          }}
        />
      ) : null}
      {error && !threads ? (
        <p role="alert" className="text-xs text-bad">
          {sentenceOf(error)}{' '}
          <button type="button" className="underline" onClick={refetch}>
            Try again
          </button>
        </p>
      ) : null}
      {threads?.length === 0 && draft.kind === 'none' ? (
        <p className="text-xs text-ink-3">Nobody said anything of this image yet.</p>
      ) : null}
      {open.map(card)}
      {resolved.length > 0 ? (
        <details open={resolved.some(({ id }) => id === selected)} className="flex flex-col">
          <summary className="cursor-pointer text-xs text-ink-3">{resolved.length} resolved</summary>
          <div className="mt-2 flex flex-col gap-2">{resolved.map(card)}</div>
        </details>
      ) : null}
    </section>
  );
}
