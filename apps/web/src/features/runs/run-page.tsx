'use client';

import { useApolloClient, useQuery, useSubscription } from '@apollo/client/react';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader, Panel, Section } from '#web/components/ui/page.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { Banner, EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { useReread } from '#web/graphql/use-reread.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { RunThreads } from '#web/features/comments/run-threads.tsx';
import { bestValidation } from './curve-data.ts';
import { RunMemory } from './details/memory.tsx';
import { OrientationHistogram } from './details/orientation-histogram.tsx';
import { RunLog } from './details/run-log.tsx';
import { useRunDetails } from './details/use-run-details.ts';
import { runChangedDocument, runDocument } from './documents.ts';
import { addPreviews } from './film.ts';
import { Filmstrip } from './filmstrip.tsx';
import { LossCurve } from './loss-curve.tsx';
import { RunActions } from './run-actions.tsx';
import { RunFacts } from './run-facts.tsx';
import { isActive } from './run-states.ts';
import { RunStatus } from './run-status.tsx';
import { useRunCurve } from './use-run-curve.ts';

/** One training, live while it is under way. */
export function RunPage({ runId }: { runId: string }) {
  const project = useProject();
  const client = useApolloClient();
  const query = useQueryState();
  const logarithmic = query.get('scale') === 'log';
  const { data, error, refetch } = useQuery(runDocument, { variables: { id: runId } });
  const found = data?.trainingRun;
  // Under another project's address it is no run of that project.
  const run = found && found.project.id !== project.id ? null : found;
  const curve = useRunCurve(runId);
  const details = useRunDetails(runId, run ? isActive(run.state) : false);
  const [liveEnded, setLiveEnded] = useState<string | null>(null);

  const active = run ? isActive(run.state) : false;
  const evaluating = run?.evaluations.some((evaluation) => isActive(evaluation.state)) ?? false;
  useSubscription(runChangedDocument, {
    variables: { id: runId },
    skip: !active,
    ignoreResults: true,
    onData: ({ data: event }) => {
      const change = event.data?.trainingRunChanged;
      if (!change) return;
      setLiveEnded(null);
      curve.append(change.points);
      if (change.previews.length > 0) {
        client.cache.updateQuery({ query: runDocument, variables: { id: runId } }, (known) =>
          known?.trainingRun
            ? { ...known, trainingRun: { ...known.trainingRun, previews: addPreviews(known.trainingRun.previews, change.previews) } }
            : known,
        );
      }
      if (!isActive(change.run.state)) curve.reload();
    },
    onError: (failure) => setLiveEnded(sentenceOf(failure)),
  });
  useReread(active, refetch);
  // Evaluations of this run, and whatever was missed while the connection was away.
  useProjectChanges(evaluating ? ['run', 'evaluation'] : ['evaluation'], () => {
    void refetch();
    if (active) curve.reload();
  });

  const title = run ? `${run.variant.name} on ${run.datasetVersion.dataset.name}` : 'Run';
  useBreadcrumb({ label: 'Runs', href: `/projects/${project.id}/runs` }, { label: title });

  if (error && !run) {
    return (
      <Page narrow>
        <ErrorState whole reason={sentenceOf(error)} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (data && !run) {
    return (
      <Page narrow>
        <EmptyState
          whole
          icon={<FlaskConical />}
          title="No such run"
          action={<ButtonLink href={`/projects/${project.id}/runs`}>All runs</ButtonLink>}
        >
          It may have been removed, or belong to another project.
        </EmptyState>
      </Page>
    );
  }
  if (!run) return <RunSkeleton />;

  return (
    <Page>
      <PageHeader title={title} actions={<RunActions run={run} />}>
        Seed {run.seed}, {run.epochs} epochs, recipe {run.recipe.name}
      </PageHeader>
      {run.warning ? (
        <Banner tone="warning" title="Look at this run">
          {run.warning}
        </Banner>
      ) : null}
      {run.reason && run.state !== 'succeeded' ? (
        <Banner
          tone={run.state === 'failed' ? 'error' : 'info'}
          title={run.state === 'failed' ? 'The training failed' : 'The training was cancelled'}
        >
          {run.reason}
        </Banner>
      ) : null}
      {run.state === 'paused' ? (
        <Banner tone="info" title="The training is paused">
          {run.checkpoints.some(({ kind }) => kind === 'last')
            ? `It keeps its checkpoint of epoch ${run.epoch} and no worker. Resumed, it ends with the same weights as if it had never paused.`
            : 'It had not begun; resumed, it waits in the queue again.'}
        </Banner>
      ) : null}
      {liveEnded && active ? <Banner tone="warning">Live changes stopped: {liveEnded}</Banner> : null}
      <RunStatus run={run} best={bestValidation(curve.points)} />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Section
            title="Loss, mean squared error on 0–255"
            actions={
              <Segmented
                label="Scale"
                value={logarithmic ? 'log' : 'linear'}
                onValueChange={(value) => query.set({ scale: value === 'log' ? 'log' : null })}
                options={[
                  { value: 'linear', label: 'Linear' },
                  { value: 'log', label: 'Log' },
                ]}
              />
            }
          >
            <Panel className="p-3">
              {curve.points.length > 0 ? (
                <LossCurve points={curve.points} logarithmic={logarithmic} dataVariance={run.dataVariance} />
              ) : (
                <div className="flex h-[352px] items-center justify-center text-ink-3">
                  {curve.loading ? (
                    <Skeleton className="size-full" />
                  ) : active ? (
                    'The curve begins with the first steps.'
                  ) : (
                    'It ended before the first step.'
                  )}
                </div>
              )}
            </Panel>
          </Section>
          <Section title="Reconstructions as they improve">
            <Filmstrip previews={run.previews} />
          </Section>
          <OrientationHistogram orientations={details.orientations} />
          <RunLog details={details} live={active} />
          <RunThreads runId={run.id} />
        </div>
        <div className="flex flex-col gap-5">
          {run.evaluations.length > 0 ? (
            <Section title="Evaluations">
              <ul className="rounded-md border bg-panel">
                {run.evaluations.map((evaluation) => (
                  <li key={evaluation.id} className="flex items-center justify-between gap-2 border-b px-3 py-2 last:border-b-0">
                    <StateBadge state={evaluation.state} />
                    <span className="text-xs text-ink-3">
                      {evaluation.done} / {evaluation.total} images
                    </span>
                    <ButtonLink size="small" href={`/projects/${project.id}/evaluations/${evaluation.id}`}>
                      Open
                    </ButtonLink>
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
          <Section title="Facts">
            <RunFacts run={run} />
          </Section>
          <RunMemory vitals={details.vitals} />
        </div>
      </div>
    </Page>
  );
}

function RunSkeleton() {
  return (
    <Page>
      <div>
        <Skeleton className="h-7 w-64" />
        <Skeleton className="mt-2 h-4 w-48" />
      </div>
      <Skeleton className="h-24 w-full" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </Page>
  );
}
