'use client';

import { useQuery } from '@apollo/client/react';
import { Cpu } from 'lucide-react';
import Link from 'next/link';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { engineInWords, engineReason } from '#web/features/runs/engine-words.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import { classes } from '#web/lib/classes.ts';
import { fixed, plural } from '#web/lib/numbers.ts';
import { duration } from '#web/lib/time.ts';
import { workersDocument } from './documents.ts';

const columns = ['Machine', 'Engine', 'Running', 'Patches/s', 'Time left', 'Heartbeat', 'Up since'];

/** The processes that train and evaluate, live ones first. */
export function WorkersPage() {
  const { data, error, refetch } = useQuery(workersDocument, { pollInterval: 5_000 });
  useProjectChanges(['run', 'evaluation'], () => void refetch());
  useBreadcrumb({ label: 'Workers' });
  const workers = data
    ? [...data.workers].sort((a, b) => Number(b.alive) - Number(a.alive) || b.heartbeatAt.localeCompare(a.heartbeatAt))
    : null;
  const waiting = Math.max(0, ...(workers ?? []).map((worker) => worker.queueDepth));
  const alive = (workers ?? []).filter((worker) => worker.alive).length;

  return (
    <Page>
      <PageHeader title="Workers">
        {workers ? `${plural(alive, 'worker')} alive, ${plural(waiting, 'job')} waiting.` : 'The processes that train and evaluate.'}
      </PageHeader>
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : workers?.length === 0 ? (
        <EmptyState icon={<Cpu />} title="No worker has reported yet">
          `npm start` starts one with the platform; on another machine start one with the same database and storage.
        </EmptyState>
      ) : (
        <Table label="Workers">
          <thead>
            <tr>
              {columns.map((name) => (
                <HeadCell key={name} numeric={name === 'Patches/s' || name === 'Time left'}>
                  {name}
                </HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {workers ? (
              workers.map((worker) => {
                const reason = engineReason(worker.engine);
                const running = worker.alive ? worker.running : null;
                return (
                  <Row key={worker.id} className={classes(!worker.alive && 'text-ink-3')}>
                    <Cell className="font-medium">
                      <span className="flex items-center gap-2">
                        <span aria-hidden className={classes('size-2 rounded-full', worker.alive ? 'bg-good' : 'border border-ink-3')} />
                        {worker.name}
                        <span className="font-normal text-ink-3">{worker.alive ? 'alive' : 'gone'}</span>
                      </span>
                    </Cell>
                    <Cell className="min-w-48 py-2 whitespace-normal">
                      {engineInWords(worker.engine)}
                      {reason ? <span className="block max-w-md text-warn">{reason}</span> : null}
                    </Cell>
                    <Cell>
                      {running ? (
                        <>
                          <Link href={`/projects/${running.project.id}/runs/${running.id}`} className="after:absolute after:inset-0">
                            {running.variant.name} on {running.datasetVersion.dataset.name}
                          </Link>
                          <Progress label="Training" value={running.progress} className="mt-1 h-1!" />
                        </>
                      ) : (
                        <span className="text-ink-3">{worker.alive ? 'idle' : '–'}</span>
                      )}
                    </Cell>
                    <Cell numeric>{fixed(running?.imagesPerSecond, 0)}</Cell>
                    <Cell numeric>{duration(running?.secondsLeft)}</Cell>
                    <Cell>
                      <RelativeTime at={worker.heartbeatAt} />
                    </Cell>
                    <Cell>
                      <RelativeTime at={worker.startedAt} />
                    </Cell>
                  </Row>
                );
              })
            ) : (
              <SkeletonRows rows={2} columns={columns.length} />
            )}
          </tbody>
        </Table>
      )}
    </Page>
  );
}
