'use client';

import { ChevronDown } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { Button } from '#web/components/ui/button.tsx';
import { count } from '#web/lib/numbers.ts';

interface LabelFilterProps {
  readonly labels: readonly { label: string; count: number }[];
  /** Empty = all. */
  readonly chosen: readonly string[];
  readonly onChange: (labels: readonly string[]) => void;
}

const itemLook =
  'relative flex min-h-7 cursor-pointer items-center gap-3 rounded-sm pr-2 pl-7 text-sm outline-none select-none data-highlighted:bg-hover';

/** Which labels the grid shows; several may be chosen. */
export function LabelFilter({ labels, chosen, onChange }: LabelFilterProps) {
  const name = chosen.length === 0 ? 'All labels' : chosen.length === 1 ? chosen[0] : `${chosen.length} labels`;
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>
        <Button className="!px-2.5 !text-xs">
          <span className="max-w-32 truncate">{name}</span>
          <ChevronDown className="text-ink-3" />
        </Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          className="appear z-50 max-h-[60vh] min-w-48 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-float"
        >
          <Radix.CheckboxItem
            className={itemLook}
            checked={chosen.length === 0}
            onCheckedChange={() => onChange([])}
            onSelect={(event) => event.preventDefault()}
          >
            <Radix.ItemIndicator className="absolute left-2">✓</Radix.ItemIndicator>
            All labels
          </Radix.CheckboxItem>
          <Radix.Separator className="my-1 h-px bg-line" />
          {labels.map((one) => (
            <Radix.CheckboxItem
              key={one.label}
              className={itemLook}
              checked={chosen.includes(one.label)}
              onCheckedChange={(on) => onChange(on ? [...chosen, one.label] : chosen.filter((label) => label !== one.label))}
              onSelect={(event) => event.preventDefault()}
            >
              <Radix.ItemIndicator className="absolute left-2">✓</Radix.ItemIndicator>
              <span className="flex-1">{one.label}</span>
              <span className="text-xs text-ink-3">{count(one.count)}</span>
            </Radix.CheckboxItem>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
