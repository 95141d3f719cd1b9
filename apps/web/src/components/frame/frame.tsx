'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { useParams, useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { Kbd } from '#web/components/ui/kbd.tsx';
import { NotificationBell } from '#web/features/notifications/bell.tsx';
import { isAdmin } from '#web/features/team/roles.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { Breadcrumb, BreadcrumbProvider } from './breadcrumb.tsx';
import { Mark } from './mark.tsx';
import { BottomNavigation, pages, SideNavigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import { ProjectProvider, type CurrentProject } from './project-context.tsx';
import { RoleChip } from './role-chip.tsx';
import { RunningCount } from './running.tsx';
import { ShortcutProvider, useShortcuts } from './shortcuts.tsx';
import { useScrollMemory } from './scroll-memory.ts';
import { SkipLink } from './skip-link.tsx';
import { TeamAndProject } from './switcher.tsx';
import { ThemeToggle } from './theme-toggle.tsx';
import { MyMenu } from './my-menu.tsx';
import { useApple } from './use-apple.ts';

/** The project of the address, if the viewer may see it. */
export function findProject(viewer: Viewer, projectId: string | undefined): CurrentProject | null {
  for (const { role, team } of viewer.teams) {
    const project = team.projects.find((one) => one.id === projectId);
    if (project)
      return {
        ...project,
        viewerId: viewer.id,
        role,
        team: { id: team.id, name: team.name },
        canEdit: role !== 'viewer',
        canAdminister: isAdmin(role),
      };
  }
  return null;
}

interface FrameProps {
  readonly viewer: Viewer;
  /** The project around an address that is no page; pages name theirs in the address. */
  readonly projectId?: string | undefined;
  readonly children: ReactNode;
}

/** Top bar, navigation and the place of the page. Everything signed-in stands in it. */
export function Frame({ viewer, projectId, children }: FrameProps) {
  const addressed = useParams<{ projectId?: string }>().projectId;
  const project = findProject(viewer, addressed ?? projectId);
  const body = <Shell viewer={viewer} project={project} page={children} />;
  return (
    <ShortcutProvider>
      <BreadcrumbProvider>
        {project ? (
          <ProjectProvider key={project.id} project={project}>
            {body}
          </ProjectProvider>
        ) : (
          body
        )}
      </BreadcrumbProvider>
    </ShortcutProvider>
  );
}

function Shell({ viewer, project, page }: { viewer: Viewer; project: CurrentProject | null; page: ReactNode }) {
  const router = useRouter();
  const [searching, setSearching] = useState(false);
  const base = project ? `/projects/${project.id}` : null;
  const main = useScrollMemory();
  const searchKeys = useApple() ? '⌘K' : 'Ctrl K';
  useShortcuts('Everywhere', [
    { keys: '?', does: 'Show this list' },
    { keys: 'mod+k', does: 'Search and commands', run: () => setSearching((open) => !open), everywhere: true },
    ...(base
      ? [
          ...pages.map(({ key, name, path }) => ({ keys: `g ${key}`, does: `Go to ${name}`, run: () => router.push(`${base}${path}`) })),
          { keys: 'n', does: 'New training', run: () => router.push(`${base}/runs/new`) },
        ]
      : []),
  ]);

  return (
    <div className="flex h-dvh flex-col">
      <SkipLink />
      <header className="flex h-11 shrink-0 items-center gap-1 border-b bg-panel pr-2 pl-3">
        <Link href={base ?? '/'} className="flex items-center gap-2 rounded-sm font-semibold" aria-label="Plumbline, overview">
          <Mark className="size-4" />
          <span className="max-lg:hidden">Plumbline</span>
        </Link>
        <div className="mx-1 flex min-w-0 flex-1 items-center">
          <TeamAndProject viewer={viewer} project={project} />
          {project ? <RoleChip project={project} /> : null}
          <div className="min-w-0 max-md:hidden">
            <Breadcrumb />
          </div>
        </div>
        <button
          type="button"
          onClick={() => setSearching(true)}
          aria-label={`Search ${searchKeys}: pages, datasets, runs and commands`}
          className="flex h-8 items-center gap-2 rounded-md px-2 text-xs text-ink-3 hover:bg-hover hover:text-ink lg:h-7 lg:w-44 lg:border lg:bg-surface"
        >
          <Search className="size-4 lg:size-3.5" />
          <span className="flex-1 text-left max-lg:hidden">Search</span>{' '}
          <span className="flex gap-0.5 max-lg:hidden">
            <Kbd>{searchKeys}</Kbd>
          </span>
        </button>
        {project ? <RunningCount /> : null}
        <NotificationBell />
        <ThemeToggle />
        <MyMenu viewer={viewer} />
      </header>
      <div className="flex min-h-0 flex-1">
        {project ? <SideNavigation projectId={project.id} /> : null}
        <main ref={main} id="page" tabIndex={-1} className="min-w-0 flex-1 overflow-y-auto outline-none">
          {page}
        </main>
      </div>
      {project ? <BottomNavigation projectId={project.id} /> : null}
      <Palette open={searching} onOpenChange={setSearching} viewer={viewer} />
    </div>
  );
}
