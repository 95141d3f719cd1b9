import type { ReactNode } from 'react';
import { Mark } from '#web/components/frame/mark.tsx';
import { ThemeToggle } from '#web/components/frame/theme-toggle.tsx';

/** The doors of the house: sign-in and welcome. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-11 items-center justify-between px-4">
        <span className="flex items-center gap-2 font-semibold">
          <Mark className="size-4" /> Plumbline
        </span>
        <ThemeToggle />
      </header>
      <main className="flex flex-1 items-start justify-center px-4 pt-[10vh] pb-10">{children}</main>
    </div>
  );
}
