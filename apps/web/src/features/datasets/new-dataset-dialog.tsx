'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { createDatasetDocument, datasetsDocument } from './documents.ts';

/** Names a dataset and leads to its page, where images are dropped. */
export function NewDatasetDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const project = useProject();
  const router = useRouter();
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [create, { loading }] = useMutation(createDatasetDocument);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    try {
      const { data } = await create({
        variables: { input: { projectId: project.id, name: name.trim() } },
        refetchQueries: [{ query: datasetsDocument, variables: { projectId: project.id } }],
      });
      const result = data?.createDataset;
      if (result?.__typename === 'CreateDatasetSuccess') router.push(`/projects/${project.id}/datasets/${result.dataset.id}`);
      else setError(issuesOf(result)['name'] ?? sentenceOf(result));
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New dataset"
      description="One class of item, good and defective. Images are dropped on its page afterwards."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error}
          autoFocus
          required
          maxLength={80}
          placeholder="brake disc, front"
          hint="The item's name, as people at the line say it."
        />
        <div className="flex justify-end">
          <Button tone="primary" type="submit" busy={loading}>
            Create dataset
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
