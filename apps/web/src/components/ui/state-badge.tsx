import { classes } from '#web/lib/classes.ts';

export type WorkState = 'queued' | 'preparing' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'paused';

/** Besides the states: it ended well and came to nothing; its runs have ended and their evaluations are under way. */
type BadgeState = WorkState | 'nothing' | 'evaluating';

/** Each state has its own shape, so that it is read without colour. */
const shapes: Record<BadgeState, { look: string; path: React.ReactNode }> = {
  queued: {
    look: 'text-ink-3',
    path: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2 1.6" />,
  },
  preparing: {
    look: 'text-accent-ink',
    path: (
      <>
        <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
      </>
    ),
  },
  running: { look: 'text-accent-ink', path: <circle cx="6" cy="6" r="4" fill="currentColor" /> },
  succeeded: { look: 'text-good', path: <path d="M2 6.5 5 9.5 10 3" fill="none" stroke="currentColor" strokeWidth="2" /> },
  failed: { look: 'text-bad', path: <path d="M6 1.5 11 10.5H1z" fill="currentColor" /> },
  nothing: { look: 'text-warn', path: <path d="M6 1 11 6 6 11 1 6z" fill="none" stroke="currentColor" strokeWidth="1.5" /> },
  evaluating: {
    look: 'text-accent-ink',
    path: (
      <>
        <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M4 6.2 5.5 7.7 8.2 4.6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </>
    ),
  },
  paused: { look: 'text-warn', path: <path d="M3 2h2v8H3zM7 2h2v8H7z" fill="currentColor" /> },
  cancelled: { look: 'text-ink-3', path: <path d="M2.5 2.5h7v7h-7z" fill="none" stroke="currentColor" strokeWidth="1.5" /> },
};

export interface StateBadgeProps {
  readonly state: BadgeState;
  /** Replaces the word, e.g. "cancelling". */
  readonly word?: string;
  /** What the page is about: a change of it is read out. */
  readonly announced?: boolean;
  readonly className?: string;
}

/** The state of a run, an evaluation or an import: shape and word. */
export function StateBadge({ state, word, announced = false, className }: StateBadgeProps) {
  const shape = shapes[state];
  return (
    <span
      {...(announced ? { role: 'status' } : {})}
      className={classes('inline-flex items-center gap-1.5 text-xs font-medium', shape.look, className)}
    >
      <svg viewBox="0 0 12 12" aria-hidden className={classes('size-3 shrink-0', state === 'running' && 'animate-pulse')}>
        {shape.path}
      </svg>
      {word ?? state}
    </span>
  );
}
