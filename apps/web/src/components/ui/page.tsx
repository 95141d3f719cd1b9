import type { ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** Facts or a sentence under the title. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, children, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-0 md:flex-[1_1_20rem]">
        <h1 className="text-xl font-semibold tracking-[-0.01em] break-words">{title}</h1>
        {children ? <div className="mt-1 text-ink-2">{children}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}

/** The usual page: one scrolling column. Full-bleed pages (grids) lay themselves out. */
export function Page({ children, className, narrow }: { children: ReactNode; className?: string; narrow?: boolean }) {
  return <div className={classes('flex flex-col gap-5 px-4 py-5 md:px-6', narrow && 'max-w-3xl', className)}>{children}</div>;
}

export interface SectionProps {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A titled part of a page. */
export function Section({ title, actions, children, className }: SectionProps) {
  return (
    <section className={classes('flex min-w-0 flex-col gap-2', className)}>
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-2 gap-y-1">
        <h2 className="font-semibold">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** A framed surface. */
export function Panel({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={classes('rounded-md border bg-panel', className)}>{children}</div>;
}
