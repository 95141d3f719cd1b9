'use client';

import { useLazyQuery } from '@apollo/client/react';
import { Command } from 'cmdk';
import {
  Braces,
  FlaskConical,
  FolderOpen,
  Grid3x3,
  History,
  Images,
  Keyboard,
  LayoutDashboard,
  Moon,
  Play,
  Search,
  UserRound,
  UsersRound,
  Workflow,
} from 'lucide-react';
import { useParams, useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { Dialog as Radix } from 'radix-ui';
import { useEffect, type ReactNode } from 'react';
import { useFocusReturn } from '#web/components/ui/focus-return.ts';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { paletteDocument } from '#web/features/projects/palette-document.ts';
import { nodes } from '#web/graphql/nodes.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { pages } from './navigation.tsx';
import { useShortcutHelp } from './shortcuts.tsx';

export interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly viewer: Viewer;
}

/** ⌘K or Ctrl K: goes to any page, project, dataset or run, and does the common acts. */
export function Palette({ open, onOpenChange, viewer }: PaletteProps) {
  const router = useRouter();
  const projectId = useParams<{ projectId?: string }>().projectId;
  const { resolvedTheme, setTheme } = useTheme();
  const openHelp = useShortcutHelp();
  const focus = useFocusReturn(open);
  const [load, { data }] = useLazyQuery(paletteDocument, { fetchPolicy: 'no-cache' });
  useEffect(() => {
    if (open && projectId) void load({ variables: { projectId } });
  }, [open, projectId, load]);
  const act = (run: () => void) => () => {
    onOpenChange(false);
    run();
  };
  const go = (href: string) => act(() => router.push(href));
  const base = `/projects/${projectId}`;

  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="appear fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-md border border-line-strong bg-panel shadow-float outline-none"
        >
          <Radix.Title className="sr-only">Search and commands</Radix.Title>
          <Command loop label="Search and commands">
            <div className="flex h-11 items-center gap-2 border-b px-3">
              <Search aria-hidden className="size-4 text-ink-3" />
              <Command.Input
                placeholder="Go to a page, dataset, run, or do …"
                className="h-full flex-1 bg-transparent text-sm outline-none placeholder:text-ink-3"
              />
            </div>
            <Command.List className="max-h-[52vh] overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3">
              <Command.Empty className="px-3 py-8 text-center text-ink-2">Nothing by that name here.</Command.Empty>
              {projectId ? (
                <>
                  <Command.Group heading="Actions">
                    <Entry icon={<Play />} onSelect={go(`${base}/runs/new`)}>
                      New training
                    </Entry>
                    <Entry icon={<Grid3x3 />} onSelect={go(`${base}/experiments/new`)}>
                      New experiment
                    </Entry>
                    <Entry icon={<Workflow />} onSelect={go(`${base}/recipes/form`)}>
                      New variant
                    </Entry>
                    <Entry icon={<Images />} onSelect={go(`${base}/datasets?new=1`)}>
                      New dataset
                    </Entry>
                  </Command.Group>
                  <Command.Group heading="Pages">
                    {pages.map(({ name, path, icon: Icon }) => (
                      <Entry key={name} icon={<Icon />} onSelect={go(`${base}${path}`)}>
                        {name}
                      </Entry>
                    ))}
                  </Command.Group>
                  <Command.Group heading="More pages">
                    <Entry icon={<History />} onSelect={go(`${base}/activity`)}>
                      Activity
                    </Entry>
                    {viewer.teams.map(({ team }) => (
                      <Entry
                        key={team.id}
                        value={`team home ${team.name} ${team.id}`}
                        icon={<LayoutDashboard />}
                        onSelect={go(`/teams/${team.id}/home`)}
                      >
                        Home of {team.name}
                      </Entry>
                    ))}
                  </Command.Group>
                  <Command.Group heading="Datasets">
                    {data?.project?.datasets.map((dataset) => (
                      <Entry
                        key={dataset.id}
                        value={`dataset ${dataset.name} ${dataset.id}`}
                        icon={<Images />}
                        onSelect={go(`${base}/datasets/${dataset.id}`)}
                      >
                        {dataset.name}
                      </Entry>
                    ))}
                  </Command.Group>
                  <Command.Group heading="Experiments">
                    {nodes(data?.project?.experiments).map((experiment) => (
                      <Entry
                        key={experiment.id}
                        value={`experiment ${experiment.name} ${experiment.id}`}
                        icon={<Grid3x3 />}
                        onSelect={go(`${base}/experiments/${experiment.id}`)}
                      >
                        <span className="flex-1 truncate">{experiment.name}</span>
                        <StateBadge state={experiment.state} />
                      </Entry>
                    ))}
                  </Command.Group>
                  <Command.Group heading="Runs">
                    {nodes(data?.project?.trainingRuns).map((run) => (
                      <Entry
                        key={run.id}
                        value={`run ${run.variant.name} ${run.datasetVersion.dataset.name} seed ${run.seed} ${run.id}`}
                        icon={<FlaskConical />}
                        onSelect={go(`${base}/runs/${run.id}`)}
                      >
                        <span className="flex-1 truncate">
                          {run.variant.name} on {run.datasetVersion.dataset.name}, seed {run.seed}
                        </span>
                        <StateBadge state={run.state} />
                      </Entry>
                    ))}
                  </Command.Group>
                </>
              ) : null}
              <Command.Group heading="Teams">
                {viewer.teams.map(({ team }) => (
                  <Entry
                    key={team.id}
                    value={`members of ${team.name} ${team.id}`}
                    icon={<UsersRound />}
                    onSelect={go(`/teams/${team.id}`)}
                  >
                    Members of {team.name}
                  </Entry>
                ))}
              </Command.Group>
              <Command.Group heading="Projects">
                {viewer.teams.flatMap(({ team }) =>
                  team.projects.map((project) => (
                    <Entry
                      key={project.id}
                      value={`project ${project.name} ${project.id}`}
                      icon={<FolderOpen />}
                      onSelect={go(`/projects/${project.id}`)}
                    >
                      {project.name}
                    </Entry>
                  )),
                )}
              </Command.Group>
              <Command.Group heading="This window">
                <Entry icon={<Moon />} onSelect={act(() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark'))}>
                  Switch between light and dark
                </Entry>
                <Entry icon={<Keyboard />} onSelect={act(() => setTimeout(openHelp, 50))}>
                  Keyboard shortcuts
                </Entry>
                <Entry icon={<UserRound />} onSelect={go('/account')}>
                  My account
                </Entry>
                <Entry icon={<Braces />} onSelect={go('/explorer')}>
                  API explorer
                </Entry>
              </Command.Group>
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Entry({ icon, value, onSelect, children }: { icon: ReactNode; value?: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      {...(value ? { value } : {})}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-sm px-2 data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-3"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
