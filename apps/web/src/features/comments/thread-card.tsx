'use client';

import { CircleCheck, Link2, MoreHorizontal, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { Menu, MenuItem } from '#web/components/ui/menu.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { classes } from '#web/lib/classes.ts';
import { CommentForm } from './comment-form.tsx';
import { cutAtMentions } from './mentions.ts';
import { linkOf } from './thread-place.ts';
import { useCommentActs } from './use-comment-acts.ts';
import type { Thread } from './use-threads.ts';

type Said = Thread['replies'][number];

interface ThreadCardProps {
  readonly thread: Thread;
  /** Number of its pin on the image. */
  readonly pin?: number | null;
  readonly selected?: boolean;
  readonly onSelect?: () => void;
  /** Where it stands, on pages of many things. */
  readonly place?: ReactNode;
}

/** A thread: its first comment, the answers, and what one can do with them. */
export function ThreadCard({ thread, pin, selected, onSelect, place }: ThreadCardProps) {
  const project = useProject();
  const acts = useCommentActs();
  const [answering, setAnswering] = useState(false);
  const card = useRef<HTMLElement>(null);
  const resolved = thread.resolvedAt !== null;
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which an effect must not return.
    if (selected) void card.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(new URL(linkOf(project.id, thread), window.location.href).href);
      toast('The link to exactly this view is copied.');
    } catch {
      toast.error('The link could not be copied.', { description: 'The browser keeps the clipboard closed; copy the address instead.' });
    }
  };
  return (
    <article
      ref={card}
      aria-label={`Thread of ${thread.author?.name ?? 'somebody who left'}`}
      data-resolved={resolved || undefined}
      onClick={onSelect}
      className={classes('flex flex-col gap-2 rounded-md border bg-panel p-2.5', selected && 'border-accent', resolved && 'bg-surface')}
    >
      {place}
      <Comment said={thread} pin={pin ?? null} />
      {thread.replies.map((reply) => (
        <div key={reply.id} className="ml-2 border-l pl-2.5">
          <Comment said={reply} pin={null} />
        </div>
      ))}
      {answering ? (
        <CommentForm
          about={`reply to ${thread.id}`}
          label="Reply"
          action="Reply"
          focused
          onCancel={() => setAnswering(false)}
          onSubmit={async (body, mentions) => {
            const refused = await acts.add({ parentId: thread.id, body, mentions });
            if (refused === null) setAnswering(false);
            return refused;
          }}
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-1">
        {project.canEdit && !answering ? (
          <Button size="small" tone="quiet" onClick={() => setAnswering(true)}>
            Reply
          </Button>
        ) : null}
        {project.canEdit ? (
          <Button size="small" tone="quiet" onClick={() => void acts.resolve(thread.id, !resolved)}>
            {resolved ? <RotateCcw /> : <CircleCheck />} {resolved ? 'Reopen' : 'Resolve'}
          </Button>
        ) : null}
        <IconButton label="Copy the link to this view" className="ml-auto size-7!" onClick={() => void copy()}>
          <Link2 />
        </IconButton>
      </div>
      {resolved ? (
        <p className="text-2xs text-ink-3">
          Resolved{thread.resolvedBy ? ` by ${thread.resolvedBy.name}` : ''} <RelativeTime at={thread.resolvedAt} />
        </p>
      ) : null}
    </article>
  );
}

function Comment({ said, pin }: { said: Said; pin: number | null }) {
  const acts = useCommentActs();
  const [editing, setEditing] = useState(false);
  const menu = !said.deletedAt && (said.mine || said.deletable);
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex min-h-6 items-center gap-1.5 text-xs">
        {pin !== null ? (
          <span className="flex size-4.5 items-center justify-center rounded-full bg-accent-fill text-2xs font-semibold text-on-accent">
            {pin}
          </span>
        ) : null}
        <span className="truncate font-semibold">{said.author?.name ?? 'Somebody who left'}</span>
        <RelativeTime at={said.createdAt} className="text-ink-3" />
        {said.editedAt && !said.deletedAt ? <span className="text-ink-3">edited</span> : null}
        {menu ? (
          <Menu
            align="end"
            trigger={
              <IconButton label="More about this comment" className="ml-auto size-6!">
                <MoreHorizontal />
              </IconButton>
            }
          >
            {said.mine ? (
              <MenuItem onSelect={() => setEditing(true)}>
                <Pencil /> Edit
              </MenuItem>
            ) : null}
            {said.deletable ? (
              <MenuItem onSelect={() => void acts.remove(said.id)}>
                <Trash2 /> Delete
              </MenuItem>
            ) : null}
          </Menu>
        ) : null}
      </div>
      {said.deletedAt ? (
        <p className="text-sm text-ink-3 italic">deleted</p>
      ) : editing ? (
        <CommentForm
          about={`edit ${said.id}`}
          label="Comment"
          action="Save"
          initial={said.body}
          focused
          onCancel={() => setEditing(false)}
          onSubmit={async (body, mentions) => {
            const refused = await acts.edit(said.id, body, mentions);
            if (refused === null) setEditing(false);
            return refused;
          }}
        />
      ) : (
        <p className="text-sm break-words whitespace-pre-wrap">
          {cutAtMentions(said.body, said.mentions).map((part, i) =>
            typeof part === 'string' ? (
              part
            ) : (
              <span key={i} className="rounded-sm bg-accent-wash px-0.5 text-accent-ink">
                @{part.name}
              </span>
            ),
          )}
        </p>
      )}
    </div>
  );
}
