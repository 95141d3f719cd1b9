'use client';

import type { Comparison } from '@plumbline/ml/experiment';
import { useMemo, type ComponentType } from 'react';
import { Skeleton, SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Table } from '#web/components/ui/table.tsx';
import type { CompareAnswer } from './data/compare-tasks.ts';
import { membersOf, type ComparedSet } from './data/set.ts';
import { tabs, type CompareView, type TabName } from './data/view.ts';
import { CurvesTab } from './tabs/curves-tab.tsx';
import { OrientationTab } from './tabs/orientation-tab.tsx';
import { RanksTab } from './tabs/ranks-tab.tsx';
import { RocTab } from './tabs/roc-tab.tsx';
import { SamplerTab } from './tabs/sampler-tab.tsx';
import { ScoresTab } from './tabs/scores-tab.tsx';
import { TabList } from './tabs/tab-list.tsx';
import type { TabProps } from './tabs/tab-props.ts';
import { TablesTab } from './tabs/tables-tab.tsx';
import { WhatDiffers } from './what-differs.tsx';

const contents: Readonly<Record<TabName, ComponentType<TabProps>>> = {
  tables: TablesTab,
  curves: CurvesTab,
  roc: RocTab,
  scores: ScoresTab,
  ranks: RanksTab,
  orientation: OrientationTab,
  sampler: SamplerTab,
};

export interface ComparisonBodyProps {
  readonly set: ComparedSet;
  readonly answer: CompareAnswer | null;
  /** Whether the answer is still the one of earlier options. */
  readonly busy: boolean;
  readonly view: CompareView;
  /** The project to which links lead; null for who has no account. */
  readonly projectId: string | null;
}

/** A comparison under its head: what differs, and the parts. */
export function ComparisonBody({ set, answer, busy, view, projectId }: ComparisonBodyProps) {
  if (set.evaluations.length === 0)
    return (
      <EmptyState title="Nothing is left to compare">
        Its evaluations were deleted, or none of what was chosen has ended yet. Choose others.
      </EmptyState>
    );
  if (!answer) return <BodySkeleton />;
  if ('refused' in answer) return <ErrorState title="These evaluations cannot be compared" reason={answer.refused} />;
  return <Parts set={set} comparison={answer.comparison} busy={busy} view={view} projectId={projectId} />;
}

export function BodySkeleton() {
  return (
    <div className="flex flex-col gap-4" aria-busy="true">
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-9 w-96 max-w-full" />
      <Table>
        <tbody>
          <SkeletonRows rows={8} columns={4} />
        </tbody>
      </Table>
    </div>
  );
}

function Parts({ set, comparison, busy, view, projectId }: Omit<ComparisonBodyProps, 'answer'> & { readonly comparison: Comparison }) {
  const members = useMemo(() => membersOf(set, comparison), [set, comparison]);
  const titles = useMemo(() => comparison.columns.map(({ title }) => title), [comparison]);
  const recipes = useMemo(
    () => comparison.columns.flatMap((_, i) => members.find(({ column }) => column === i)?.recipe ?? []),
    [comparison, members],
  );
  // Behind a link there are no pictures, and so none to turn.
  const offered: readonly TabName[] = projectId === null ? tabs.filter((tab) => tab !== 'sampler') : tabs;
  const tab = offered.includes(view.tab) ? view.tab : 'tables';
  const Content = contents[tab];
  return (
    <>
      <WhatDiffers titles={titles} recipes={recipes} />
      <TabList value={tab} tabs={offered} onValueChange={(next) => view.set({ tab: next })}>
        <Content comparison={comparison} busy={busy} members={members} titles={titles} view={view} projectId={projectId} />
      </TabList>
    </>
  );
}
