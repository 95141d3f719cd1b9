'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { ScrollRow } from '#web/components/ui/scroll-row.tsx';
import type { TabName } from '../data/view.ts';

const titles: Readonly<Record<TabName, string>> = {
  tables: 'Tables',
  curves: 'Curves',
  roc: 'ROC/PR',
  scores: 'Scores',
  ranks: 'Ranks',
  orientation: 'Orientation',
  sampler: 'Sampler',
};

export interface TabListProps {
  readonly value: TabName;
  readonly tabs: readonly TabName[];
  readonly onValueChange: (tab: TabName) => void;
  readonly children: ReactNode;
}

/** The parts of a comparison; arrow keys move between them, the address holds the one that is open. */
export function TabList({ value, tabs, onValueChange, children }: TabListProps) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onValueChange(next as TabName)} className="flex min-w-0 flex-col gap-4">
      <ScrollRow label="Parts of the comparison" className="border-b">
        <Radix.List aria-label="Parts of the comparison" className="flex">
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab}
              value={tab}
              className="-mb-px h-9 shrink-0 -outline-offset-2 border-b-2 border-transparent px-3 font-medium text-ink-2 transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {titles[tab]}
            </Radix.Trigger>
          ))}
        </Radix.List>
      </ScrollRow>
      <Radix.Content key={value} value={value} className="min-w-0 outline-none" tabIndex={-1}>
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
