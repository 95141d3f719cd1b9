'use client';

import { useSubscription } from '@apollo/client/react';
import Link from 'next/link';
import { Progress } from '#web/components/ui/progress.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { sparkline } from '#web/features/runs/curve-data.ts';
import { runChangedDocument } from '#web/features/runs/documents.ts';
import { Spark } from '#web/features/runs/spark.tsx';
import { useRunCurve } from '#web/features/runs/use-run-curve.ts';
import type { OverviewQuery } from '#web/graphql/generated/graphql.ts';
import { fixed } from '#web/lib/numbers.ts';
import { duration } from '#web/lib/time.ts';

export type RunningRun = NonNullable<OverviewQuery['project']>['running']['edges'][number] extends infer Edge
  ? NonNullable<NonNullable<Edge>['node' & keyof NonNullable<Edge>]>
  : never;

/** A training under way: its curve in small, progress and time left, live. */
export function RunningCard({ run, base }: { run: RunningRun; base: string }) {
  const curve = useRunCurve(run.id);
  useSubscription(runChangedDocument, {
    variables: { id: run.id },
    ignoreResults: true,
    onData: ({ data }) => (data.data ? curve.append(data.data.trainingRunChanged.points) : undefined),
  });
  const values = sparkline(curve.points);
  return (
    <li className="relative flex items-center gap-4 rounded-md border bg-panel px-4 py-3 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <p className="flex items-center justify-between gap-3">
          <Link href={`${base}/runs/${run.id}`} className="truncate font-medium after:absolute after:inset-0">
            {run.variant.name} on {run.datasetVersion.dataset.name}
          </Link>
          <StateBadge state={run.state} {...(run.cancelRequested ? { word: 'cancelling' } : {})} />
        </p>
        <Progress label="Training" value={run.state === 'preparing' ? null : run.progress} className="my-2" />
        <p className="flex flex-wrap justify-between gap-x-4 text-xs text-ink-2">
          <span>
            epoch {run.epoch} / {run.epochs}, seed {run.seed}
          </span>
          <span>{run.secondsLeft === null ? '' : `${duration(run.secondsLeft)} left`}</span>
        </p>
      </div>
      <div className="w-32 shrink-0 max-sm:hidden">
        <Spark values={values} label="Loss so far" className="h-10 w-full" />
        <p className="mt-1 text-right text-xs text-ink-3">loss {fixed(values.at(-1), 1)}</p>
      </div>
    </li>
  );
}
