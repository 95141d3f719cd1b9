'use client';

import { Figures } from '#web/components/ui/figures.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import type { ExperimentLiveFragment, ExperimentRunFragment } from '#web/graphql/generated/graphql.ts';
import { priorityWords } from '#web/features/runs/priority-words.ts';
import { percent } from '#web/lib/numbers.ts';
import { duration, secondsBetween } from '#web/lib/time.ts';
import { useNow } from '#web/lib/use-now.ts';
import { isOpen } from './experiment-states.ts';

/** The line under the title: state, progress, and how many runs are in which state. */
export function ExperimentStatus({ experiment, runs }: { experiment: ExperimentLiveFragment; runs: readonly ExperimentRunFragment[] }) {
  const open = isOpen(experiment.state);
  const now = useNow(1_000, open);
  const countOf = (...states: string[]) =>
    experiment.runCounts.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const speed = runs.filter(({ state }) => state === 'running').reduce((sum, run) => sum + (run.imagesPerSecond ?? 0), 0);
  const figures = [
    { name: 'Succeeded', value: `${countOf('succeeded')} / ${experiment.runCount}` },
    { name: 'At work', value: countOf('running', 'preparing') },
    { name: 'Waiting', value: countOf('queued', 'paused') },
    { name: 'Failed, cancelled', value: `${countOf('failed')}, ${countOf('cancelled')}` },
    { name: 'Evaluated', value: experiment.evaluatedCount },
    open && speed > 0
      ? { name: 'Patches/s', value: Math.round(speed) }
      : { name: 'Duration', value: duration(secondsBetween(experiment.startedAt, experiment.finishedAt, now)) },
  ];
  return (
    <div className="overflow-hidden rounded-md border bg-panel">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
        <StateBadge state={experiment.state} announced className="text-sm" />
        <Progress label="Experiment" value={experiment.progress} className="min-w-24 flex-1" />
        <span className="w-11 text-right text-xs text-ink-2">{percent(experiment.progress)}</span>
        <span className="text-xs text-ink-3">
          priority {priorityWords(experiment.priority)}, queued <RelativeTime at={experiment.createdAt} /> by{' '}
          {experiment.createdBy?.name ?? 'somebody who left'}
        </span>
      </div>
      <Figures figures={figures} />
    </div>
  );
}
