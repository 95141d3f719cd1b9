'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { createProjectDocument } from '#web/features/projects/documents.ts';
import { sentenceOf } from '#web/graphql/failure.ts';

export interface CreateProjectDialogProps {
  readonly teamId: string;
  readonly teamName: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function CreateProjectDialog({ teamId, teamName, open, onOpenChange }: CreateProjectDialogProps) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [create, { loading }] = useMutation(createProjectDocument);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    try {
      const { data } = await create({ variables: { input: { teamId, name: name.trim() } } });
      const result = data?.createProject;
      if (result?.__typename === 'CreateProjectSuccess') {
        onOpenChange(false);
        router.push(`/projects/${result.project.id}`);
        router.refresh();
      } else setError(sentenceOf(result));
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New project" description={`One inspection problem of ${teamName}.`}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error}
          autoFocus
          required
          maxLength={80}
          placeholder="Castings, line 3"
        />
        <div className="flex justify-end">
          <Button tone="primary" type="submit" busy={loading}>
            Create project
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
