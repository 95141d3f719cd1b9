'use client';

import { X } from 'lucide-react';
import { Button } from '#web/components/ui/button.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import type { Split } from '#web/graphql/generated/graphql.ts';
import { count } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { labelCounts, splitCounts, type SplitLabelCount } from './counts.ts';

export interface FilterBarProps {
  readonly counts: readonly SplitLabelCount[];
  readonly split: Split | null;
  readonly label: string | null;
  /** Deleted images are shown instead. */
  readonly deleted: boolean;
}

/** Split, label and mask display; all of it in the address. */
export function FilterBar({ counts, split, label, deleted }: FilterBarProps) {
  const query = useQueryState();
  const bySplit = splitCounts(counts);
  const labels = labelCounts(counts, split);
  if (deleted) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-xs font-medium">Deleted images</span>
        <Button size="small" onClick={() => query.set({ deleted: null, image: null })}>
          <X /> Back to the others
        </Button>
      </div>
    );
  }
  const number = (value: number) => <span className="font-normal text-ink-3">{count(value)}</span>;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label="Split"
        value={split ?? 'all'}
        onValueChange={(value) => query.set({ split: value === 'all' ? null : value, label: null, image: null })}
        className="max-w-full overflow-x-auto"
        options={[
          { value: 'all', label: <>All {number(bySplit.train + bySplit.validation + bySplit.test)}</> },
          { value: 'train', label: <>Train {number(bySplit.train)}</> },
          { value: 'validation', label: <>Validation {number(bySplit.validation)}</> },
          { value: 'test', label: <>Test {number(bySplit.test)}</> },
        ]}
      />
      <Select
        label="Label"
        className="w-44!"
        value={label ?? '*'}
        onValueChange={(value) => query.set({ label: value === '*' ? null : value, image: null })}
        options={[
          { value: '*', label: 'Every label' },
          ...labels.map((one) => ({ value: one.label, label: `${one.label} (${count(one.count)})` })),
        ]}
      />
      <Segmented
        label="Mask outlines"
        value={query.get('masks') === 'all' ? 'all' : 'hover'}
        onValueChange={(value) => query.set({ masks: value === 'all' ? 'all' : null })}
        options={[
          { value: 'hover', label: 'Masks on hover' },
          { value: 'all', label: 'All masks' },
        ]}
      />
    </div>
  );
}
