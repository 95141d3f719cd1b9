'use client';

import { useQuery } from '@apollo/client/react';
import { Gauge } from 'lucide-react';
import Link from 'next/link';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { nodes } from '#web/graphql/nodes.ts';
import { fixed, percent } from '#web/lib/numbers.ts';
import { evaluationsDocument } from './data/documents.ts';
import { parseMetrics } from './data/parse.ts';

const heads = ['Images: ROC-AUC', 'Pixels: ROC-AUC', 'Pixels: AP', 'Prevalence', 'Pixels: AUPRO 0.3'];

/** Every evaluation of the project, newest first, with its main numbers by 1 − SSIM. */
export function EvaluationsPage() {
  const project = useProject();
  useBreadcrumb({ label: 'Evaluations' });
  const { data, error, loading, refetch, fetchMore } = useQuery(evaluationsDocument, { variables: { projectId: project.id } });
  useProjectChanges(['evaluation'], () => void refetch());

  const runs = data?.project?.trainingRuns;
  const evaluations = nodes(runs)
    .flatMap((run) => run.evaluations.map((evaluation) => ({ ...evaluation, run })))
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const more = runs?.pageInfo.hasNextPage ? runs.pageInfo.endCursor : null;

  return (
    <Page>
      <PageHeader title="Evaluations">A checkpoint against the test images of a dataset version: metrics and residual maps.</PageHeader>
      {error && !data ? (
        <ErrorState title="The evaluations could not be loaded" reason={error.message} onRetry={() => void refetch()} />
      ) : data && evaluations.length === 0 ? (
        <EmptyState
          icon={<Gauge />}
          title="Nothing is evaluated yet"
          action={
            <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new`}>
              New training
            </ButtonLink>
          }
        >
          A training that succeeds is evaluated by itself.
        </EmptyState>
      ) : (
        <Table aria-busy={loading && !data}>
          <thead>
            <tr>
              <HeadCell>Evaluation</HeadCell>
              <HeadCell className="max-md:hidden">State</HeadCell>
              {heads.map((head) => (
                <HeadCell key={head} numeric className="max-md:hidden">
                  {head}
                </HeadCell>
              ))}
              <HeadCell className="max-md:hidden">Started</HeadCell>
            </tr>
          </thead>
          <tbody>
            {data ? (
              evaluations.map((evaluation) => {
                const metrics = parseMetrics(evaluation.metrics)?.measures.ssim;
                const { run, checkpoint, datasetVersion } = evaluation;
                const prevalence = metrics?.pixel.prevalence ?? null;
                const state = (
                  <StateBadge
                    state={evaluation.state}
                    {...(evaluation.state === 'running' && evaluation.total > 0
                      ? { word: `running, ${percent(evaluation.done / evaluation.total)}` }
                      : {})}
                  />
                );
                return (
                  <Row key={evaluation.id}>
                    <Cell className="max-md:py-2 max-md:whitespace-normal">
                      <Link
                        href={`/projects/${project.id}/evaluations/${evaluation.id}`}
                        className="font-medium after:absolute after:inset-0"
                      >
                        {run.variant.name} on {datasetVersion.dataset.name}
                      </Link>
                      <span className="text-ink-3">
                        {' '}
                        version {datasetVersion.number}, seed {run.seed}, {checkpoint.kind} (epoch {checkpoint.epoch})
                      </span>
                      <span className="mt-0.5 flex items-center gap-3 md:hidden">
                        {state}
                        {metrics ? <span className="text-ink-2">Images: ROC-AUC {fixed(metrics.image.rocAuc, 3)}</span> : null}
                        <RelativeTime at={evaluation.createdAt} className="ml-auto text-ink-3" />
                      </span>
                    </Cell>
                    <Cell className="max-md:hidden">{state}</Cell>
                    {[metrics?.image.rocAuc, metrics?.pixel.rocAuc, metrics?.pixel.averagePrecision].map((value, i) => (
                      <Cell key={i} numeric className="max-md:hidden">
                        {fixed(value, 3)}
                      </Cell>
                    ))}
                    <Cell numeric className="text-ink-3 max-md:hidden">
                      {prevalence === null ? '–' : fixed(prevalence, 4)}
                    </Cell>
                    <Cell numeric className="max-md:hidden">
                      {fixed(metrics?.pixel.aupro30, 3)}
                    </Cell>
                    <Cell className="max-md:hidden">
                      <RelativeTime at={evaluation.createdAt} className="text-ink-2" />
                    </Cell>
                  </Row>
                );
              })
            ) : (
              <SkeletonRows rows={5} columns={8} />
            )}
          </tbody>
        </Table>
      )}
      {more && (
        <Button className="self-center" busy={loading} onClick={() => void fetchMore({ variables: { after: more } })}>
          Older evaluations
        </Button>
      )}
      {evaluations.length > 0 && (
        <p className="text-xs text-ink-3">Numbers by 1 − SSIM; average precision beside its prevalence, which guessing reaches.</p>
      )}
    </Page>
  );
}
