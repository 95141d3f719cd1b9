'use client';

import { useQuery } from '@apollo/client/react';
import type { Recipe } from '@plumbline/ml/recipes';
import { Dices, Images } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink, IconButton } from '#web/components/ui/button.tsx';
import { Panel, Section } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { previewDatasetsDocument, previewImagesDocument } from '../documents.ts';
import { ImagePicker } from './image-picker.tsx';
import { chosenImages } from './preview-images.ts';
import { PreviewSteps } from './preview-steps.tsx';

/** What the network will see: four images led through geometry, augmentation, corruption and turning, by the functions that train. */
export function PreviewPanel({ recipe }: { recipe: Recipe }) {
  const project = useProject();
  const query = useQueryState();
  const [picking, setPicking] = useState(false);
  const datasetsQuery = useQuery(previewDatasetsDocument, { variables: { projectId: project.id } });
  const datasets = datasetsQuery.data?.project?.datasets;
  const dataset =
    datasets?.find(({ id }) => id === query.get('dataset')) ?? datasets?.find(({ imageCount }) => imageCount > 0) ?? datasets?.[0];
  const imagesQuery = useQuery(previewImagesDocument, { variables: { datasetId: dataset?.id ?? '' }, skip: !dataset });
  const failed = (datasetsQuery.error && !datasets) || (imagesQuery.error && !imagesQuery.data);
  const found = imagesQuery.data?.dataset;
  const [train, test] = [nodes(found?.train), nodes(found?.test)];
  const images = chosenImages((query.get('images') ?? '').split(',').filter(Boolean), train, test);
  const roll = Math.max(0, Number.parseInt(query.get('roll') ?? '0', 10) || 0);

  return (
    <Section
      title="What the network will see"
      className="lg:sticky lg:top-5 lg:max-h-[calc(100dvh-6.5rem)] lg:self-start lg:overflow-y-auto"
      actions={
        images.length > 0 ? (
          <div className="flex items-center gap-1">
            <IconButton label="Choose images" onClick={() => setPicking(true)}>
              <Images />
            </IconButton>
            <Button size="small" onClick={() => query.set({ roll: String(roll + 1) })}>
              <Dices /> Roll again
            </Button>
          </div>
        ) : null
      }
    >
      {failed ? (
        <ErrorState
          reason={sentenceOf(datasetsQuery.error ?? imagesQuery.error)}
          onRetry={() => {
            void datasetsQuery.refetch();
            if (dataset) void imagesQuery.refetch();
          }}
        />
      ) : datasets && (!dataset || (found && images.length === 0)) ? (
        <EmptyState
          icon={<Images />}
          title="No image to show"
          action={
            <ButtonLink href={`/projects/${project.id}/datasets${dataset ? `/${dataset.id}` : '?new=1'}`}>
              {dataset ? `Bring images to ${dataset.name}` : 'New dataset'}
            </ButtonLink>
          }
        >
          The preview shows images of the project’s datasets.
        </EmptyState>
      ) : !found ? (
        <Skeleton className="h-96 rounded-md" />
      ) : (
        <Panel className="p-3">
          <PreviewSteps recipe={recipe} images={images} roll={roll} />
        </Panel>
      )}
      {datasets && dataset && picking ? (
        <ImagePicker
          open
          onOpenChange={setPicking}
          datasets={datasets}
          datasetId={dataset.id}
          onDataset={(id) => query.set({ dataset: id, images: null })}
          images={[...train, ...test]}
          chosen={images.map(({ id }) => id)}
          onChoose={(ids) => query.set({ dataset: dataset.id, images: ids.join(',') })}
        />
      ) : null}
    </Section>
  );
}
