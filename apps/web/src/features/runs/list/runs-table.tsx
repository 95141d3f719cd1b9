'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { HashChip } from '#web/components/ui/copy.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { classes } from '#web/lib/classes.ts';
import { fixed } from '#web/lib/numbers.ts';
import { duration, secondsBetween } from '#web/lib/time.ts';
import { useNow } from '#web/lib/use-now.ts';
import { bestRuns } from '../best-runs.ts';
import { priorityWords } from '../priority-words.ts';
import { stateWord } from '../run-states.ts';
import { columns, pressed, secondaryColumns, type Column, type ColumnKey, type Order } from './columns.ts';
import type { ListedRun } from './listed-run.ts';

export interface RunsTableProps {
  /** Undefined while they are loaded. */
  readonly runs: readonly ListedRun[] | undefined;
  readonly projectId: string;
  readonly shown: readonly ColumnKey[];
  /** Columns that were chosen stay on a narrow screen. */
  readonly chosenColumns: boolean;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  /** Ids of the chosen runs; null where nothing can be done with runs. */
  readonly chosen: ReadonlySet<string> | null;
  readonly onChoose: (id: string, range: boolean) => void;
  readonly onChooseAll: (all: boolean) => void;
}

/** One row a run, in the columns shown; a head orders by its column. */
export function RunsTable({ runs, projectId, shown, chosenColumns, order, onOrder, chosen, onChoose, onChooseAll }: RunsTableProps) {
  const now = useNow(5_000);
  const best = bestRuns(
    (runs ?? []).map((run) => ({ id: run.id, group: `${run.datasetVersion.dataset.id} ${run.kind}`, loss: run.validationLoss })),
  );
  const present: readonly Column[] = columns.filter(({ key }) => shown.includes(key));
  const hides = (key: ColumnKey) => (!chosenColumns && secondaryColumns.has(key) ? 'max-md:hidden' : '');
  const chosenHere = (runs ?? []).filter(({ id }) => chosen?.has(id)).length;
  const all = chosenHere > 0 && chosenHere === runs?.length;
  return (
    <Table aria-busy={runs === undefined}>
      <thead>
        <tr>
          {chosen ? (
            <HeadCell className="w-8 pr-0!">
              <Choice label="Choose all that are shown" checked={all} mixed={chosenHere > 0 && !all} onChange={() => onChooseAll(!all)} />
            </HeadCell>
          ) : null}
          {present.map((column) => (
            <Head key={column.key} column={column} order={order} onOrder={onOrder} className={hides(column.key)} />
          ))}
        </tr>
      </thead>
      <tbody>
        {runs ? (
          runs.map((run) => (
            <Row key={run.id} className={classes(chosen?.has(run.id) && 'bg-selected')}>
              {chosen ? (
                <Cell className="w-8 pr-0!">
                  <Choice
                    label={`Choose ${run.variant.name} on ${run.datasetVersion.dataset.name}, seed ${run.seed}`}
                    checked={chosen.has(run.id)}
                    onChange={(range) => onChoose(run.id, range)}
                  />
                </Cell>
              ) : null}
              {present.map(({ key, numeric }, index) => (
                <Cell
                  key={key}
                  numeric={numeric ?? false}
                  className={classes(hides(key), key === 'validationLoss' && best.has(run.id) && 'font-semibold')}
                >
                  {index === 0 ? (
                    <Link
                      href={`/projects/${projectId}/runs/${run.id}`}
                      aria-label={`${run.variant.name} on ${run.datasetVersion.dataset.name}, seed ${run.seed}: ${stateWord(run)}`}
                      className="after:absolute after:inset-0"
                    >
                      {content(run, key, now)}
                    </Link>
                  ) : (
                    content(run, key, now)
                  )}
                </Cell>
              ))}
            </Row>
          ))
        ) : (
          <SkeletonRows rows={8} columns={present.length + (chosen ? 1 : 0)} />
        )}
      </tbody>
    </Table>
  );
}

interface HeadProps {
  readonly column: Column;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly className: string;
}

function Head({ column: { head, sort, numeric = false }, order, onOrder, className }: HeadProps) {
  if (sort === null)
    return (
      <HeadCell numeric={numeric} className={className}>
        {head}
      </HeadCell>
    );
  const on = order.sort === sort;
  return (
    <HeadCell numeric={numeric} className={className} aria-sort={on ? (order.ascending ? 'ascending' : 'descending') : 'none'}>
      <button
        type="button"
        onClick={() => onOrder(pressed(order, sort))}
        className={classes('rounded-sm hover:text-ink', on && 'font-semibold text-ink')}
      >
        {on ? <span aria-hidden>{order.ascending ? '↑' : '↓'} </span> : null}
        {head}
      </button>
    </HeadCell>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly checked: boolean;
  readonly mixed?: boolean;
  /** @param range whether all from the one chosen before to this one are meant (shift) */
  readonly onChange: (range: boolean) => void;
}

function Choice({ label, checked, mixed = false, onChange }: ChoiceProps) {
  return (
    <label className="relative z-10 -m-2 flex size-8 cursor-pointer items-center justify-center">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={(element) => {
          if (element) element.indeterminate = mixed;
        }}
        onChange={(event) => onChange((event.nativeEvent as MouseEvent).shiftKey)}
        className="size-3.5 accent-(--accent)"
      />
    </label>
  );
}

function content(run: ListedRun, key: ColumnKey, now: number): ReactNode {
  switch (key) {
    case 'state':
      return <StateBadge state={run.state} word={stateWord(run)} />;
    case 'variant':
      return <span className="font-medium">{run.variant.name}</span>;
    case 'dataset':
      return (
        <>
          {run.datasetVersion.dataset.name} <span className="text-ink-3">v{run.datasetVersion.number}</span>
        </>
      );
    case 'recipe':
      return (
        <span className="flex items-center gap-1.5">
          {run.recipe.name} <HashChip hash={run.recipe.hash} label="recipe hash" />
        </span>
      );
    case 'kind':
      return run.kind;
    case 'experiment':
      return run.experiment?.name ?? <span className="text-ink-3">–</span>;
    case 'seed':
      return run.seed;
    case 'priority':
      return priorityWords(run.priority);
    case 'epoch':
      return (
        <>
          {run.epoch}
          <span className="text-ink-3"> / {run.epochs}</span>
          {run.state === 'running' ? <Progress label="Training" value={run.progress} className="mt-0.5 ml-auto h-1! w-16" /> : null}
        </>
      );
    case 'trainLoss':
      return fixed(run.trainLoss, 1);
    case 'validationLoss':
      return fixed(run.validationLoss, 1);
    case 'speed':
      return fixed(run.imagesPerSecond, 0);
    case 'duration':
      return duration(secondsBetween(run.startedAt, run.finishedAt, now));
    case 'queued':
      return <RelativeTime at={run.createdAt} className="text-ink-2" />;
    case 'started':
      return <RelativeTime at={run.startedAt} className="text-ink-2" />;
    case 'finished':
      return <RelativeTime at={run.finishedAt} className="text-ink-2" />;
    case 'worker':
      return run.worker?.name ?? <span className="text-ink-3">–</span>;
    case 'reason':
      return (
        <span className="block max-w-72 truncate" title={run.reason ?? undefined}>
          {run.reason ?? ''}
        </span>
      );
    case 'person':
      return <span className="text-ink-2">{run.createdBy?.name ?? 'Plumbline'}</span>;
  }
}
