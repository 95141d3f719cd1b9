'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { Copy, Ellipsis, History, Pencil, Play, RotateCcw, Split, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink, IconButton } from '#web/components/ui/button.tsx';
import { CopyLink, HashChip } from '#web/components/ui/copy.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#web/components/ui/menu.tsx';
import { PageHeader } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { Banner } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { DatasetQuery } from '#web/graphql/generated/graphql.ts';
import { count, plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { datasetReferencesDocument, datasetsDocument, deletedDatasetsDocument, deleteDatasetDocument } from './documents.ts';
import { SplitDialog } from './edit/split-dialog.tsx';
import { importWord } from './import-words.ts';
import { RenameDatasetDialog } from './rename-dataset-dialog.tsx';
import { sizesInWords } from './sizes.ts';
import { UploadButton } from './upload/drop-zone.tsx';

type Dataset = NonNullable<DatasetQuery['dataset']>;

export function DatasetHeader({ dataset, onImport }: { dataset: Dataset | null; onImport: (importId: string) => void }) {
  const project = useProject();
  const query = useQueryState();
  const [dialog, setDialog] = useState<'rename' | 'delete' | 'split' | null>(null);
  if (!dataset) {
    return (
      <div className="flex flex-col gap-2">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
    );
  }
  const version = dataset.versions.reduce<Dataset['versions'][number] | null>(
    (latest, one) => (latest && latest.number > one.number ? latest : one),
    null,
  );
  return (
    <>
      <PageHeader
        title={dataset.name}
        actions={
          <>
            <CopyLink compact />
            {project.canEdit ? (
              <Menu
                align="end"
                trigger={
                  <IconButton label="More about this dataset">
                    <Ellipsis />
                  </IconButton>
                }
              >
                {dataset.imports.length > 0 ? <MenuLabel>Imports</MenuLabel> : null}
                {dataset.imports.map((job) => (
                  <MenuItem key={job.id} onSelect={() => onImport(job.id)}>
                    <History />
                    <span className="flex-1">{job.source}</span>
                    <span className="text-xs text-ink-3">{importWord(job)}</span>
                  </MenuItem>
                ))}
                {dataset.imports.length > 0 ? <MenuSeparator /> : null}
                {dataset.imageCount > 0 ? (
                  <MenuItem onSelect={() => setDialog('split')}>
                    <Split /> Divide by rule …
                  </MenuItem>
                ) : null}
                <MenuItem onSelect={() => query.push({ leaks: '1', image: null, import: null })}>
                  <Copy /> Leaks across splits
                </MenuItem>
                <MenuItem onSelect={() => query.push({ deleted: '1', split: null, label: null, image: null })}>
                  <RotateCcw /> Deleted images
                </MenuItem>
                <MenuSeparator />
                <MenuItem onSelect={() => setDialog('rename')}>
                  <Pencil /> Rename …
                </MenuItem>
                {project.canAdminister ? (
                  <MenuItem onSelect={() => setDialog('delete')}>
                    <Trash2 /> Delete …
                  </MenuItem>
                ) : null}
              </Menu>
            ) : null}
            {project.canEdit ? (
              <>
                <UploadButton />
                <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new?dataset=${dataset.id}`}>
                  <Play /> Train
                </ButtonLink>
              </>
            ) : null}
          </>
        }
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span>{plural(dataset.imageCount, 'image')}</span>
          <span>{count(dataset.goodCount)} good</span>
          <span>
            {count(dataset.defectiveCount)} defective, {plural(dataset.maskCount, 'mask')}
          </span>
          {dataset.sizes.length > 0 ? <span>{sizesInWords(dataset.sizes)} px</span> : null}
          {version ? (
            <span className="flex items-center gap-1.5">
              <Link href={`/projects/${project.id}/datasets/${dataset.id}/versions`} className="text-accent-ink underline">
                version {version.number}
              </Link>{' '}
              <HashChip hash={version.contentHash} label="version hash" />
            </span>
          ) : null}
        </span>
      </PageHeader>
      {dataset.leak && query.get('leaks') !== '1' ? (
        <Banner
          tone="warning"
          action={
            <Button size="small" onClick={() => query.push({ leaks: '1', image: null, import: null })}>
              Look at them
            </Button>
          }
        >
          {dataset.leak.sentence}
        </Banner>
      ) : null}
      {dialog === 'split' ? <SplitDialog datasetId={dataset.id} counts={dataset.counts} onClose={() => setDialog(null)} /> : null}
      <RenameDatasetDialog
        key={dataset.name}
        dataset={dataset}
        open={dialog === 'rename'}
        onOpenChange={(open) => setDialog(open ? 'rename' : null)}
      />
      <DeleteDatasetDialog dataset={dataset} open={dialog === 'delete'} onOpenChange={(open) => setDialog(open ? 'delete' : null)} />
    </>
  );
}

function DeleteDatasetDialog({ dataset, open, onOpenChange }: { dataset: Dataset; open: boolean; onOpenChange: (open: boolean) => void }) {
  const project = useProject();
  const router = useRouter();
  const [error, setError] = useState<string | null>(null);
  const [remove, { loading }] = useMutation(deleteDatasetDocument);
  const { data } = useQuery(datasetReferencesDocument, { variables: { id: dataset.id }, skip: !open, fetchPolicy: 'network-only' });
  const references = data?.dataset?.references;
  const held = (references?.runs ?? 0) + (references?.evaluations ?? 0) > 0;
  async function confirm() {
    setError(null);
    try {
      const { data } = await remove({
        variables: { input: { id: dataset.id, confirmName: dataset.name } },
        refetchQueries: [
          { query: datasetsDocument, variables: { projectId: project.id } },
          { query: deletedDatasetsDocument, variables: { projectId: project.id } },
        ],
      });
      const result = data?.deleteDataset;
      if (result?.__typename === 'DeleteDatasetSuccess') router.push(`/projects/${project.id}/datasets`);
      else setError(sentenceOf(result));
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${dataset.name}?`}
      description={
        references && held
          ? `${plural(references.runs, 'training run')} and ${plural(references.evaluations, 'evaluation')} refer to it, so it stays: results are never torn from their data.`
          : `${plural(dataset.imageCount, 'image')} and ${plural(dataset.maskCount, 'mask')} go with it. It can be restored for seven days from the list of datasets.`
      }
      action="Delete dataset"
      typedName={dataset.name}
      busy={loading}
      error={error}
      onConfirm={() => void confirm()}
    />
  );
}
