'use client';

import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { toast } from 'sonner';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { NameDialog } from '#web/components/ui/name-dialog.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { plural } from '#web/lib/numbers.ts';
import { archiveVariantDocument, deleteVariantDocument, renameVariantDocument } from './documents.ts';

export interface NamedVariant {
  readonly id: string;
  readonly name: string;
  readonly runCount: number;
  readonly archivedAt: string | null;
}

interface VariantDialogProps {
  readonly variant: NamedVariant;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RenameVariantDialog({ variant, open, onOpenChange }: VariantDialogProps) {
  const [rename] = useMutation(renameVariantDocument);
  return (
    <NameDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Rename variant"
      description="Its runs and their tables carry the new name too."
      present={variant.name}
      action="Rename"
      onSubmit={async (name) => {
        const { data } = await rename({ variables: { input: { id: variant.id, name } } });
        const result = data?.renameVariant;
        if (result?.__typename !== 'RenameVariantSuccess') return issuesOf(result)['name'] ?? sentenceOf(result);
        onOpenChange(false);
        return null;
      }}
    />
  );
}

export interface DeleteVariantDialogProps extends VariantDialogProps {
  readonly onDeleted: () => void;
}

/** Deletes a variant; one that runs refer to stays, and the dialog says so before it is tried. */
export function DeleteVariantDialog({ variant, open, onOpenChange, onDeleted }: DeleteVariantDialogProps) {
  const [error, setError] = useState<string | null>(null);
  const [remove, { loading }] = useMutation(deleteVariantDocument);
  async function confirm() {
    setError(null);
    try {
      const { data } = await remove({ variables: { id: variant.id } });
      const result = data?.deleteVariant;
      if (result?.__typename === 'DeleteVariantSuccess') {
        onOpenChange(false);
        onDeleted();
      } else setError(issuesOf(result)['id'] ?? sentenceOf(result));
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${variant.name}?`}
      description="Its name and recipe go, and cannot come back. Nothing was trained with it."
      action="Delete variant"
      busy={loading}
      error={error}
      onConfirm={() => void confirm()}
    />
  );
}

/** Why a variant cannot be deleted, or null. */
export function keptBecause({ runCount }: Pick<NamedVariant, 'runCount'>): string | null {
  return runCount === 0 ? null : `${plural(runCount, 'run')} ${runCount === 1 ? 'refers' : 'refer'} to it; archive it instead`;
}

/** Puts a variant out of the way or back, at once; the message holds the way back. */
export function useArchive(): { readonly archive: (variant: NamedVariant) => Promise<void>; readonly busy: boolean } {
  const [change, { loading }] = useMutation(archiveVariantDocument);
  async function set(variant: NamedVariant, archived: boolean): Promise<boolean> {
    try {
      const { data } = await change({ variables: { input: { id: variant.id, archived } } });
      const result = data?.archiveVariant;
      if (result?.__typename === 'ArchiveVariantSuccess') return true;
      toast.error(`${variant.name} was not ${archived ? 'archived' : 'brought back'}.`, { description: sentenceOf(result) });
    } catch (failure) {
      toast.error(`${variant.name} was not ${archived ? 'archived' : 'brought back'}.`, { description: sentenceOf(failure) });
    }
    return false;
  }
  async function archive(variant: NamedVariant): Promise<void> {
    const archived = variant.archivedAt === null;
    if (!(await set(variant, archived))) return;
    toast.success(archived ? `${variant.name} is archived.` : `${variant.name} is back.`, {
      action: { label: 'Undo', onClick: () => void set(variant, !archived) },
    });
  }
  return { archive, busy: loading };
}
