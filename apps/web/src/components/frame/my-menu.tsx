'use client';

import { useApolloClient } from '@apollo/client/react';
import { Braces, Keyboard, LogOut, UserRound } from 'lucide-react';
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '#web/components/ui/menu.tsx';
import { leave } from '#web/features/account/leave.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { useShortcutHelp } from './shortcuts.tsx';

/** The viewer's initials; account, keyboard, sign out. */
export function MyMenu({ viewer }: { viewer: Viewer }) {
  const client = useApolloClient();
  const openHelp = useShortcutHelp();
  const initials = viewer.name
    .split(/\s+/)
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`${initials}: account of ${viewer.name}`}
          className="ml-1 flex size-7 shrink-0 items-center justify-center rounded-full bg-selected text-2xs font-semibold hover:bg-line-strong"
        >
          {initials || '?'}
        </button>
      }
    >
      <MenuLabel>
        <span className="block text-sm text-ink">{viewer.name}</span>
        {viewer.email}
      </MenuLabel>
      <MenuSeparator />
      <MenuLink href="/account">
        <UserRound /> My account
      </MenuLink>
      <MenuLink href="/explorer">
        <Braces /> API explorer
      </MenuLink>
      <MenuItem onSelect={() => setTimeout(openHelp, 50)}>
        <Keyboard /> Keyboard shortcuts
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => void leave(client)}>
        <LogOut /> Sign out
      </MenuItem>
    </Menu>
  );
}
