'use client';

import { Check, ChevronDown, LayoutDashboard, Plus, ScrollText, UsersRound } from 'lucide-react';
import { useParams } from 'next/navigation';
import { useState } from 'react';
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '#web/components/ui/menu.tsx';
import { NewTeamDialog } from '#web/features/team/new-team-dialog.tsx';
import { isAdmin } from '#web/features/team/roles.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { CreateProjectDialog } from './create-project-dialog.tsx';
import type { CurrentProject } from './project-context.tsx';

const triggerLook = 'flex h-8 min-w-0 items-center gap-1 rounded-md px-2 hover:bg-hover data-[state=open]:bg-hover';

/** Team ▾ / Project ▾ of the top bar. */
export function TeamAndProject({ viewer, project }: { viewer: Viewer; project: CurrentProject | null }) {
  const [creating, setCreating] = useState(false);
  const [creatingTeam, setCreatingTeam] = useState(false);
  const addressed = useParams<{ teamId?: string }>().teamId;
  const membership = viewer.teams.find(({ team }) => team.id === (project?.team.id ?? addressed)) ?? viewer.teams[0];
  if (!membership) return null;
  const { team, role } = membership;
  return (
    <>
      <Menu
        trigger={
          <button type="button" className={`${triggerLook} text-ink-2 max-sm:hidden`} aria-label={`Team ${team.name}`}>
            <span className="truncate">{team.name}</span>
            <ChevronDown className="size-3.5 shrink-0 text-ink-3" />
          </button>
        }
      >
        <MenuLabel>Team</MenuLabel>
        {viewer.teams.map((one) => {
          const first = one.team.projects[0];
          return (
            <MenuLink key={one.team.id} href={first ? `/projects/${first.id}` : `/teams/${one.team.id}`}>
              <span className="flex-1">{one.team.name}</span>
              <span className="text-xs text-ink-3">{one.role}</span>
              {one.team.id === team.id ? <Check /> : null}
            </MenuLink>
          );
        })}
        <MenuSeparator />
        <MenuLink href={`/teams/${team.id}/home`}>
          <LayoutDashboard /> Home of {team.name}
        </MenuLink>
        <MenuLink href={`/teams/${team.id}`}>
          <UsersRound /> Members
        </MenuLink>
        {isAdmin(role) ? (
          <MenuLink href={`/teams/${team.id}/audit`}>
            <ScrollText /> Who did what
          </MenuLink>
        ) : null}
        {viewer.teams.some((one) => isAdmin(one.role)) ? (
          <MenuItem onSelect={() => setCreatingTeam(true)}>
            <Plus /> New team
          </MenuItem>
        ) : null}
      </Menu>
      <span aria-hidden className="text-ink-3 max-sm:hidden">
        /
      </span>
      <Menu
        trigger={
          <button
            type="button"
            className={`${triggerLook} font-medium`}
            aria-label={project ? `Project ${project.name}` : 'Projects: choose one'}
          >
            <span className="truncate">{project?.name ?? 'Projects'}</span>
            <ChevronDown className="size-3.5 shrink-0 text-ink-3" />
          </button>
        }
      >
        <MenuLabel>{team.name}</MenuLabel>
        {team.projects.map((one) => (
          <MenuLink key={one.id} href={`/projects/${one.id}`}>
            <span className="flex-1">{one.name}</span>
            {one.id === project?.id ? <Check /> : null}
          </MenuLink>
        ))}
        {!isAdmin(role) ? null : (
          <>
            <MenuSeparator />
            <MenuItem onSelect={() => setCreating(true)}>
              <Plus /> New project
            </MenuItem>
          </>
        )}
      </Menu>
      <CreateProjectDialog teamId={team.id} teamName={team.name} open={creating} onOpenChange={setCreating} />
      <NewTeamDialog key={String(creatingTeam)} open={creatingTeam} onOpenChange={setCreatingTeam} />
    </>
  );
}
