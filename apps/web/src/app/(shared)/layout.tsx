import type { ReactNode } from 'react';
import { Mark } from '#web/components/frame/mark.tsx';
import { ThemeToggle } from '#web/components/frame/theme-toggle.tsx';

/** What somebody without an account may look at: a head with nothing of the team in it. */
export default function SharedLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-11 items-center justify-between border-b bg-panel px-4">
        <span className="flex items-center gap-2 font-semibold">
          <Mark className="size-4" /> Plumbline
        </span>
        <ThemeToggle />
      </header>
      <main className="flex min-w-0 flex-1 flex-col gap-5 px-4 py-5 md:px-6">{children}</main>
    </div>
  );
}
