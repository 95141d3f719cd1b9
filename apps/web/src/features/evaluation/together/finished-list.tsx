'use client';

import type { ReactNode } from 'react';
import { Input } from '#web/components/ui/field.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nothingListed } from './finished.ts';
import { useFinishedEvaluations, type Finished } from './use-finished-evaluations.ts';

/** The project's finished evaluations to choose from: a search over those that were loaded, and a button that loads more. */
export function FinishedList({ row }: { readonly row: (one: Finished) => ReactNode }) {
  const { connection, listed, text, setText, error, loading, refetch, fetchMore } = useFinishedEvaluations();
  return (
    <>
      <FinishedSearch text={text} onText={setText} />
      {error && !connection ? (
        <ErrorState className="mt-2" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : !connection ? (
        <div aria-busy="true" className="mt-2 flex flex-col gap-1">
          {Array.from({ length: 5 }, (_, at) => (
            <Skeleton key={at} className="h-10" />
          ))}
        </div>
      ) : (
        <ul aria-label="Finished evaluations" className="mt-2 flex flex-col">
          {listed.map((one) => (
            <li key={one.id} className="border-b last:border-b-0">
              {row(one)}
            </li>
          ))}
          {listed.length === 0 ? (
            <li className="py-4 text-center text-ink-3">{nothingListed(text, connection.pageInfo.hasNextPage)}</li>
          ) : null}
        </ul>
      )}
      <ShowMore connection={connection} busy={loading} onMore={(after) => fetchMore({ variables: { after } })} />
    </>
  );
}

export function FinishedSearch({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  return (
    <Input
      type="search"
      aria-label="Find an evaluation"
      placeholder="Variant, dataset, seed, protocol"
      value={text}
      onChange={(event) => onText(event.target.value)}
    />
  );
}

/** What a row says of an evaluation. */
export function FinishedWords({ one }: { readonly one: Finished }) {
  return (
    <span className="min-w-0 flex-1">
      <span className="font-medium">{one.run.variant.name}</span> <span className="text-ink-2">{one.detail}</span>
      <span className="block truncate text-2xs text-ink-3">{one.words}</span>
    </span>
  );
}
