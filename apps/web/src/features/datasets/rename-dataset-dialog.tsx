'use client';

import { useMutation } from '@apollo/client/react';
import { NameDialog } from '#web/components/ui/name-dialog.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { renameDatasetDocument } from './documents.ts';

export interface RenameDatasetDialogProps {
  readonly dataset: { readonly id: string; readonly name: string };
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RenameDatasetDialog({ dataset, open, onOpenChange }: RenameDatasetDialogProps) {
  const [rename] = useMutation(renameDatasetDocument);
  return (
    <NameDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Rename dataset"
      present={dataset.name}
      action="Rename"
      onSubmit={async (name) => {
        const { data } = await rename({ variables: { input: { id: dataset.id, name } } });
        const result = data?.renameDataset;
        if (result?.__typename !== 'RenameDatasetSuccess') return issuesOf(result)['name'] ?? sentenceOf(result);
        onOpenChange(false);
        return null;
      }}
    />
  );
}
