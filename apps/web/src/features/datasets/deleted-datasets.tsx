'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { RotateCcw } from 'lucide-react';
import { toast } from 'sonner';
import { useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { plural } from '#web/lib/numbers.ts';
import { datasetsDocument, deletedDatasetsDocument, restoreDatasetDocument } from './documents.ts';

/** Deleted datasets that can still come back; nothing where there are none. */
export function DeletedDatasets({ projectId }: { projectId: string }) {
  const { data, refetch } = useQuery(deletedDatasetsDocument, { variables: { projectId } });
  useProjectChanges(['project'], () => void refetch());
  const [restore, { loading }] = useMutation(restoreDatasetDocument);
  const datasets = data?.project?.deletedDatasets ?? [];
  if (datasets.length === 0) return null;
  const bringBack = async (id: string, name: string) => {
    try {
      const { data: answer } = await restore({
        variables: { id },
        refetchQueries: [
          { query: datasetsDocument, variables: { projectId } },
          { query: deletedDatasetsDocument, variables: { projectId } },
        ],
        awaitRefetchQueries: true,
      });
      const result = answer?.restoreDataset;
      if (result?.__typename === 'RestoreDatasetSuccess') toast(`${name} is back.`);
      else toast.error(sentenceOf(result));
    } catch (failure) {
      toast.error(sentenceOf(failure));
    }
  };
  return (
    <section aria-labelledby="deleted-datasets" className="mt-8">
      <h2 id="deleted-datasets" className="font-semibold">
        Deleted
      </h2>
      <p className="mt-1 text-xs text-ink-2">Kept for seven days, then removed with their files.</p>
      <ul className="mt-2 divide-y divide-line rounded-md border">
        {datasets.map(({ id, name, imageCount, deletedAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
            <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
            <span className="text-xs text-ink-2">{plural(imageCount, 'image')}</span>
            {deletedAt ? (
              <span className="text-xs text-ink-3">
                deleted <RelativeTime at={deletedAt} />
              </span>
            ) : null}
            <Button size="small" disabled={loading} onClick={() => void bringBack(id, name)}>
              <RotateCcw /> Restore
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
