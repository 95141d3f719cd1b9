'use client';

import { Figures } from '#web/components/ui/figures.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import type { RunLiveFragment } from '#web/graphql/generated/graphql.ts';
import { fixed, percent } from '#web/lib/numbers.ts';
import { duration, secondsBetween } from '#web/lib/time.ts';
import { useNow } from '#web/lib/use-now.ts';
import { isActive, stateWord } from './run-states.ts';

/** The line under the title: state, progress, and the numbers one watches. */
export function RunStatus({ run, best }: { run: RunLiveFragment; best: { value: number; epoch: number } | null }) {
  const active = isActive(run.state);
  const now = useNow(1_000, active);
  const figures = [
    { name: 'Epoch', value: `${run.epoch} / ${run.epochs}` },
    { name: 'Training loss', value: fixed(run.trainLoss, 1) },
    { name: 'Validation loss', value: fixed(run.validationLoss, 1) },
    { name: best ? `Best, epoch ${best.epoch}` : 'Best', value: fixed(best?.value, 1) },
    { name: 'Patches/s', value: fixed(run.imagesPerSecond, 0) },
    active
      ? { name: 'Time left', value: duration(run.secondsLeft) }
      : { name: 'Duration', value: duration(secondsBetween(run.startedAt, run.finishedAt, now)) },
  ];
  return (
    <div className="overflow-hidden rounded-md border bg-panel">
      <div className="flex items-center gap-4 px-3 py-2">
        <StateBadge state={run.state} word={stateWord(run)} announced className="text-sm" />
        {active && run.phase ? <span className="text-xs text-ink-2">{run.phase}</span> : null}
        <Progress label="Training" value={run.state === 'preparing' ? null : run.progress} className="flex-1" />
        <span className="w-11 text-right text-xs text-ink-2">{percent(run.progress)}</span>
      </div>
      <Figures figures={figures} />
    </div>
  );
}
