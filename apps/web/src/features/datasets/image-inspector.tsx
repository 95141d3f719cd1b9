'use client';

import { useQuery } from '@apollo/client/react';
import { Brush, ChevronLeft, ChevronRight, ExternalLink } from 'lucide-react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ButtonLink, IconButton } from '#web/components/ui/button.tsx';
import { HashChip } from '#web/components/ui/copy.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Fact, Inspector } from '#web/components/ui/sheet.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { bytes, count } from '#web/lib/numbers.ts';
import { imageDocument } from './documents.ts';
import { MaskOutline } from './mask-outline.tsx';

export interface ImageInspectorProps {
  readonly datasetId: string;
  readonly imageId: string;
  /** Place in the list, from 0; null when it is not among the loaded ones. */
  readonly index: number | null;
  readonly total: number;
  readonly onMove: (step: -1 | 1) => void;
  readonly onClose: () => void;
}

/** One image and its facts. */
export function ImageInspector({ datasetId, imageId, index, total, onMove, onClose }: ImageInspectorProps) {
  const project = useProject();
  const { data, previousData, error, refetch } = useQuery(imageDocument, { variables: { id: imageId } });
  const node = (data ?? previousData)?.node;
  const image = node?.__typename === 'Image' ? node : null;
  return (
    <Inspector
      title={image?.name ?? 'Image'}
      onClose={onClose}
      actions={
        index === null ? null : (
          <>
            <span className="text-xs whitespace-nowrap text-ink-3">
              {count(index + 1)} / {count(total)}
            </span>
            <IconButton label="Previous image" disabled={index === 0} onClick={() => onMove(-1)}>
              <ChevronLeft />
            </IconButton>
            <IconButton label="Next image" disabled={index === total - 1} onClick={() => onMove(1)}>
              <ChevronRight />
            </IconButton>
          </>
        )
      }
    >
      {error ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} className="m-4" />
      ) : data && !image ? (
        <p className="p-4 text-ink-2">This image is no longer in the dataset.</p>
      ) : (
        <>
          <div className="relative aspect-square w-full border-b bg-well">
            {image ? (
              <>
                <img src={image.url} alt={`${image.name}, ${image.label}`} className="absolute inset-0 size-full object-contain" />
                {image.maskUrl ? <MaskOutline url={image.maskUrl} /> : null}
              </>
            ) : (
              <Skeleton className="size-full rounded-none" />
            )}
          </div>
          {image ? (
            <div className="p-4">
              <dl className="divide-y divide-line">
                <Fact name="Split">{image.split}</Fact>
                <Fact name="Label">{image.label}</Fact>
                {image.deletedAt ? (
                  <Fact name="Deleted">
                    <RelativeTime at={image.deletedAt} />
                  </Fact>
                ) : null}
                <Fact name="In versions">{image.versionNumbers.length > 0 ? image.versionNumbers.join(', ') : 'none'}</Fact>
                <Fact name="Mask">{image.hasMask ? 'yes' : 'none'}</Fact>
                <Fact name="Size">
                  {image.width} × {image.height} px
                </Fact>
                <Fact name="Channels">
                  {image.channels} × {image.bitDepth} bit
                </Fact>
                <Fact name="File">
                  {image.format.toUpperCase()}, {bytes(image.bytes)}
                </Fact>
                <Fact name="SHA-256">
                  <HashChip hash={image.sha256} label="image hash" />
                </Fact>
              </dl>
              <div className="mt-3 flex flex-wrap gap-2">
                {project.canEdit ? (
                  <ButtonLink href={`/projects/${project.id}/datasets/${datasetId}/mask?image=${image.id}`} size="small">
                    <Brush /> {image.hasMask ? 'Correct the mask' : 'Draw a mask'}
                  </ButtonLink>
                ) : null}
                <ButtonLink href={image.url} target="_blank" prefetch={false} size="small">
                  <ExternalLink /> Open the original
                </ButtonLink>
              </div>
            </div>
          ) : null}
        </>
      )}
    </Inspector>
  );
}
