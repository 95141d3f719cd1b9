'use client';

import Link from 'next/link';
import { Progress } from '#web/components/ui/progress.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import type { OverviewQuery } from '#web/graphql/generated/graphql.ts';

type FinishedRun = NonNullable<OverviewQuery['project']>['finished']['edges'][number]['node'];

/** An evaluation under way. */
export function EvaluatingCard({
  run,
  evaluation,
  base,
}: {
  run: FinishedRun;
  evaluation: FinishedRun['evaluations'][number];
  base: string;
}) {
  return (
    <li className="relative flex flex-col gap-2 rounded-md border bg-panel px-4 py-3 hover:bg-hover">
      <p className="flex items-center justify-between gap-3">
        <Link href={`${base}/evaluations/${evaluation.id}`} className="truncate font-medium after:absolute after:inset-0">
          {run.variant.name} on {run.datasetVersion.dataset.name}
          <span className="font-normal text-ink-3">, seed {run.seed}</span>
        </Link>
        <StateBadge state={evaluation.state} />
      </p>
      <Progress label="Evaluation" value={evaluation.total > 0 ? evaluation.done / evaluation.total : null} />
    </li>
  );
}
