'use client';

import { useQuery } from '@apollo/client/react';
import { Images } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { Banner, EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { plural } from '#web/lib/numbers.ts';
import { GridSkeleton } from '#web/features/residuals/browser/grid-skeleton.tsx';
import { ResidualBrowser } from '#web/features/residuals/browser/residual-browser.tsx';
import { useEvaluatedImages } from '#web/features/residuals/data/use-evaluated-images.ts';
import { useViewState } from '#web/features/residuals/view/use-view-state.ts';
import { MOST_EVALUATIONS, withEvaluations } from '#web/features/residuals/view/view-state.ts';
import { togetherDocument } from './documents.ts';
import { EvaluationPicker } from './evaluation-picker.tsx';
import { leftOut } from './left-out.ts';
import { shownOf } from './shown.ts';

/** Images of one to eight evaluations in one grid, and each of them under all; everything is in the address. */
export function TogetherPage() {
  const project = useProject();
  const [view, update] = useViewState();
  useBreadcrumb({ label: 'Evaluations', href: `/projects/${project.id}/evaluations` }, { label: 'Images side by side' });
  const { evaluations: wanted } = view;
  const asked = wanted.slice(0, MOST_EVALUATIONS);
  // What the cache has is shown at once; what has no results there may have some by now.
  const { data, previousData, error, loading, refetch } = useQuery(togetherDocument, {
    variables: { projectId: project.id, ids: asked },
    skip: asked.length === 0,
    fetchPolicy: 'cache-and-network',
  });
  const answer = (data ?? previousData)?.project?.evaluations;
  const found = useMemo(() => {
    const byId = new Map((answer ? nodes(answer) : []).map((one) => [one.id, one]));
    return wanted.slice(0, MOST_EVALUATIONS).flatMap((id) => byId.get(id) ?? []);
  }, [answer, wanted]);
  const finished = useMemo(() => found.filter(({ imagesUrl }) => imagesUrl), [found]);
  const shown = useMemo(() => shownOf(finished, project.id), [finished, project.id]);
  const list = useEvaluatedImages(finished.map(({ imagesUrl }) => imagesUrl ?? null));

  const choose = useCallback(
    (next: readonly string[]) => update((now) => withEvaluations(now, now.evaluations, next), { push: true }),
    [update],
  );
  // What an address names beyond what can be shown is taken out of it, and that is said: places must count what is there.
  const [notice, setNotice] = useState<string | null>(null);
  const excess = data !== undefined && !loading && finished.length !== wanted.length;
  const sentence = excess ? leftOut(wanted.length, found) : null;
  if (sentence !== null && sentence !== notice) setNotice(sentence);
  useEffect(() => {
    if (!excess) return;
    update((now) =>
      withEvaluations(
        now,
        now.evaluations,
        finished.map(({ id }) => id),
      ),
    );
  }, [excess, finished, update]);

  const chosen = finished.map(({ id }) => id);
  const datasets = [...new Set(finished.map(({ datasetVersion: { dataset, number } }) => `${dataset.name} version ${number}`))];
  const add = <EvaluationPicker chosen={wanted.slice(0, MOST_EVALUATIONS)} onChoose={choose} />;
  return (
    <Page>
      <PageHeader title="Images side by side" actions={<CopyLink compact />}>
        {list.total !== null
          ? `${plural(list.total, 'image')} of ${datasets.join(', ')} under ${plural(chosen.length, 'evaluation')}`
          : 'The same images under up to eight evaluations.'}
      </PageHeader>
      {notice ? (
        <Banner tone="warning" title="Not everything in this address is shown">
          {notice}
        </Banner>
      ) : null}
      {wanted.length === 0 ? (
        <EmptyState
          icon={<Images />}
          title="Choose what to look at"
          action={
            <>
              <EvaluationPicker chosen={[]} onChoose={choose} primary />
              <ButtonLink href={`/projects/${project.id}/evaluations`}>All evaluations</ButtonLink>
            </>
          }
        >
          One to eight evaluations: their images come together in one grid, sorted by where the models disagree or by what one catches and
          another misses.
        </EmptyState>
      ) : error && !answer ? (
        <ErrorState title="The evaluations could not be loaded" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : shown.length > 0 ? (
        <ResidualBrowser list={list} view={view} update={update} shown={shown} onEvaluations={choose} add={add} />
      ) : (
        <div aria-busy="true" aria-label="Loading the evaluations" className="flex flex-col gap-2">
          <Skeleton className="h-9 w-full max-w-xl" />
          <Skeleton className="h-8 w-full" />
          <GridSkeleton cell={view.cell} />
        </div>
      )}
    </Page>
  );
}
