'use client';

import { Cpu, FlaskConical, Gauge, Grid3x3, Images, LayoutDashboard, MessageSquare, Scale, ScanEye, Workflow } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { OpenThreadCount } from '#web/features/comments/open-count.tsx';
import { classes } from '#web/lib/classes.ts';

export const pages = [
  { key: 'o', name: 'Overview', path: '', icon: LayoutDashboard },
  { key: 'd', name: 'Datasets', path: '/datasets', icon: Images },
  { key: 'c', name: 'Recipes', path: '/recipes', icon: Workflow },
  { key: 'x', name: 'Experiments', path: '/experiments', icon: Grid3x3 },
  { key: 'r', name: 'Runs', path: '/runs', icon: FlaskConical },
  { key: 'e', name: 'Evaluations', path: '/evaluations', icon: Gauge },
  { key: 'p', name: 'Compare', path: '/compare', icon: Scale },
  { key: 'l', name: 'Live check', path: '/live', icon: ScanEye },
  { key: 'm', name: 'Comments', path: '/comments', icon: MessageSquare },
  { key: 'w', name: 'Workers', path: '/workers', icon: Cpu },
] as const;

function useCurrent(projectId: string): (path: string) => boolean {
  const pathname = usePathname();
  const base = `/projects/${projectId}`;
  return (path) => (path === '' ? pathname === base : pathname.startsWith(`${base}${path}`));
}

/** Left, on a wide screen. */
export function SideNavigation({ projectId }: { projectId: string }) {
  const current = useCurrent(projectId);
  return (
    <nav aria-label="Project" className="hidden w-44 shrink-0 flex-col gap-0.5 border-r bg-panel p-2 md:flex">
      {pages.map(({ name, path, icon: Icon }) => (
        <Link
          key={name}
          href={`/projects/${projectId}${path}`}
          aria-current={current(path) ? 'page' : undefined}
          className={classes(
            'flex h-8 items-center gap-2.5 rounded-md px-2 transition-colors',
            current(path) ? 'bg-selected font-medium text-ink [&>svg]:text-accent-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
          )}
        >
          <Icon aria-hidden className="size-4" /> {name}
          {path === '/comments' ? <OpenThreadCount /> : null}
        </Link>
      ))}
    </nav>
  );
}

/** At the bottom, on a narrow screen. Half a page's name at the edge shows that there are more; the current one is brought into sight. */
export function BottomNavigation({ projectId }: { projectId: string }) {
  const current = useCurrent(projectId);
  const pathname = usePathname();
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  return (
    <nav
      ref={bar}
      aria-label="Project"
      className="flex shrink-0 overflow-x-auto border-t bg-panel pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {pages.map(({ name, path, icon: Icon }) => (
        <Link
          key={name}
          href={`/projects/${projectId}${path}`}
          aria-current={current(path) ? 'page' : undefined}
          className={classes(
            'flex h-13 min-w-[18.2%] flex-1 flex-col items-center justify-center gap-0.5 text-2xs tracking-[-0.01em]',
            current(path) ? 'font-medium text-accent-ink' : 'text-ink-2',
          )}
        >
          <Icon aria-hidden className="size-4.5" /> {name}
        </Link>
      ))}
    </nav>
  );
}
