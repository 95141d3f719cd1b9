'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { NameDialog } from '#web/components/ui/name-dialog.tsx';
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
  const [create] = useMutation(createProjectDocument);
  return (
    <NameDialog
      open={open}
      onOpenChange={onOpenChange}
      title="New project"
      description={`One inspection problem of ${teamName}.`}
      placeholder="Castings, line 3"
      action="Create project"
      onSubmit={async (name) => {
        const { data } = await create({ variables: { input: { teamId, name } } });
        const result = data?.createProject;
        if (result?.__typename !== 'CreateProjectSuccess') return sentenceOf(result);
        onOpenChange(false);
        router.push(`/projects/${result.project.id}`);
        router.refresh();
        return null;
      }}
    />
  );
}
