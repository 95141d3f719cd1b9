'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useProject } from '#web/components/frame/project-context.tsx';
import { NameDialog } from '#web/components/ui/name-dialog.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { createDatasetDocument, datasetsDocument } from './documents.ts';

/** Names a dataset and leads to its page, where images are dropped. */
export function NewDatasetDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const project = useProject();
  const router = useRouter();
  const [create] = useMutation(createDatasetDocument);
  return (
    <NameDialog
      open={open}
      onOpenChange={onOpenChange}
      title="New dataset"
      description="One class of item, good and defective. Images are dropped on its page afterwards."
      placeholder="brake disc, front"
      hint="The item's name, as people at the line say it."
      action="Create dataset"
      onSubmit={async (name) => {
        const { data } = await create({
          variables: { input: { projectId: project.id, name } },
          refetchQueries: [{ query: datasetsDocument, variables: { projectId: project.id } }],
        });
        const result = data?.createDataset;
        if (result?.__typename !== 'CreateDatasetSuccess') return issuesOf(result)['name'] ?? sentenceOf(result);
        router.push(`/projects/${project.id}/datasets/${result.dataset.id}`);
        return null;
      }}
    />
  );
}
