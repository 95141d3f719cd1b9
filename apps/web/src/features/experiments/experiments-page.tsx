'use client';

import { useQuery } from '@apollo/client/react';
import { Grid3x3, Play } from 'lucide-react';
import Link from 'next/link';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { rereadShown } from '#web/graphql/reread-shown.ts';
import { classes } from '#web/lib/classes.ts';
import { count, percent } from '#web/lib/numbers.ts';
import { duration, secondsBetween } from '#web/lib/time.ts';
import { useNow } from '#web/lib/use-now.ts';
import { experimentsDocument } from './documents.ts';
import { isOpen } from './experiment-states.ts';
import { priorityWords } from '#web/features/runs/priority-words.ts';

const pageSize = 50;

const columns = ['State', 'Experiment', 'Variants', 'Datasets', 'Seeds', 'Runs', 'Progress', 'Duration', 'Priority', 'Queued', 'By'];
const secondary = new Set(['Variants', 'Datasets', 'Seeds', 'Priority', 'By', 'Duration']);
const numeric = new Set(['Seeds', 'Runs', 'Progress', 'Duration']);
/** Names that fit a cell; the experiment's page has all. */
const shown = 2;

/** "ae, stn-frozen, 3 more". */
function namesInShort(names: readonly string[]): string {
  const more = names.length - shown;
  return [...names.slice(0, shown), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

export function ExperimentsPage() {
  const project = useProject();
  const variables = { projectId: project.id, first: pageSize };
  const { data, error, refetch, fetchMore } = useQuery(experimentsDocument, { variables, fetchPolicy: 'cache-and-network' });
  useBreadcrumb({ label: 'Experiments' });
  const now = useNow(5_000);
  const connection = data?.project?.experiments;
  useProjectChanges(['run', 'experiment', 'evaluation'], () => rereadShown(refetch, connection, pageSize));
  const experiments = nodes(connection);
  const start = project.canEdit ? (
    <ButtonLink tone="primary" href={`/projects/${project.id}/experiments/new`}>
      <Play /> New experiment
    </ButtonLink>
  ) : null;

  return (
    <Page>
      <PageHeader title="Experiments" actions={start}>
        Variants × datasets × seeds, trained and evaluated as one; newest first.
      </PageHeader>
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : connection && experiments.length === 0 ? (
        <EmptyState icon={<Grid3x3 />} title="No experiment yet" action={start}>
          Choose variants, datasets and seeds; every combination is trained, evaluated and laid side by side here.
        </EmptyState>
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
              experiments.map((one) => (
                <Row key={one.id}>
                  <Cell>
                    <StateBadge state={one.state} />
                  </Cell>
                  <Cell className="font-medium">
                    <Link href={`/projects/${project.id}/experiments/${one.id}`} className="after:absolute after:inset-0">
                      {one.name}
                    </Link>
                  </Cell>
                  <Cell className="max-md:hidden">
                    <span title={one.variantNames.join(', ')}>{namesInShort(one.variantNames)}</span>
                  </Cell>
                  <Cell className="max-md:hidden">
                    <span title={one.datasetNames.join(', ')}>{namesInShort(one.datasetNames)}</span>
                  </Cell>
                  <Cell numeric className="max-md:hidden">
                    {one.seeds.length}
                  </Cell>
                  <Cell numeric>{count(one.runCount)}</Cell>
                  <Cell numeric>
                    {percent(one.progress)}
                    {isOpen(one.state) ? <Progress label="Training" value={one.progress} className="mt-0.5 ml-auto h-1! w-16" /> : null}
                  </Cell>
                  <Cell numeric className="max-md:hidden">
                    {duration(secondsBetween(one.startedAt, one.finishedAt, now))}
                  </Cell>
                  <Cell className="text-ink-2 max-md:hidden">{priorityWords(one.priority)}</Cell>
                  <Cell className="text-ink-2">
                    <RelativeTime at={one.createdAt} />
                  </Cell>
                  <Cell className="text-ink-2 max-md:hidden">{one.createdBy?.name ?? 'somebody who left'}</Cell>
                </Row>
              ))
            ) : (
              <SkeletonRows rows={6} columns={columns.length} />
            )}
          </tbody>
        </Table>
      )}
      <ShowMore connection={connection} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
