'use client';

import { useQuery } from '@apollo/client/react';
import { Play } from 'lucide-react';
import Link from 'next/link';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader, Section } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { ActivityList } from '#web/features/dashboards/activity-list.tsx';
import { BestNow } from '#web/features/dashboards/best-now.tsx';
import { MaskOutlineFilter } from '#web/features/datasets/mask-outline.tsx';
import { useLooked } from '#web/features/evaluation/looked.ts';
import { isActive } from '#web/features/runs/run-states.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { count, plural } from '#web/lib/numbers.ts';
import { overviewDocument } from './documents.ts';
import { EvaluatingCard } from './evaluating-card.tsx';
import { RunningCard } from './running-card.tsx';
import { Steps } from './steps.tsx';

/** What trains now, how good the latest models are, what changed. */
export function OverviewPage() {
  const project = useProject();
  const base = `/projects/${project.id}`;
  const { data, error, refetch } = useQuery(overviewDocument, { variables: { projectId: project.id } });
  useProjectChanges(['run', 'evaluation', 'import', 'project'], () => void refetch());
  useBreadcrumb({ label: 'Overview' });
  const looked = useLooked(project);

  if (error && !data) {
    return (
      <Page>
        <ErrorState whole reason={sentenceOf(error)} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const found = data?.project;
  if (!found) return <OverviewSkeleton title={project.name} />;

  const running = nodes(found.running);
  const evaluations = nodes(found.finished)
    .flatMap((run) => run.evaluations.map((evaluation) => ({ run, evaluation })))
    .sort((a, b) => b.evaluation.createdAt.localeCompare(a.evaluation.createdAt));
  const evaluating = evaluations.filter(({ evaluation }) => isActive(evaluation.state));
  const evaluated = evaluations.filter(({ evaluation }) => evaluation.state === 'succeeded');
  const facts = {
    images: found.datasets.reduce((sum, dataset) => sum + dataset.imageCount, 0),
    running: running.length > 0,
    trained: found.finished.totalCount > 0,
    evaluating: evaluating.length > 0,
    evaluated: evaluated.length > 0,
    looked,
  };
  // The steps leave once a second model was trained: the team knows the way by then.
  const showSteps = !facts.evaluated || found.finished.totalCount < 2;

  return (
    <Page>
      <MaskOutlineFilter />
      <PageHeader
        title={project.name}
        actions={
          project.canEdit && facts.images > 0 ? (
            <ButtonLink tone="primary" href={`${base}/runs/new`}>
              <Play /> New training
            </ButtonLink>
          ) : null
        }
      />
      {showSteps ? (
        <Steps
          facts={facts}
          base={base}
          runningId={running[0]?.id ?? null}
          evaluationId={evaluated[0]?.evaluation.id ?? null}
          canEdit={project.canEdit}
        />
      ) : null}
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          {running.length > 0 ? (
            <Section title="Training now">
              <ul className="flex flex-col gap-2">
                {running.map((run) => (
                  <RunningCard key={run.id} run={run} base={base} />
                ))}
              </ul>
            </Section>
          ) : null}
          {evaluating.length > 0 ? (
            <Section title="Evaluating now">
              <ul className="flex flex-col gap-2">
                {evaluating.map(({ run, evaluation }) => (
                  <EvaluatingCard key={evaluation.id} run={run} evaluation={evaluation} base={base} />
                ))}
              </ul>
            </Section>
          ) : null}
          {facts.evaluated ? <BestNow /> : null}
          {found.datasets.length > 0 ? (
            <Section
              title="Datasets"
              actions={
                <Link href={`${base}/datasets`} className="text-xs text-accent-ink hover:underline">
                  All {count(found.datasets.length)}
                </Link>
              }
            >
              <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
                {found.datasets.slice(0, 9).map((dataset) => {
                  const image = nodes(dataset.images)[0];
                  return (
                    <li key={dataset.id} className="relative flex items-center gap-3 rounded-md border bg-panel p-2 hover:bg-hover">
                      <span className="size-12 shrink-0 overflow-hidden rounded-sm bg-well">
                        {image ? <img src={image.thumbnailUrl} alt="" loading="lazy" className="size-full object-contain" /> : null}
                      </span>
                      <span className="min-w-0">
                        <Link href={`${base}/datasets/${dataset.id}`} className="block truncate font-medium after:absolute after:inset-0">
                          {dataset.name}
                        </Link>
                        <span className="block text-xs text-ink-2">
                          {plural(dataset.imageCount, 'image')}, {count(dataset.defectiveCount)} defective
                        </span>
                      </span>
                    </li>
                  );
                })}
              </ul>
            </Section>
          ) : null}
        </div>
        {found.activity.length > 0 ? (
          <Section
            title="What changed"
            actions={
              <Link href={`${base}/activity`} className="text-xs text-accent-ink hover:underline">
                All activity
              </Link>
            }
          >
            <ActivityList entries={found.activity} />
          </Section>
        ) : null}
      </div>
    </Page>
  );
}

function OverviewSkeleton({ title }: { title: string }) {
  return (
    <Page>
      <PageHeader title={title} />
      <Skeleton className="h-32 rounded-md" />
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex flex-col gap-2">
          <Skeleton className="h-24 rounded-md" />
          <Skeleton className="h-24 rounded-md" />
        </div>
        <Skeleton className="h-64 rounded-md" />
      </div>
    </Page>
  );
}
