'use client';

import { CircleAlert, Info, RotateCcw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';
import { Button } from './button.tsx';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** It stands for the whole page, so that its title is the page's heading. */
  readonly whole?: boolean;
  readonly className?: string;
}

/** Nothing here yet, and the next step. */
export function EmptyState({ icon, title, children, action, whole = false, className }: EmptyStateProps) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div
      className={classes(
        'flex flex-col items-center gap-2 rounded-md border border-dashed border-line-strong px-6 py-10 text-center',
        className,
      )}
    >
      {icon ? <div className="text-ink-3 [&>svg]:size-6">{icon}</div> : null}
      <Title className="font-semibold">{title}</Title>
      {children ? <div className="max-w-md text-ink-2">{children}</div> : null}
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

export interface ErrorStateProps {
  readonly title?: string;
  /** The reason, one sentence. */
  readonly reason: string;
  readonly onRetry?: () => void;
  /** It stands for the whole page, so that its title is the page's heading. */
  readonly whole?: boolean;
  readonly className?: string;
}

/** It could not be loaded: the reason, and a way to try again. */
export function ErrorState({ title = 'This could not be loaded', reason, onRetry, whole = false, className }: ErrorStateProps) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div role="alert" className={classes('flex flex-col items-center gap-2 rounded-md border px-6 py-10 text-center', className)}>
      <CircleAlert aria-hidden className="size-6 text-bad" />
      <Title className="font-semibold">{title}</Title>
      <p className="max-w-md text-ink-2">{reason}</p>
      {onRetry ? (
        <Button className="mt-2" onClick={onRetry}>
          <RotateCcw /> Try again
        </Button>
      ) : null}
    </div>
  );
}

const banners = {
  info: { look: 'border-line bg-panel', icon: <Info className="text-ink-3" /> },
  warning: { look: 'border-warn bg-warn-wash', icon: <TriangleAlert className="text-warn" /> },
  error: { look: 'border-bad bg-bad-wash', icon: <CircleAlert className="text-bad" /> },
} as const;

export interface BannerProps {
  readonly tone: keyof typeof banners;
  readonly title?: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Something about this page that must be read before the rest. */
export function Banner({ tone, title, children, action }: BannerProps) {
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={classes(
        'flex items-start gap-2.5 rounded-md border px-3 py-2 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0',
        banners[tone].look,
      )}
    >
      {banners[tone].icon}
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        <div className="text-ink-2">{children}</div>
      </div>
      {action}
    </div>
  );
}
