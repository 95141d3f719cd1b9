'use client';

import { useQuery } from '@apollo/client/react';
import { Images, Plus } from 'lucide-react';
import Link from 'next/link';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { count } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { DeletedDatasets } from './deleted-datasets.tsx';
import { datasetsDocument } from './documents.ts';
import { NewDatasetDialog } from './new-dataset-dialog.tsx';
import { sizesInWords } from './sizes.ts';

export function DatasetsPage() {
  const project = useProject();
  const query = useQueryState();
  const { data, error, refetch } = useQuery(datasetsDocument, { variables: { projectId: project.id } });
  useProjectChanges(['import', 'project'], () => void refetch());
  useBreadcrumb({ label: 'Datasets' });
  const datasets = data?.project?.datasets;
  const create = project.canEdit ? (
    <Button tone="primary" onClick={() => query.set({ new: '1' })}>
      <Plus /> New dataset
    </Button>
  ) : null;

  return (
    <Page>
      <PageHeader title="Datasets" actions={create}>
        Each holds the images of one class of item.
      </PageHeader>
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : datasets?.length === 0 ? (
        <EmptyState icon={<Images />} title="No dataset yet" action={create}>
          Make one for each item that you inspect, then drop a folder or a zip with its images.
        </EmptyState>
      ) : (
        <Table>
          <thead>
            <tr>
              <HeadCell>Name</HeadCell>
              <HeadCell>
                <span className="sr-only">Some of its images</span>
              </HeadCell>
              <HeadCell numeric>Images</HeadCell>
              <HeadCell numeric>Good</HeadCell>
              <HeadCell numeric>Defective</HeadCell>
              <HeadCell numeric>Masks</HeadCell>
              <HeadCell>Size, px</HeadCell>
              <HeadCell numeric>Version</HeadCell>
              <HeadCell>Created</HeadCell>
            </tr>
          </thead>
          <tbody>
            {datasets ? (
              datasets.map((dataset) => (
                <Row key={dataset.id}>
                  <Cell className="py-2 text-sm font-medium">
                    <Link href={`/projects/${project.id}/datasets/${dataset.id}`} className="after:absolute after:inset-0">
                      {dataset.name}
                    </Link>
                  </Cell>
                  <Cell className="py-2">
                    <span className="flex gap-0.5">
                      {nodes(dataset.images).map((image) => (
                        <img
                          key={image.id}
                          src={image.thumbnailUrl}
                          alt=""
                          loading="lazy"
                          width={40}
                          height={40}
                          className="size-10 max-w-none max-md:nth-[n+3]:hidden rounded-sm bg-well object-contain"
                        />
                      ))}
                    </span>
                  </Cell>
                  <Cell numeric>{count(dataset.imageCount)}</Cell>
                  <Cell numeric>{count(dataset.goodCount)}</Cell>
                  <Cell numeric>{count(dataset.defectiveCount)}</Cell>
                  <Cell numeric>{count(dataset.maskCount)}</Cell>
                  <Cell>{sizesInWords(dataset.sizes)}</Cell>
                  <Cell numeric>{Math.max(0, ...dataset.versions.map((version) => version.number)) || '–'}</Cell>
                  <Cell className="text-ink-2">
                    <RelativeTime at={dataset.createdAt} />
                  </Cell>
                </Row>
              ))
            ) : (
              <SkeletonRows rows={3} columns={9} />
            )}
          </tbody>
        </Table>
      )}
      {project.canAdminister ? <DeletedDatasets projectId={project.id} /> : null}
      <NewDatasetDialog open={query.get('new') === '1'} onOpenChange={(open) => query.set({ new: open ? '1' : null })} />
    </Page>
  );
}
