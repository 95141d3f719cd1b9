'use client';

import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly onValueChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[];
  readonly className?: string;
}

/** Two to five choices, all visible; arrow keys move between them. */
export function Segmented<T extends string>({ label, value, onValueChange, options, className }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => (next ? onValueChange(next as T) : undefined)}
      className={classes('inline-flex h-8 shrink-0 items-center rounded-md border border-line-strong bg-raised p-0.5', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="inline-flex h-full items-center gap-1.5 rounded-sm px-2.5 text-xs font-medium text-ink-2 transition-colors hover:text-ink data-[state=on]:bg-selected data-[state=on]:text-ink"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
