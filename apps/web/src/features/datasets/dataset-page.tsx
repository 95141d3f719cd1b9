'use client';

import { useQuery } from '@apollo/client/react';
import { Images } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page } from '#web/components/ui/page.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { DatasetQuery, Split } from '#web/graphql/generated/graphql.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { defectsOf } from './counts.ts';
import { DatasetHeader } from './dataset-header.tsx';
import { datasetDocument } from './documents.ts';
import { chosenCount, isChosen, noSelection, toggled, type Selection } from './edit/selection.ts';
import { SelectionBar } from './edit/selection-bar.tsx';
import { SplitBar } from './edit/split-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { GridSkeleton } from './grid-skeleton.tsx';
import { ImageGrid } from './image-grid.tsx';
import { ImageInspector } from './image-inspector.tsx';
import { ImportInspector } from './import-inspector.tsx';
import { LeaksInspector } from './leaks/leaks-inspector.tsx';
import { MaskOutlineFilter } from './mask-outline.tsx';
import { DropZone, UploadButton } from './upload/drop-zone.tsx';
import { UploadStrip } from './upload/upload-strip.tsx';
import { useDatasetImages, useImagePlace } from './use-dataset-images.ts';

const splits: readonly Split[] = ['train', 'validation', 'test'];

/**
 * Reads the list again when the number of images changed: at the end of an import, or during one while nobody has scrolled down, since what
 * is looked at would move with every image that comes before it.
 */
function useListRefresh(dataset: DatasetQuery['dataset'], scrolled: boolean, refetch: () => Promise<unknown>): void {
  const seen = useRef<number | null>(null);
  const count = dataset?.imageCount ?? null;
  const importing = dataset?.imports.some(({ state }) => state === 'queued' || state === 'running') ?? false;
  useEffect(() => {
    if (count === null || seen.current === count) return;
    const first = seen.current === null;
    if (!first && importing && scrolled) return;
    seen.current = count;
    if (!first) void refetch();
  }, [count, importing, scrolled, refetch]);
}

const unread = (error: unknown): void => void toast.error('The images could not be read.', { description: sentenceOf(error) });

/** Width ÷ height of most images. */
const aspectOf = ({ sizes: [usual] }: NonNullable<DatasetQuery['dataset']>): number => (usual ? usual.width / usual.height : 1);

