'use client';

import { Eye, UsersRound } from 'lucide-react';
import { Menu, MenuLabel, MenuLink, MenuSeparator } from '#web/components/ui/menu.tsx';
import type { CurrentProject } from './project-context.tsx';

/** Tells viewers why there is nothing to press, and whom to ask. */
export function RoleChip({ project }: { project: CurrentProject }) {
  if (project.canEdit) return null;
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label="You are a viewer: what that means"
          className="flex h-6 shrink-0 items-center gap-1 rounded-md border px-1.5 text-xs text-ink-2 hover:bg-hover data-[state=open]:bg-hover"
        >
          <Eye aria-hidden className="size-3.5" /> viewer
        </button>
      }
    >
      <MenuLabel>
        <span className="block max-w-64 text-sm text-ink">You are a viewer in {project.team.name}.</span>
        <span className="mt-1 block max-w-64">
          Viewers look and compare. Engineers, admins and owners bring data and start trainings; an admin of the team can make you one.
        </span>
      </MenuLabel>
      <MenuSeparator />
      <MenuLink href={`/teams/${project.team.id}`}>
        <UsersRound /> See who is an admin
      </MenuLink>
    </Menu>
  );
}
