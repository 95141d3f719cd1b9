import type { ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';
import { Mark } from './mark.tsx';
import { SkipLink } from './skip-link.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

/** What surrounds pages for people who are not signed in: nothing of a team is in it. */
export function PublicFrame({ head, body, children }: { head?: string; body: string; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className={classes('flex h-11 items-center justify-between px-4', head)}>
        <span className="flex items-center gap-2 font-semibold">
          <Mark className="size-4" /> Plumbline
        </span>
        <ThemeToggle />
      </header>
      <main id="page" tabIndex={-1} className={classes('flex flex-1 outline-none', body)}>
        {children}
      </main>
    </div>
  );
}