export function DatasetPage({ datasetId }: { datasetId: string }) {
  const project = useProject();
  const query = useQueryState();
  const split = splits.find((one) => one === query.get('split')) ?? null;
  const label = query.get('label');
  const selected = query.get('image');
  const importId = query.get('import');
  const leaks = query.get('leaks') === '1';
  const deleted = query.get('deleted') === '1';

  const facts = useQuery(datasetDocument, { variables: { id: datasetId } });
  const filter = { split, label, deleted };
  const list = useDatasetImages(datasetId, filter);
  const { images, total, all, want } = list;
  const index = useImagePlace(datasetId, selected, filter, images);
  const { refetch: refetchFacts } = facts;
  const onFinished = useCallback(() => void refetchFacts(), [refetchFacts]);
  useProjectChanges(['import', 'project'], onFinished);

  const found = facts.data?.dataset;
  // Under another project's address it is no dataset of that project.
  const dataset = found && found.project.id !== project.id ? null : found;
  const [scrolled, setScrolled] = useState(false);
  useListRefresh(dataset ?? null, scrolled, list.refetch);
  useBreadcrumb({ label: 'Datasets', href: `/projects/${project.id}/datasets` }, { label: dataset?.name ?? 'Dataset' });

  const select = useCallback(
    (image: string | null) =>
      query.get('image') === null ? query.push({ image, import: null, leaks: null }) : query.set({ image, import: null, leaks: null }),
    [query],
  );
  const view = `${datasetId}/${split}/${label}/${deleted}`;
  const [chosen, setChosen] = useState<{ readonly view: string; readonly selection: Selection }>({ view, selection: noSelection });
  // What was chosen in another view is not meant in this one.
  const selection = chosen.view === view ? chosen.selection : noSelection;
  const choose = (next: Selection) => setChosen({ view, selection: next });
  /** What is chosen through others, or out of all, needs their ids: they are read first. */
  const chooseOne = async (id: string, range: boolean): Promise<void> => {
    const [from, to] = [selection.anchor, id].map((one) => images.findIndex((image) => image?.id === one));
    const needed = selection.every
      ? { from: 0, to: total }
      : range && from! >= 0
        ? { from: Math.min(from!, to!), to: Math.max(from!, to!) + 1 }
        : null;
    const listed = needed ? await all(needed) : images;
    choose(
      toggled(
        selection,
        id,
        listed.map((image) => image?.id ?? null),
        range,
      ),
    );
  };
  const selectAt = async (place: number): Promise<void> => {
    const next = images[place] ?? (await all({ from: place, to: place + 1 }))[place];
    if (next) select(next.id);
  };
  const showImport = useCallback((id: string) => query.push({ import: id, image: null, verdict: null, leaks: null }), [query]);

  if ((facts.error && !facts.data) || (facts.data && !dataset)) {
    return (
      <Page narrow>
        {facts.error ? (
          <ErrorState whole reason={sentenceOf(facts.error)} onRetry={() => void facts.refetch()} />
        ) : (
          <EmptyState
            whole
            icon={<Images />}
            title="No such dataset"
            action={<ButtonLink href={`/projects/${project.id}/datasets`}>All datasets</ButtonLink>}
          >
            It may have been deleted, or belong to another project.
          </EmptyState>
        )}
      </Page>
    );
  }

  return (
    <DropZone datasetId={datasetId} enabled={project.canEdit} defects={defectsOf(dataset?.counts ?? [])}>
      <MaskOutlineFilter />
      <div className="flex h-full">
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="flex flex-col gap-3 px-4 pt-5 pb-3 md:px-6">
            <DatasetHeader dataset={dataset ?? null} onImport={showImport} />
            <UploadStrip datasetId={datasetId} onImport={showImport} />
            {dataset && dataset.imageCount > 0 ? (
              <SplitBar datasetId={datasetId} counts={dataset.counts} canEdit={project.canEdit} />
            ) : null}
            {dataset && (dataset.imageCount > 0 || deleted) ? (
              <FilterBar counts={dataset.counts} split={split} label={label} deleted={deleted} />
            ) : null}
            {chosenCount(selection, total) > 0 ? (
              <SelectionBar
                datasetId={datasetId}
                selection={selection}
                total={total}
                filter={{ split, label }}
                deleted={deleted}
                labels={defectsOf(dataset?.counts ?? [])}
                onEvery={() => choose({ ...selection, every: true })}
                onClear={() => choose(noSelection)}
              />
            ) : null}
          </div>
          {list.error ? (
            <ErrorState reason={sentenceOf(list.error)} onRetry={() => void list.refetch()} className="mx-4 md:mx-6" />
          ) : !list.ready || !dataset ? (
            <GridSkeleton />
          ) : dataset.imageCount === 0 && !deleted ? (
            <EmptyState
              icon={<Images />}
              title="Drop a folder, a zip or images here"
              className="mx-4 md:mx-6"
              action={project.canEdit ? <UploadButton primary /> : null}
            >
              Understood without asking: <code className="font-mono text-xs">train/good</code>,{' '}
              <code className="font-mono text-xs">test/&lt;defect&gt;</code> and{' '}
              <code className="font-mono text-xs">ground_truth/&lt;defect&gt;/*_mask.png</code>. For images in no such folder you are asked
              what they are. A bad file is listed with its reason and never stops the rest.
            </EmptyState>
          ) : total === 0 ? (
            <EmptyState title={deleted ? 'No deleted image' : 'No image in this selection'} className="mx-4 md:mx-6">
              {deleted ? 'What is deleted can be restored here for seven days.' : 'Choose another split or label.'}
            </EmptyState>
          ) : (
            <ImageGrid
              key={view}
              view={view}
              images={images}
              total={total}
              aspect={aspectOf(dataset)}
              selected={selected}
              outlines={query.get('masks') === 'all'}
              onSelect={select}
              chosen={project.canEdit ? (id) => isChosen(selection, id) : null}
              choosing={chosenCount(selection, total) > 0}
              onChoose={(id, range) => void chooseOne(id, range).catch(unread)}
              place={index}
              onPlace={(place) => void selectAt(place).catch(unread)}
              onLook={want}
              onScrolled={setScrolled}
            />
          )}
        </div>
        {selected ? (
          <ImageInspector
            datasetId={datasetId}
            imageId={selected}
            index={index}
            total={total}
            onMove={(step) => (index === null ? undefined : selectAt(index + step).catch(unread))}
            onClose={() => query.set({ image: null })}
          />
        ) : importId ? (
          <ImportInspector
            key={importId}
            importId={importId}
            onClose={() => query.set({ import: null, verdict: null })}
            onFinished={onFinished}
          />
        ) : leaks ? (
          <LeaksInspector datasetId={datasetId} onOpen={select} onClose={() => query.set({ leaks: null })} />
        ) : null}
      </div>
    </DropZone>
  );
}
