'use client';

import Link from 'next/link';
import { useProject } from '#web/components/frame/project-context.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { Tooltip } from '#web/components/ui/tooltip.tsx';
import { isActive } from '#web/features/runs/run-states.ts';
import type { EvaluationsQuery } from '#web/graphql/generated/graphql.ts';
import { classes } from '#web/lib/classes.ts';
import { fixed, percent } from '#web/lib/numbers.ts';
import { MOST_EVALUATIONS, type Measure } from '#web/features/residuals/view/view-state.ts';
import { parseMetrics, type MeasuredMetrics } from '../data/parse.ts';
import { protocolWords } from '../data/protocol-words.ts';
import { prevalenceText } from '../metrics/metrics-table.tsx';
import type { Sort } from './sorts.ts';

type Edge = NonNullable<EvaluationsQuery['project']>['evaluations']['edges'][number];
export type ListedEvaluation = Edge['node'];

interface Column {
  readonly sort: Exclude<Sort, 'newest'>;
  readonly head: string;
  readonly value: (metrics: MeasuredMetrics) => number | null;
  readonly prevalence?: (metrics: MeasuredMetrics) => number | null;
}

const columns: readonly Column[] = [
  {
    sort: 'imageRocAuc',
    head: 'Images: ROC-AUC',
    value: ({ image }) => image.rocAuc,
    prevalence: ({ image }) => image.prevalence,
  },
  { sort: 'pixelRocAuc', head: 'Pixels: ROC-AUC', value: ({ pixel }) => pixel.rocAuc },
  {
    sort: 'pixelAveragePrecision',
    head: 'Pixels: AP',
    value: ({ pixel }) => pixel.averagePrecision,
    prevalence: ({ pixel }) => pixel.prevalence,
  },
  { sort: 'aupro30', head: 'Pixels: AUPRO 0.3', value: ({ pixel }) => pixel.aupro30 },
];

interface EvaluationsTableProps {
  /** Undefined while they are loaded. */
  readonly evaluations: readonly ListedEvaluation[] | undefined;
  readonly sort: Sort;
  readonly measure: Measure;
  readonly onSort: (sort: Sort) => void;
  /** Ids of those that are chosen to be looked at together, in the order of choosing. */
  readonly chosen: readonly string[];
  readonly onChosen: (ids: readonly string[]) => void;
}

/** One row an evaluation; a head sorts by its column. */
export function EvaluationsTable({ evaluations, sort, measure, onSort, chosen, onChosen }: EvaluationsTableProps) {
  return (
    <Table aria-busy={evaluations === undefined}>
      <thead>
        <tr>
          <HeadCell className="w-8 pr-0!">
            <span className="sr-only">Chosen</span>
          </HeadCell>
          <HeadCell>Evaluation</HeadCell>
          <HeadCell className="max-md:hidden">State</HeadCell>
          {columns.map((column) => (
            <SortHead key={column.sort} sort={column.sort} current={sort} onSort={onSort} numeric>
              {column.head}
            </SortHead>
          ))}
          <HeadCell className="max-lg:hidden">Protocol</HeadCell>
          <SortHead sort="newest" current={sort} onSort={onSort}>
            Started
          </SortHead>
        </tr>
      </thead>
      <tbody>
        {evaluations ? (
          evaluations.map((evaluation) => (
            <EvaluationRow
              key={evaluation.id}
              evaluation={evaluation}
              measure={measure}
              sort={sort}
              chosen={chosen.includes(evaluation.id)}
              full={chosen.length >= MOST_EVALUATIONS}
              onChosen={(on) => onChosen(on ? [...chosen, evaluation.id] : chosen.filter((id) => id !== evaluation.id))}
            />
          ))
        ) : (
          <SkeletonRows rows={6} columns={9} />
        )}
      </tbody>
    </Table>
  );
}

interface SortHeadProps {
  readonly sort: Sort;
  readonly current: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly numeric?: boolean;
  readonly children: string;
}

