'use client';

import { Archive, ArchiveRestore, Ellipsis, GitCompareArrows, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { IconButton } from '#web/components/ui/button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#web/components/ui/menu.tsx';
import { baseName } from './recipe-source.ts';
import { differencesQuery } from './recipe-draft.ts';
import { DeleteVariantDialog, keptBecause, RenameVariantDialog, useArchive, type NamedVariant } from './variant-dialogs.tsx';

export interface VariantMenuProps {
  readonly variant: NamedVariant & { readonly recipe: { readonly document: unknown } };
  readonly onDeleted: () => void;
}

/** What can be done with a saved variant besides training it. */
export function VariantMenu({ variant, onDeleted }: VariantMenuProps) {
  const project = useProject();
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const { archive, busy } = useArchive();
  const kept = keptBecause(variant);
  const base = baseName(variant.recipe.document as { readonly name?: unknown });
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={`More about ${variant.name}`} className="relative z-10">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuLink href={`/projects/${project.id}/recipes/differences${differencesQuery(base, variant.id)}`}>
          <GitCompareArrows /> What differs from {base}
        </MenuLink>
        {project.canEdit ? (
          <>
            <MenuSeparator />
            <MenuItem onSelect={() => setDialog('rename')}>
              <Pencil /> Rename …
            </MenuItem>
            <MenuItem onSelect={() => void archive(variant)} disabled={busy}>
              {variant.archivedAt === null ? <Archive /> : <ArchiveRestore />}
              {variant.archivedAt === null ? 'Archive' : 'Bring back'}
            </MenuItem>
            <MenuItem onSelect={() => setDialog('delete')} disabled={kept !== null}>
              <Trash2 />
              <span className="flex flex-col py-1">
                <span>Delete …</span>
                {kept ? <span className="max-w-56 text-xs text-ink-3">{kept}</span> : null}
              </span>
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <RenameVariantDialog
        key={variant.name}
        variant={variant}
        open={dialog === 'rename'}
        onOpenChange={(open) => setDialog(open ? 'rename' : null)}
      />
      <DeleteVariantDialog
        variant={variant}
        open={dialog === 'delete'}
        onOpenChange={(open) => setDialog(open ? 'delete' : null)}
        onDeleted={onDeleted}
      />
    </>
  );
}
