'use client';

import { useQuery, useSubscription } from '@apollo/client/react';
import { Gauge } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink, HashChip } from '#web/components/ui/copy.tsx';
import { Page, PageHeader, Section } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { EvaluationPageQuery } from '#web/graphql/generated/graphql.ts';
import { useReread } from '#web/graphql/use-reread.ts';
import { ResidualBrowser } from '#web/features/residuals/browser/residual-browser.tsx';
import { useEvaluatedImages } from '#web/features/residuals/data/use-evaluated-images.ts';
import { imageThresholds, type ShownEvaluation } from '#web/features/residuals/view/shown-evaluation.ts';
import { useViewState } from '#web/features/residuals/view/use-view-state.ts';
import { thresholdPatch, type Measure } from '#web/features/residuals/view/view-state.ts';
import { evaluationChangedDocument, evaluationDocument } from './data/documents.ts';
import { parseCurves, parseMetrics, parseProtocol } from './data/parse.ts';
import { protocolWords } from './data/protocol-words.ts';
import { EvaluationActions, useRetryEvaluation } from './evaluation-actions.tsx';
import { rememberLooked } from './looked.ts';
import { EvaluationProgress } from './evaluation-progress.tsx';
import { ExportMenu } from './export-menu.tsx';
import { Results, type Level } from './results.tsx';
import { togetherAddress } from './together/address.ts';
import { EvaluationPicker } from './together/evaluation-picker.tsx';

type Evaluation = NonNullable<EvaluationPageQuery['evaluation']>;

/** Metrics, curves and residual maps of one evaluation; live while it runs. */
export function EvaluationPage({ id }: { id: string }) {
  const project = useProject();
  const { data, error, refetch } = useQuery(evaluationDocument, { variables: { id } });
  const found = data?.evaluation;
  // Under another project's address it is no evaluation of that project.
  const evaluation = found && found.run.project.id !== project.id ? null : found;
  const over = evaluation !== undefined && evaluation !== null && ['succeeded', 'failed', 'cancelled'].includes(evaluation.state);
  // The subscription's fields land in the cache under the evaluation's id, from where the query shows them.
  useSubscription(evaluationChangedDocument, { variables: { id }, skip: !evaluation || over });
  useReread(evaluation !== undefined && evaluation !== null && !over, refetch);
  useProjectChanges(['evaluation'], () => void (over ? undefined : refetch()));

  if (error && !evaluation)
    return (
      <ErrorState
        whole
        className="m-6"
        title="The evaluation could not be loaded"
        reason={sentenceOf(error)}
        onRetry={() => void refetch()}
      />
    );
  if (data && !evaluation)
    return (
      <Page narrow>
        <EmptyState
          whole
          icon={<Gauge />}
          title="No such evaluation"
          action={<ButtonLink href={`/projects/${project.id}/evaluations`}>All evaluations</ButtonLink>}
        >
          It may have been deleted, or belong to another project.
        </EmptyState>
      </Page>
    );
  if (!evaluation) return <PageSkeleton />;
  return <Loaded key={evaluation.id} evaluation={evaluation} />;
}

