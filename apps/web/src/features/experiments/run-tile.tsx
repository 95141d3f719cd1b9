'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { IconButton } from '#web/components/ui/button.tsx';
import { Menu, MenuItem } from '#web/components/ui/menu.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import type { ExperimentRunFragment } from '#web/graphql/generated/graphql.ts';
import { isActive, stateWord } from '#web/features/runs/run-states.ts';
import { classes } from '#web/lib/classes.ts';
import { fixed, percent } from '#web/lib/numbers.ts';
import { duration } from '#web/lib/time.ts';

export interface TileAct {
  readonly name: string;
  readonly onSelect: () => void;
}

export interface RunTileProps {
  readonly run: ExperimentRunFragment;
  /** How many runs of the same combination there were before. */
  readonly earlier: number;
  readonly href: string;
  readonly acts: readonly TileAct[];
}

/** One run of an experiment: its state, how far it is, and its validation loss. Leads to the run. */
export function RunTile({ run, earlier, href, acts }: RunTileProps) {
  const name = `${run.variant.name} on ${run.datasetVersion.dataset.name}, seed ${run.seed}`;
  const active = isActive(run.state);
  return (
    <div
      data-run={run.id}
      data-state={run.state}
      className={classes(
        'relative flex h-15 w-full min-w-40 items-center gap-2.5 rounded-md border bg-panel py-1.5 pr-1 pl-2.5 hover:border-line-strong hover:bg-hover',
        run.state === 'failed' && 'border-bad',
      )}
    >
      <Ring share={run.progress} state={run.state} />
      <div className="min-w-0 flex-1 leading-tight">
        <Link href={href} aria-label={`${name}: ${run.state}`} className="after:absolute after:inset-0 after:rounded-md">
          <StateBadge state={run.state} word={stateWord(run)} />
        </Link>
        <div className="mt-0.5 flex items-baseline gap-2 truncate text-xs">
          <span className="font-mono">{fixed(run.validationLoss ?? run.trainLoss, 1)}</span>
          <span className="truncate text-ink-3" title={run.reason ?? undefined}>
            {run.state === 'running'
              ? duration(run.secondsLeft)
              : run.state === 'failed'
                ? (run.reason ?? '')
                : `${run.epoch}/${run.epochs}`}
            {earlier > 0 && !active ? ` · try ${earlier + 1}` : ''}
          </span>
        </div>
      </div>
      {acts.length > 0 ? (
        <div className="relative z-10">
          <Menu
            align="end"
            trigger={
              <IconButton label={`Actions of ${name}`} className="size-7!">
                <Ellipsis />
              </IconButton>
            }
          >
            {acts.map((act) => (
              <MenuItem key={act.name} onSelect={act.onSelect}>
                {act.name}
              </MenuItem>
            ))}
          </Menu>
        </div>
      ) : null}
    </div>
  );
}

const radius = 12;
const around = 2 * Math.PI * radius;

/** Done share as a ring, the percentage inside. */
function Ring({ share, state }: { share: number; state: ExperimentRunFragment['state'] }) {
  const done = state === 'succeeded' ? 1 : Math.min(1, Math.max(0, share));
  const look = state === 'failed' ? 'text-bad' : state === 'succeeded' ? 'text-good' : state === 'cancelled' ? 'text-ink-3' : 'text-accent';
  return (
    <svg
      viewBox="0 0 30 30"
      role="progressbar"
      aria-label="Training"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(done * 100)}
      className={classes('size-8 shrink-0', look)}
    >
      <circle cx="15" cy="15" r={radius} fill="none" className="stroke-selected" strokeWidth="3" />
      <circle
        cx="15"
        cy="15"
        r={radius}
        fill="none"
        stroke="currentColor"
        strokeWidth="3"
        strokeDasharray={`${done * around} ${around}`}
        transform="rotate(-90 15 15)"
      />
      <text x="15" y="18" textAnchor="middle" className="fill-ink-2 text-[8px] tabular-nums">
        {percent(done).replace(/\s*%/, '')}
      </text>
    </svg>
  );
}
