'use client';

import { useQuery } from '@apollo/client/react';
import { FlaskConical, Play } from 'lucide-react';
import Link from 'next/link';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { HashChip } from '#web/components/ui/copy.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { classes } from '#web/lib/classes.ts';
import { count, fixed } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { duration, secondsBetween } from '#web/lib/time.ts';
import { useNow } from '#web/lib/use-now.ts';
import { bestRuns } from './best-runs.ts';
import { runDatasetsDocument, runsDocument } from './documents.ts';
import { stateFilters, stateWord } from './run-states.ts';

const columns = ['State', 'Variant', 'Dataset', 'Recipe', 'Seed', 'Epoch', 'Validation loss', 'Patches/s', 'Duration', 'Queued', 'By'];
/** Left out on a narrow screen; the run's page has them. */
const secondary = new Set(['Recipe', 'Seed', 'Patches/s', 'By']);
const numeric = new Set(['Seed', 'Epoch', 'Validation loss', 'Patches/s', 'Duration']);

export function RunsPage() {
  const project = useProject();
  const query = useQueryState();
  const filter = stateFilters.find((one) => one.value === query.get('state')) ?? stateFilters[0];
  const datasetId = query.get('dataset');
  const variables = { projectId: project.id, first: 50, state: filter.states ? [...filter.states] : null, datasetId };
  const { data, error, refetch, fetchMore } = useQuery(runsDocument, { variables });
  const datasets = useQuery(runDatasetsDocument, { variables: { projectId: project.id } }).data?.project?.datasets ?? [];
  useProjectChanges(['run'], () => void refetch());
  useBreadcrumb({ label: 'Runs' });
  const now = useNow(5_000);
  const connection = data?.project?.trainingRuns;
  const runs = nodes(connection);
  const best = bestRuns(runs.map((run) => ({ id: run.id, group: run.datasetVersion.dataset.id, loss: run.validationLoss })));
  const filtered = filter.states !== null || datasetId !== null;
  const start = project.canEdit ? (
    <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new`}>
      <Play /> New training
    </ButtonLink>
  ) : null;

  return (
    <Page>
      <PageHeader title="Runs" actions={start}>
        Every training, newest first. The lowest validation loss on each dataset is bold.
      </PageHeader>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="State"
          value={filter.value}
          onValueChange={(value) => query.set({ state: value === 'all' ? null : value })}
          options={stateFilters.map(({ value, label }) => ({ value, label }))}
          className="max-w-full overflow-x-auto"
        />
        <Select
          label="Dataset"
          className="w-44!"
          value={datasetId ?? '*'}
          onValueChange={(value) => query.set({ dataset: value === '*' ? null : value })}
          options={[{ value: '*', label: 'Every dataset' }, ...datasets.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        {connection ? <span className="text-xs text-ink-3">{count(connection.totalCount)} shown</span> : null}
      </div>
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : connection && runs.length === 0 ? (
        filtered ? (
          <EmptyState
            title="No run in this selection"
            action={<Button onClick={() => query.set({ state: null, dataset: null })}>Show all runs</Button>}
          />
        ) : (
          <EmptyState icon={<FlaskConical />} title="Nothing trained yet" action={start}>
            Choose a dataset and a recipe; the curve and the reconstructions appear here while it trains.
          </EmptyState>
        )
      ) : (
        <Table>
          <thead>
            <tr>
              {columns.map((name) => (
                <HeadCell key={name} numeric={numeric.has(name)} className={classes(secondary.has(name) && 'max-md:hidden')}>
                  {name}
                </HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {connection ? (
              runs.map((run) => (
                <Row key={run.id}>
                  <Cell>
                    <StateBadge state={run.state} word={stateWord(run)} />
                  </Cell>
                  <Cell className="font-medium">
                    <Link href={`/projects/${project.id}/runs/${run.id}`} className="after:absolute after:inset-0">
                      {run.variant.name}
                    </Link>
                  </Cell>
                  <Cell>
                    {run.datasetVersion.dataset.name} <span className="text-ink-3">v{run.datasetVersion.number}</span>
                  </Cell>
                  <Cell className="max-md:hidden">
                    <span className="flex items-center gap-1.5">
                      {run.recipe.name} <HashChip hash={run.recipe.hash} label="recipe hash" />
                    </span>
                  </Cell>
                  <Cell numeric className="max-md:hidden">
                    {run.seed}
                  </Cell>
                  <Cell numeric>
                    {run.epoch}
                    <span className="text-ink-3"> / {run.epochs}</span>
                    {run.state === 'running' ? (
                      <Progress label="Training" value={run.progress} className="mt-0.5 ml-auto h-1! w-16" />
                    ) : null}
                  </Cell>
                  <Cell numeric className={classes(best.has(run.id) && 'font-semibold')}>
                    {fixed(run.validationLoss, 1)}
                  </Cell>
                  <Cell numeric className="max-md:hidden">
                    {fixed(run.imagesPerSecond, 0)}
                  </Cell>
                  <Cell numeric>{duration(secondsBetween(run.startedAt, run.finishedAt, now))}</Cell>
                  <Cell className="text-ink-2">
                    <RelativeTime at={run.createdAt} />
                  </Cell>
                  <Cell className="text-ink-2 max-md:hidden">{run.createdBy?.name ?? 'Plumbline'}</Cell>
                </Row>
              ))
            ) : (
              <SkeletonRows rows={8} columns={columns.length} />
            )}
          </tbody>
        </Table>
      )}
      <ShowMore connection={connection} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
