'use client';

import { useQuery } from '@apollo/client/react';
import { useCallback, useMemo } from 'react';
import { toast } from 'sonner';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { DatasetImagesQuery, Split } from '#web/graphql/generated/graphql.ts';
import { PageLoader, type ListRange } from '#web/lib/page-loader.ts';
import { datasetImagesDocument, imagePlaceDocument } from './documents.ts';

type Connection = NonNullable<DatasetImagesQuery['dataset']>['images'];
export type ListedImage = Connection['edges'][number]['node'];
/** By place; null, or nothing there, where it has not been read. */
export type ListedImages = readonly (ListedImage | null)[];

export interface ImageFilter {
  readonly split: Split | null;
  readonly label: string | null;
  readonly deleted: boolean;
}

// Where nothing was read there is no edge, which the generated type does not know.
const imagesOf = (connection: Connection | undefined): ListedImages =>
  (connection?.edges ?? []).map((edge: { readonly node: ListedImage } | null) => edge?.node ?? null);

const page = 100;
const pagesAtOnce = 2;

/** The images of a dataset that a filter keeps, read around what is looked at, at any place of the list. */
export function useDatasetImages(datasetId: string, { split, label, deleted }: ImageFilter) {
  // From the cache first, so that "back" finds what was read.
  const variables = useMemo(() => ({ id: datasetId, first: page, split, label, deleted }), [datasetId, split, label, deleted]);
  const { data, error, refetch, fetchMore, client } = useQuery(datasetImagesDocument, { variables, fetchPolicy: 'cache-first' });
  const connection = data?.dataset?.images;
  const images = useMemo(() => imagesOf(connection), [connection]);

  /** What has been answered, which the query's own result shows only later. */
  const answered = useCallback(() => client.readQuery({ query: datasetImagesDocument, variables })?.dataset?.images, [client, variables]);
  const loader = useMemo(
    () =>
      new PageLoader({
        ...{ page, atOnce: pagesAtOnce },
        misses: ({ from, to }) => {
          const listed = answered();
          return listed !== undefined && listed.edges.slice(from, to).filter(Boolean).length < Math.min(to, listed.totalCount) - from;
        },
        // The filter is that of the query.
        load: (skip, first) => fetchMore({ variables: { skip, first } }),
        onFailed: (failure, again) =>
          toast.error('Some images could not be loaded.', {
            id: 'images',
            description: sentenceOf(failure),
            action: { label: 'Try again', onClick: again },
          }),
      }),
    [fetchMore, answered],
  );
  const want = useCallback((range: ListRange) => loader.want(range), [loader]);
  /** Reads all of a range; @returns the images of the whole list as far as they are there then. */
  const all = useCallback(
    async (range: ListRange): Promise<ListedImages> => {
      await loader.all(range);
      return imagesOf(answered());
    },
    [loader, answered],
  );
  return {
    images,
    total: connection?.totalCount ?? 0,
    ready: connection !== undefined,
    error: data ? undefined : error,
    refetch,
    want,
    all,
  };
}

/** Where an image stands in the list, from 0: among what was read, else as the server says; null where it is not in the list, or not known yet. */
export function useImagePlace(
  datasetId: string,
  image: string | null,
  { split, label, deleted }: ImageFilter,
  images: ListedImages,
): number | null {
  const shown = image === null ? -1 : images.findIndex((one) => one?.id === image);
  const { data } = useQuery(imagePlaceDocument, {
    ...(image !== null && shown < 0 && !deleted
      ? { variables: { id: datasetId, image, split, label }, fetchPolicy: 'network-only' as const }
      : { skip: true as const, variables: { id: datasetId, image: '' } }),
  });
  return shown >= 0 ? shown : image === null ? null : (data?.dataset?.imagePlace ?? null);
}
