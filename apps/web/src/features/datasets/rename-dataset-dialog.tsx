'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { renameDatasetDocument } from './documents.ts';

export interface RenameDatasetDialogProps {
  readonly dataset: { readonly id: string; readonly name: string };
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RenameDatasetDialog({ dataset, open, onOpenChange }: RenameDatasetDialogProps) {
  const [name, setName] = useState(dataset.name);
  const [error, setError] = useState<string | null>(null);
  const [rename, { loading }] = useMutation(renameDatasetDocument);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    try {
      const { data } = await rename({ variables: { input: { id: dataset.id, name: name.trim() } } });
      const result = data?.renameDataset;
      if (result?.__typename === 'RenameDatasetSuccess') onOpenChange(false);
      else setError(issuesOf(result)['name'] ?? sentenceOf(result));
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Rename dataset">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error}
          required
          maxLength={80}
          autoFocus
        />
        <div className="flex justify-end">
          <Button tone="primary" type="submit" busy={loading}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
