import { Panel, Section } from '#web/components/ui/page.tsx';
import type { EstimateBasis } from '#web/graphql/generated/graphql.ts';
import { classes } from '#web/lib/classes.ts';
import { plural } from '#web/lib/numbers.ts';
import { duration } from '#web/lib/time.ts';
import type { EstimateAnswer } from './use-estimate.ts';

const basisWords: Readonly<Record<EstimateBasis, string>> = {
  earlierRuns: 'from earlier runs like these',
  measuredStep: 'from the measured training step of the worker',
  unknown: 'nothing measured yet',
};

export interface EstimatePanelProps {
  readonly variants: number;
  readonly datasets: number;
  readonly seeds: number;
  readonly answer: EstimateAnswer;
}

/** How many runs the plan makes and how long they take, and what that is reckoned from. */
export function EstimatePanel({ variants, datasets, seeds, answer: { estimate, problem, pending } }: EstimatePanelProps) {
  const runs = variants * datasets * seeds;
  const own = estimate?.variants.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0) ?? 0;
  const whole = estimate?.seconds ?? null;
  const orientationSeconds = whole === null || !estimate ? null : whole * Math.max(1, estimate.workers) - own;
  return (
    <Section title="What it costs" className="lg:sticky lg:top-5 lg:self-start">
      <Panel className="p-4">
        <p className="text-xs text-ink-2">
          {plural(variants, 'variant')} × {plural(datasets, 'dataset')} × {plural(seeds, 'seed')}
        </p>
        <p className="mt-1 text-xl font-semibold tabular-nums">{plural(runs, 'run')}</p>
        {runs === 0 ? (
          <p className="mt-2 text-ink-2">Choose at least one variant, one dataset and one seed to see how long it takes.</p>
        ) : problem ? (
          <p role="alert" className="mt-2 text-bad">
            {problem}
          </p>
        ) : estimate ? (
          <div className={classes('mt-3', pending && 'opacity-50')} aria-busy={pending}>
            <dl className="grid grid-cols-[1fr_auto] gap-y-1">
              <dt className="text-ink-2">Time until all is done</dt>
              <dd className="text-right tabular-nums" data-testid="estimated-time">
                {estimate.seconds === null ? 'unknown' : `about ${duration(estimate.seconds)}`}
              </dd>
              <dt className="text-ink-2">Workers</dt>
              <dd className="text-right tabular-nums">{estimate.workers === 0 ? 'none alive' : estimate.workers}</dd>
              {estimate.orientationRuns > 0 ? (
                <>
                  <dt className="text-ink-2">Shared orientation trainings</dt>
                  <dd className="text-right tabular-nums">
                    up to {estimate.orientationRuns}
                    {orientationSeconds === null ? '' : `, ${duration(orientationSeconds)}`}
                  </dd>
                </>
              ) : null}
            </dl>
            <ul className="mt-3 divide-y divide-line border-t">
              {estimate.variants.map((variant) => (
                <li key={variant.name} className="py-2">
                  <div className="flex items-baseline justify-between gap-3">
                    <span className="min-w-0 truncate font-medium" title={variant.name}>
                      {variant.name}
                    </span>
                    <span className="shrink-0 tabular-nums">{duration(variant.seconds)}</span>
                  </div>
                  <p className="text-xs text-ink-3">
                    {basisWords[variant.basis]}
                    {variant.imagesPerSecond ? `, ${Math.round(variant.imagesPerSecond)} patches/s` : ''}
                  </p>
                </li>
              ))}
            </ul>
            <p className="mt-2 text-xs text-ink-3">
              {estimate.workers === 0
                ? 'It waits until a worker comes.'
                : `Evaluations included, shared by ${plural(estimate.workers, 'worker')}; what else is queued comes on top.`}
            </p>
          </div>
        ) : pending ? (
          <p className="mt-2 text-ink-3">Reckoning …</p>
        ) : (
          <p className="mt-2 text-ink-2">Put right what is marked to see how long it takes.</p>
        )}
      </Panel>
    </Section>
  );
}