function SortHead({ sort, current, onSort, numeric = false, children }: SortHeadProps) {
  const on = sort === current;
  return (
    <HeadCell numeric={numeric} className="max-md:hidden" aria-sort={on ? 'descending' : 'none'}>
      <button type="button" onClick={() => onSort(sort)} className={classes('rounded-sm hover:text-ink', on && 'font-semibold text-ink')}>
        {on ? <span aria-hidden>↓ </span> : null}
        {children}
      </button>
    </HeadCell>
  );
}

interface EvaluationRowProps {
  readonly evaluation: ListedEvaluation;
  readonly measure: Measure;
  readonly sort: Sort;
  readonly chosen: boolean;
  /** As many are chosen as can be looked at together. */
  readonly full: boolean;
  readonly onChosen: (on: boolean) => void;
}

function EvaluationRow({ evaluation, measure, sort, chosen, full, onChosen }: EvaluationRowProps) {
  const project = useProject();
  const metrics = parseMetrics(evaluation.metrics)?.measures[measure];
  const { run, checkpoint, datasetVersion } = evaluation;
  const narrow = columns.find((column) => column.sort === sort) ?? columns[0]!;
  const state = (
    <StateBadge
      state={evaluation.state}
      {...(evaluation.state === 'running' && evaluation.total > 0
        ? { word: `running, ${percent(evaluation.done / evaluation.total)}` }
        : {})}
    />
  );
  return (
    <Row>
      <Cell className="pr-0!">
        {evaluation.state === 'succeeded' ? (
          <input
            type="checkbox"
            aria-label={`Choose ${run.variant.name} on ${datasetVersion.dataset.name}, seed ${run.seed}, ${checkpoint.kind}`}
            className="relative z-10 block size-4 accent-accent-fill"
            checked={chosen}
            disabled={full && !chosen}
            onChange={(event) => onChosen(event.target.checked)}
          />
        ) : null}
      </Cell>
      <Cell className="max-md:py-2 max-md:whitespace-normal">
        <Link href={`/projects/${project.id}/evaluations/${evaluation.id}`} className="font-medium after:absolute after:inset-0">
          {run.variant.name} on {datasetVersion.dataset.name}
        </Link>
        <span className="text-ink-3">
          {' '}
          version {datasetVersion.number}, seed {run.seed}, {checkpoint.kind} (epoch {checkpoint.epoch})
        </span>
        <span className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 md:hidden">
          {state}
          {metrics ? (
            <span className="text-ink-2">
              {narrow.head} {fixed(narrow.value(metrics), 3)}
            </span>
          ) : null}
          <RelativeTime at={evaluation.createdAt} className="ml-auto text-ink-3" />
        </span>
      </Cell>
      <Cell className="max-md:hidden">{state}</Cell>
      {columns.map((column) => {
        const prevalence = (metrics && column.prevalence?.(metrics)) ?? null;
        return (
          <Cell key={column.sort} numeric className={classes('max-md:hidden', column.sort === sort && 'font-semibold')}>
            {prevalence === null ? null : <span className="mr-2 text-2xs font-normal text-ink-3">prev. {prevalenceText(prevalence)}</span>}
            {isActive(evaluation.state) ? '' : valueText(metrics ? column.value(metrics) : null, prevalence !== null)}
          </Cell>
        );
      })}
      <Cell className="max-lg:hidden">
        <Tooltip content={protocolWords(evaluation.protocol)}>
          <span className="relative z-10 font-mono text-2xs text-ink-2">{evaluation.protocolHash.slice(0, 8)}</span>
        </Tooltip>
      </Cell>
      <Cell className="max-md:hidden">
        <RelativeTime at={evaluation.createdAt} className="text-ink-2" />
      </Cell>
    </Row>
  );
}

/** What stands beside a prevalence is as small as that may be, and is told as exactly. */
const valueText = (value: number | null, besidePrevalence: boolean): string =>
  besidePrevalence && value !== null ? prevalenceText(value) : fixed(value, 3);
