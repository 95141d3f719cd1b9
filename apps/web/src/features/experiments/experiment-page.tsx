'use client';

import { Grid3x3, Scale } from 'lucide-react';
import { useMemo } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader, Panel, Section } from '#web/components/ui/page.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { Banner, EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { BandCurve } from './band-curve.tsx';
import { matrixOf } from './cells.ts';
import { ExperimentActions } from './experiment-actions.tsx';
import { ExperimentStatus } from './experiment-status.tsx';
import { ImagesTogether } from './images-together.tsx';
import { isLive } from './experiment-states.ts';
import { RunMatrix } from './run-matrix.tsx';
import { seedBands } from './seed-bands.ts';
import { SummaryTable } from './summary-table.tsx';
import { useExperiment } from './use-experiment.ts';
import { VariantFilm } from './variant-film.tsx';

/** Variants × datasets × seeds as one: which run is how far, how they learn beside one another, and what they reached. */
export function ExperimentPage({ experimentId }: { experimentId: string }) {
  const project = useProject();
  const query = useQueryState();
  const { experiment: found, runs, curveOf, curvesLoading, answered, error, reload, liveEnded } = useExperiment(experimentId);
  // Under another project's address it is no experiment of that project.
  const experiment = found && found.project.id !== project.id ? null : found;
  const matrix = useMemo(() => matrixOf(runs), [runs]);
  const block = matrix.blocks.find(({ version }) => version.id === query.get('dataset')) ?? matrix.blocks[0];
  const series = query.get('loss') === 'train' ? 'train' : 'validation';
  const logarithmic = query.get('scale') === 'log';
  const measure = query.get('measure') === 'mse' ? 'mse' : 'ssim';
  const columns = useMemo(
    () =>
      seedBands(
        (block?.rows ?? []).map((row) => ({ name: row.variant.name, curves: [...row.bySeed.values()].map(({ run }) => curveOf(run.id)) })),
        series,
      ),
    [block, curveOf, series],
  );
  useBreadcrumb({ label: 'Experiments', href: `/projects/${project.id}/experiments` }, { label: experiment?.name ?? 'Experiment' });

  if (error && !experiment) {
    return (
      <Page narrow>
        <ErrorState whole reason={sentenceOf(error)} onRetry={reload} />
      </Page>
    );
  }
  if (answered && !experiment) {
    return (
      <Page narrow>
        <EmptyState
          whole
          icon={<Grid3x3 />}
          title="No such experiment"
          action={<ButtonLink href={`/projects/${project.id}/experiments`}>All experiments</ButtonLink>}
        >
          It may have been removed, or belong to another project.
        </EmptyState>
      </Page>
    );
  }
  if (!experiment) return <ExperimentSkeleton />;

  return (
    <Page>
      <PageHeader
        title={experiment.name}
        actions={
          <>
            {experiment.evaluatedCount > 0 ? (
              <ButtonLink href={`/projects/${project.id}/compare/view?experiments=${experiment.id}`}>
                <Scale /> Compare
              </ButtonLink>
            ) : null}
            <ExperimentActions experiment={experiment} runs={runs} onChange={reload} />
          </>
        }
      >
        {plural(experiment.variantNames.length, 'variant')} × {plural(experiment.datasetNames.length, 'dataset')} ×{' '}
        {plural(experiment.seeds.length, 'seed')}
      </PageHeader>
      {liveEnded && isLive(experiment.state) ? <Banner tone="warning">Live changes stopped: {liveEnded}</Banner> : null}
      <ExperimentStatus experiment={experiment} runs={runs} />
      <RunMatrix matrix={matrix} onChange={reload} />
      {block ? (
        <>
          <div className="flex flex-wrap items-center gap-2">
            {matrix.blocks.length > 1 ? (
              <Select
                label="Dataset"
                className="w-44!"
                value={block.version.id}
                onValueChange={(value) => query.set({ dataset: value })}
                options={matrix.blocks.map(({ version }) => ({ value: version.id, label: version.dataset.name }))}
              />
            ) : null}
            <Segmented
              label="Loss"
              value={series}
              onValueChange={(value) => query.set({ loss: value === 'train' ? 'train' : null })}
              options={[
                { value: 'validation', label: 'Validation' },
                { value: 'train', label: 'Training' },
              ]}
            />
            <Segmented
              label="Scale"
              value={logarithmic ? 'log' : 'linear'}
              onValueChange={(value) => query.set({ scale: value === 'log' ? 'log' : null })}
              options={[
                { value: 'linear', label: 'Linear' },
                { value: 'log', label: 'Log' },
              ]}
            />
          </div>
          <Section
            title={`Loss on ${block.version.dataset.name}, mean squared error on 0–255; bands reach from the lowest to the highest seed`}
          >
            <Panel className="p-3">
              {columns.epochs.length > 0 ? (
                <BandCurve columns={columns} logarithmic={logarithmic} />
              ) : (
                <div className="flex h-[328px] items-center justify-center text-ink-3">
                  {curvesLoading ? <Skeleton className="size-full" /> : 'The curves begin with the first epoch of a run.'}
                </div>
              )}
            </Panel>
          </Section>
          <Section title="Reconstructions as they improve">
            <VariantFilm key={block.version.id} block={block} seeds={matrix.seeds} />
          </Section>
          <Section
            title={`What they reached on ${block.version.dataset.name}, mean ± deviation over seeds`}
            actions={
              <span className="flex items-center gap-2">
                <ImagesTogether block={block} />
                <Segmented
                  label="Measure"
                  value={measure}
                  onValueChange={(value) => query.set({ measure: value === 'mse' ? 'mse' : null })}
                  options={[
                    { value: 'ssim', label: 'SSIM' },
                    { value: 'mse', label: 'MSE' },
                  ]}
                />
              </span>
            }
          >
            <SummaryTable block={block} measure={measure} />
          </Section>
        </>
      ) : null}
    </Page>
  );
}

function ExperimentSkeleton() {
  return (
    <Page>
      <div>
        <Skeleton className="h-7 w-64" />
        <Skeleton className="mt-2 h-4 w-48" />
      </div>
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-40 w-full max-w-2xl" />
      <Skeleton className="h-80 w-full" />
    </Page>
  );
}
