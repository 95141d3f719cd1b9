'use client';

import { useQuery } from '@apollo/client/react';
import { Equal } from 'lucide-react';
import type { ReactNode } from 'react';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { DatasetDifferenceQuery, ImageChangeKind } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { classes } from '#web/lib/classes.ts';
import { count } from '#web/lib/numbers.ts';
import { MaskOutline, MaskOutlineFilter } from '../datasets/mask-outline.tsx';
import { changeKinds, changeLines, differenceSentence, kindWords } from './difference-words.ts';
import { differenceDocument } from './documents.ts';

export interface DifferenceViewProps {
  readonly datasetId: string;
  readonly from: string;
  /** Null for the dataset as it is now. */
  readonly to: string | null;
  readonly kind: ImageChangeKind | null;
  readonly onKind: (kind: ImageChangeKind | null) => void;
}

/** What became of the images between two states: a sentence, how many of each kind, and the images themselves. */
export function DifferenceView({ datasetId, from, to, kind, onKind }: DifferenceViewProps) {
  const { data, previousData, error, refetch, fetchMore } = useQuery(differenceDocument, {
    variables: { datasetId, from, to, kind },
    // The state of now changes without the address.
    fetchPolicy: 'cache-and-network',
  });
  const difference = (data ?? previousData)?.dataset?.difference;
  if (error && !data) return <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />;
  if (data && !difference)
    return <EmptyState title="No such version">It belongs to another dataset, or was deleted; choose two of the list.</EmptyState>;
  if (!difference)
    return (
      <div className="flex flex-col gap-3">
        <Skeleton className="h-5 w-80 max-w-full" />
        <div className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3">
          {Array.from({ length: 12 }, (_, i) => (
            <Skeleton key={i} className="aspect-square" />
          ))}
        </div>
      </div>
    );
  const { counts, changes } = difference;
  const changed = changeKinds.some((one) => counts[one] > 0);
  const more = (after: string | null) =>
    fetchMore({
      variables: { after },
      updateQuery: (before, { fetchMoreResult }) => joined(before as DatasetDifferenceQuery, fetchMoreResult),
    });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <MaskOutlineFilter />
      <p aria-live="polite">{differenceSentence(counts)}</p>
      {changed ? (
        <>
          <div role="group" aria-label="Kind of change" className="flex flex-wrap gap-1.5">
            <KindButton pressed={kind === null} onClick={() => onKind(null)}>
              All changes
            </KindButton>
            {changeKinds
              .filter((one) => counts[one] > 0 || one === kind)
              .map((one) => (
                <KindButton key={one} pressed={kind === one} onClick={() => onKind(kind === one ? null : one)}>
                  {kindWords(one)} <span className="text-ink-3 tabular-nums">{count(counts[one])}</span>
                </KindButton>
              ))}
          </div>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3">
            {nodes(changes).map(({ thumbnailUrl, kinds, before, after }, index) => {
              const shown = after ?? before;
              const mask = after ? after.maskUrl : before?.maskUrl;
              const lines = changeLines(kinds, before, after);
              return (
                <li key={index} className="min-w-0 overflow-hidden rounded-md border bg-panel">
                  <div className={classes('relative aspect-square bg-well', !after && 'opacity-50')}>
                    <img src={thumbnailUrl} alt="" loading="lazy" className="absolute inset-0 size-full object-contain" />
                    {mask ? <MaskOutline url={mask} /> : null}
                  </div>
                  <div className="px-2 py-1.5 text-xs">
                    <p className={classes('truncate font-medium', !after && 'line-through')} title={shown?.name}>
                      {shown?.name}
                    </p>
                    {before && after ? (
                      <p className="truncate text-ink-3">
                        {after.split}, {after.label}
                      </p>
                    ) : null}
                    {lines.map((line) => (
                      <p key={line} className="truncate text-ink-2" title={line}>
                        {line}
                      </p>
                    ))}
                  </div>
                </li>
              );
            })}
          </ul>
          <ShowMore connection={changes} onMore={more} />
        </>
      ) : (
        <EmptyState icon={<Equal />} title="The same images">
          Splits, labels, names and masks are the same in both.
        </EmptyState>
      )}
    </div>
  );
}

function KindButton({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={classes(
        'inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-xs',
        pressed ? 'border-accent bg-accent-wash text-ink' : 'bg-panel text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}

/** The next page behind the ones at hand. A difference has no id of its own by which the cache could know it. */
function joined(before: DatasetDifferenceQuery, next: DatasetDifferenceQuery): DatasetDifferenceQuery {
  const [old, more] = [before.dataset?.difference, next.dataset?.difference];
  if (!before.dataset || !old || !more) return before;
  const changes = { ...more.changes, edges: [...old.changes.edges, ...more.changes.edges] };
  return { ...before, dataset: { ...before.dataset, difference: { ...old, changes } } };
}