function Loaded({ evaluation }: { evaluation: Evaluation }) {
  const project = useProject();
  const { run, datasetVersion, checkpoint } = evaluation;
  const name = `${run.variant.name} on ${datasetVersion.dataset.name}`;
  useBreadcrumb({ label: 'Evaluations', href: `/projects/${project.id}/evaluations` }, { label: `${name}, seed ${run.seed}` });

  const router = useRouter();
  const [view, update] = useViewState();
  const [level, setLevel] = useState<Level>('image');
  const list = useEvaluatedImages([evaluation.imagesUrl ?? null]);
  const protocol = useMemo(
    () => parseProtocol(evaluation.protocol, evaluation.thresholds, run.recipe.document, evaluation.metrics),
    [evaluation.protocol, evaluation.thresholds, run.recipe.document, evaluation.metrics],
  );
  const metrics = useMemo(() => parseMetrics(evaluation.metrics), [evaluation.metrics]);
  const curves = useMemo(() => parseCurves(evaluation.curves), [evaluation.curves]);

  const { retry, busy: retrying } = useRetryEvaluation();
  const shown = useMemo<readonly ShownEvaluation[]>(
    () => [
      {
        id: evaluation.id,
        name: run.variant.name,
        detail: `seed ${run.seed}`,
        href: `/projects/${project.id}/evaluations/${evaluation.id}`,
        protocol,
      },
    ],
    [evaluation.id, run.variant.name, run.seed, project.id, protocol],
  );
  const figureName = useMemo(
    () => [datasetVersion.dataset.name, run.variant.name, `seed${run.seed}`],
    [datasetVersion.dataset.name, run.variant.name, run.seed],
  );
  const thresholdOf = (measure: Measure): number | null => imageThresholds(shown, view, measure)[0] ?? null;
  const thresholds = { ssim: thresholdOf('ssim'), mse: thresholdOf('mse') };
  const { images, complete } = list;
  const scores = useMemo(() => ({ images, complete }), [images, complete]);
  const setImageThreshold = useCallback((value: number) => update(thresholdPatch('imageThreshold', 0, value)), [update]);
  const succeeded = evaluation.state === 'succeeded';
  useEffect(() => {
    if (succeeded) rememberLooked(project);
  }, [succeeded, project]);

  return (
    <Page>
      <PageHeader
        title={name}
        actions={
          <>
            <CopyLink compact />
            {succeeded && (
              <ExportMenu
                name={figureName}
                metrics={evaluation.metrics}
                zipUrl={evaluation.zipUrl}
                list={list}
                imageThresholds={thresholds}
              />
            )}
            <EvaluationActions evaluation={evaluation} name={name} />
          </>
        }
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
          <StateBadge state={evaluation.state} announced />
          <span>
            seed {run.seed}, {checkpoint.kind} checkpoint (epoch {checkpoint.epoch}) of{' '}
            <Link href={`/projects/${project.id}/runs/${run.id}`} className="text-accent-ink underline underline-offset-2">
              its run
            </Link>
          </span>
          <span>
            <Link
              href={`/projects/${project.id}/datasets/${datasetVersion.dataset.id}`}
              className="text-accent-ink underline underline-offset-2"
            >
              {datasetVersion.dataset.name}
            </Link>{' '}
            version {datasetVersion.number}
          </span>
          <span className="inline-flex items-center gap-1">
            recipe <HashChip hash={run.recipe.hash} label="recipe hash" />
          </span>
          <span className="inline-flex flex-wrap items-center gap-1">
            protocol <HashChip hash={evaluation.protocolHash} label="protocol hash" />
            <span className="text-ink-3">{protocolWords(evaluation.protocol)}</span>
          </span>
          <RelativeTime at={evaluation.finishedAt ?? evaluation.createdAt} className="text-ink-3" />
        </span>
      </PageHeader>
      <EvaluationProgress
        state={evaluation.state}
        done={evaluation.done}
        total={evaluation.total}
        reason={evaluation.reason ?? null}
        canEdit={project.canEdit}
        retrying={retrying}
        onRetry={() => void retry(evaluation.id)}
      />
      {metrics && (
        <Section title="Results">
          <Results
            name={figureName}
            metrics={metrics}
            curves={curves}
            protocol={protocol}
            list={scores}
            measure={view.measure}
            imageThreshold={thresholds[view.measure]}
            onImageThreshold={setImageThreshold}
            level={level}
            onLevel={setLevel}
          />
        </Section>
      )}
      {succeeded && (
        <Section title="Residual maps">
          <ResidualBrowser
            list={list}
            view={view}
            update={update}
            shown={shown}
            add={
              <EvaluationPicker
                chosen={[evaluation.id]}
                onChoose={(ids) => router.push(togetherAddress(project.id, ids, view, [evaluation.id]))}
              />
            }
          />
        </Section>
      )}
    </Page>
  );
}

function PageSkeleton() {
  return (
    <Page>
      <div className="flex flex-col gap-2" aria-busy="true" aria-label="Loading the evaluation">
        <Skeleton className="h-7 w-64" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </div>
      <div className="grid gap-4 xl:grid-cols-[minmax(400px,460px)_minmax(0,1fr)]">
        <Skeleton className="h-[460px]" />
        <Skeleton className="h-[460px]" />
      </div>
    </Page>
  );
}
