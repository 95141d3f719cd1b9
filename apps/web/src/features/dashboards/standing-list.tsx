'use client';

import Link from 'next/link';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { Tooltip } from '#web/components/ui/tooltip.tsx';
import { MaskOutline } from '#web/features/datasets/mask-outline.tsx';
import { Spark } from '#web/features/runs/spark.tsx';
import type { StandingFieldsFragment } from '#web/graphql/generated/graphql.ts';
import { classes } from '#web/lib/classes.ts';
import { fixed, plural } from '#web/lib/numbers.ts';
import { changeSince } from './change.ts';
import { metricNames, type RankingMetric } from './ranking.ts';

const DECIMALS = 3;
const frame = 'overflow-hidden rounded-md border bg-panel';

interface StandingListProps {
  readonly standings: readonly StandingFieldsFragment[];
  readonly metric: RankingMetric;
  /** Path of the project that they belong to. */
  readonly base: string;
}

/** One row a dataset: who leads, by how much, how it went, and what it misses. */
export function StandingList({ standings, metric, base }: StandingListProps) {
  return (
    <ul className={classes(frame, 'divide-y')}>
      {standings.map((standing) => (
        <StandingRow key={standing.datasetId} standing={standing} metric={metric} base={base} />
      ))}
    </ul>
  );
}

function StandingRow({ standing, metric, base }: { standing: StandingFieldsFragment; metric: RankingMetric; base: string }) {
  const { now, weekAgo, history, worstMisses } = standing;
  const { best } = now;
  const change = changeSince(best, weekAgo?.best ?? null, DECIMALS);
  const values = history.map(({ value }) => value);
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-3 px-4 py-3 hover:bg-hover lg:grid-cols-[minmax(7rem,1fr)_9.5rem_minmax(5rem,9rem)_auto]">
      <div className="min-w-0">
        <Link href={`${base}/evaluations/${best.evaluationId}`} className="block truncate font-medium after:absolute after:inset-0">
          {standing.datasetName}
        </Link>
        <p className="text-xs wrap-anywhere text-ink-2">
          {best.variantName}
          <span className="text-ink-3">
            {now.variantCount > 1 ? `, best of ${now.variantCount}` : ', the only variant'} on version {now.versionNumber}
          </span>
        </p>
      </div>
      <div className="text-right">
        <p className="text-lg tabular-nums">
          {fixed(best.mean, DECIMALS)}
          {best.spread === null ? null : <span className="ml-1 text-sm text-ink-3">± {fixed(best.spread, DECIMALS)}</span>}
        </p>
        <p className="text-xs whitespace-nowrap text-ink-3">
          {metricNames[metric]}, {plural(best.seeds, 'seed')}
        </p>
      </div>
      <div className="max-lg:col-span-2">
        {values.length > 1 ? (
          <Spark
            values={values}
            label={`${metricNames[metric]} of the best variant over ${plural(values.length, 'evaluation')}, from ${fixed(values[0], DECIMALS)} to ${fixed(values.at(-1), DECIMALS)}`}
            className="h-6 w-full"
          />
        ) : null}
        <p
          className={classes('text-xs', change.direction === 'up' ? 'text-good' : change.direction === 'down' ? 'text-bad' : 'text-ink-3')}
        >
          {change.text}
        </p>
      </div>
      <Misses misses={worstMisses} />
    </li>
  );
}

function Misses({ misses }: { misses: StandingFieldsFragment['worstMisses'] }) {
  if (misses.length === 0) return <p className="text-xs text-ink-3 max-lg:col-span-2">No defect among its images.</p>;
  const missed = misses.filter((miss) => miss.missed).length;
  return (
    <div className="max-lg:col-span-2 lg:w-80">
      <ul className="flex gap-1">
        {misses.map((miss) => (
          <li key={miss.id} className="relative z-10 size-12 min-w-0 overflow-hidden rounded-sm bg-well">
            <Tooltip
              content={`${miss.name}: ${miss.label}, score ${fixed(miss.score, DECIMALS)}${miss.missed ? ', missed at the threshold' : ''}`}
            >
              <span className="block size-full">
                <img src={miss.thumbnailUrl} alt={`${miss.name}, ${miss.label}`} loading="lazy" className="size-full object-contain" />
                {miss.maskUrl ? <MaskOutline url={miss.maskUrl} /> : null}
                {miss.missed ? (
                  <span className="absolute right-0.5 bottom-0.5 rounded-sm bg-black/70 px-0.5 text-2xs leading-3 text-white">▲</span>
                ) : null}
              </span>
            </Tooltip>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-xs text-ink-3">
        {missed > 0 ? 'Least seen defects, ▲ missed at the threshold' : 'Least seen defects, none missed'}
      </p>
    </div>
  );
}

export function StandingsSkeleton({ rows }: { rows: number }) {
  return (
    <div className={classes(frame, 'divide-y')} aria-busy="true" aria-label="Loading the best variants">
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-6 px-4 py-3 lg:grid-cols-[minmax(7rem,1fr)_9.5rem_minmax(5rem,9rem)_20rem]"
        >
          <Skeleton className="h-9 w-40" />
          <Skeleton className="h-9 w-28" />
          <Skeleton className="h-9 max-lg:hidden" />
          <Skeleton className="h-16 max-lg:hidden" />
        </div>
      ))}
    </div>
  );
}
