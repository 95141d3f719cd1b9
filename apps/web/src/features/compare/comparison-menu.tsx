'use client';

import { Copy, Ellipsis, ListChecks, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { IconButton } from '#web/components/ui/button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#web/components/ui/menu.tsx';
import { NameDialog } from '#web/components/ui/name-dialog.tsx';
import type { useComparisonActs } from './use-comparison-acts.ts';

export interface ComparisonMenuProps {
  readonly comparison: { readonly id: string; readonly name: string; readonly evaluationIds: readonly string[]; readonly view?: unknown };
  readonly acts: ReturnType<typeof useComparisonActs>;
  readonly onDuplicated?: (id: string) => void;
  readonly onDeleted?: () => void;
}

/** Rename, duplicate, choose others, delete. */
export function ComparisonMenu({ comparison, acts, onDuplicated, onDeleted }: ComparisonMenuProps) {
  const project = useProject();
  const [renaming, setRenaming] = useState(false);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={`More about ${comparison.name}`} className="relative z-10">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setRenaming(true)}>
          <Pencil /> Rename …
        </MenuItem>
        <MenuItem
          onSelect={() => void acts.duplicate({ ...comparison, view: comparison.view ?? {} }).then((id) => id && onDuplicated?.(id))}
        >
          <Copy /> Duplicate
        </MenuItem>
        <MenuLink href={`/projects/${project.id}/compare/new?by=evaluations&evaluations=${comparison.evaluationIds.join(',')}`}>
          <ListChecks /> Begin another from these …
        </MenuLink>
        <MenuSeparator />
        <MenuItem onSelect={() => void acts.discard(comparison).then((gone) => gone && onDeleted?.())}>
          <Trash2 /> Delete
        </MenuItem>
      </Menu>
      <NameDialog
        key={String(renaming)}
        open={renaming}
        onOpenChange={setRenaming}
        title="Rename comparison"
        present={comparison.name}
        action="Rename"
        onSubmit={async (name) => {
          const refused = await acts.rename(comparison, name);
          if (refused === null) setRenaming(false);
          return refused;
        }}
      />
    </>
  );
}
