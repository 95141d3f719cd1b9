'use client';

import { useMutation, useQuery, useSubscription } from '@apollo/client/react';
import { Cpu } from 'lucide-react';
import Link from 'next/link';
import { useEffect, type ReactNode } from 'react';
import { toast } from 'sonner';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Page, PageHeader, Section } from '#web/components/ui/page.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { engineInWords, engineReason } from '#web/features/runs/engine-words.ts';
import { connectionState } from '#web/graphql/connection.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { WorkerLiveFragment } from '#web/graphql/generated/graphql.ts';
import { classes } from '#web/lib/classes.ts';
import { fixed, plural } from '#web/lib/numbers.ts';
import { duration } from '#web/lib/time.ts';
import { drainWorkerDocument, workersChangedDocument, workersDocument } from './documents.ts';
import { Lanes } from './lanes.tsx';
import { machineInWords } from './machine-words.ts';

const columns = ['Machine', 'Engine', 'In hand', 'Patches/s', 'Time left', 'Heartbeat', 'Up since'];

/** The processes that train and evaluate, live ones first, and the queues that they take from. */
export function WorkersPage() {
  const project = useProject();
  const { data, error, refetch, client } = useQuery(workersDocument, { fetchPolicy: 'cache-and-network' });
  useSubscription(workersChangedDocument, {
    ignoreResults: true,
    onData: ({ data: change }) => {
      if (!change.data) return;
      const { workers, lanes } = change.data.workersChanged;
      client.writeQuery({ query: workersDocument, data: { workers, queueLanes: lanes } });
    },
  });
  useEffect(() => connectionState.onReturn(() => void refetch()), [refetch]);
  useBreadcrumb({ label: 'Workers' });
  const workers = data
    ? [...data.workers].sort((a, b) => Number(b.alive) - Number(a.alive) || b.startedAt.localeCompare(a.startedAt))
    : null;
  const alive = (workers ?? []).filter((worker) => worker.alive);
  const draining = alive.filter(({ drainingSince }) => drainingSince !== null).length;
  const facts = [`${plural(alive.length, 'worker')} alive`, ...(draining > 0 ? [`${draining} draining`] : [])];

  return (
    <Page>
      <PageHeader title="Workers">{workers ? `${facts.join(', ')}.` : 'The processes that train and evaluate.'}</PageHeader>
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : workers?.length === 0 ? (
        <EmptyState icon={<Cpu />} title="No worker has reported yet">
          `npm start` starts one with the platform; on another machine start one with the same database and storage.
        </EmptyState>
      ) : (
        <Table label="Workers" aria-busy={workers === null}>
          <thead>
            <tr>
              {columns.map((name) => (
                <HeadCell key={name} numeric={name === 'Patches/s' || name === 'Time left'}>
                  {name}
                </HeadCell>
              ))}
              {project.canAdminister ? (
                <HeadCell>
                  <span className="sr-only">Drain</span>
                </HeadCell>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {workers ? (
              workers.map((worker) => <WorkerRow key={worker.id} worker={worker} canDrain={project.canAdminister} />)
            ) : (
              <SkeletonRows rows={2} columns={columns.length} />
            )}
          </tbody>
        </Table>
      )}
      <Section title="Queues">
        <Lanes lanes={data?.queueLanes} />
      </Section>
    </Page>
  );
}

function WorkerRow({ worker, canDrain }: { worker: WorkerLiveFragment; canDrain: boolean }) {
  const [drain, { loading }] = useMutation(drainWorkerDocument);
  const reason = engineReason(worker.engine);
  const running = worker.alive ? worker.running : null;
  const evaluating = worker.alive ? worker.evaluating : null;
  const idle = running === null && evaluating === null;
  const draining = worker.drainingSince !== null;

  async function set(wanted: boolean) {
    try {
      const answer = (await drain({ variables: { id: worker.id, draining: wanted } })).data?.drainWorker;
      if (answer?.__typename !== 'DrainWorkerSuccess') toast.error('It could not be changed.', { description: sentenceOf(answer) });
    } catch (failure) {
      toast.error('It could not be changed.', { description: sentenceOf(failure) });
    }
  }

  return (
    <Row className={classes(!worker.alive && 'text-ink-3')}>
      <Cell className="py-2">
        <span className="flex items-center gap-2 font-medium">
          <span
            aria-hidden
            className={classes('size-2 rounded-full', worker.alive ? (draining ? 'bg-warn' : 'bg-good') : 'border border-ink-3')}
          />
          {worker.name}
          <span className={classes('font-normal', draining && worker.alive ? 'text-warn' : 'text-ink-3')}>
            {worker.alive ? (draining ? (idle ? 'drained' : 'draining') : 'alive') : 'gone'}
          </span>
        </span>
        <span className="block pl-4 text-ink-3 max-md:min-w-36 max-md:max-w-40 max-md:whitespace-normal">
          {machineInWords(worker.machine)}
        </span>
      </Cell>
      <Cell className="min-w-48 py-2 whitespace-normal">
        {engineInWords(worker.engine)}
        {reason ? <span className="block max-w-md text-warn">{reason}</span> : null}
      </Cell>
      <Cell className="py-2">
        {running ? (
          <InHand
            href={`/projects/${running.project.id}/runs/${running.id}`}
            label="Training"
            value={running.state === 'preparing' ? null : running.progress}
          >
            {running.variant.name} on {running.datasetVersion.dataset.name}
          </InHand>
        ) : null}
        {evaluating ? (
          <InHand
            href={`/projects/${evaluating.run.project.id}/evaluations/${evaluating.id}`}
            label="Evaluation"
            value={evaluating.total > 0 ? evaluating.done / evaluating.total : null}
          >
            Evaluation of {evaluating.run.variant.name} on {evaluating.datasetVersion.dataset.name}
          </InHand>
        ) : null}
        {idle ? <span className="text-ink-3">{worker.alive ? 'idle' : '–'}</span> : null}
      </Cell>
      <Cell numeric>{fixed(running?.imagesPerSecond, 0)}</Cell>
      <Cell numeric>{duration(running?.secondsLeft)}</Cell>
      <Cell>
        <RelativeTime at={worker.heartbeatAt} />
      </Cell>
      <Cell>
        <RelativeTime at={worker.startedAt} />
      </Cell>
      {canDrain ? (
        <Cell className="text-right">
          {worker.alive ? (
            <Button
              size="small"
              busy={loading}
              aria-label={`${draining ? 'Undrain' : 'Drain'} ${worker.name}`}
              title={draining ? 'It takes jobs again' : 'It finishes what it has in hand and takes nothing new'}
              onClick={() => void set(!draining)}
            >
              {draining ? 'Undrain' : 'Drain'}
            </Button>
          ) : null}
        </Cell>
      ) : null}
    </Row>
  );
}

function InHand({ href, label, value, children }: { href: string; label: string; value: number | null; children: ReactNode }) {
  return (
    <span className="block">
      <Link href={href} className="hover:underline">
        {children}
      </Link>
      <Progress label={label} value={value} className="mt-1 h-1!" />
    </span>
  );
}
