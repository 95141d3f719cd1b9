'use client';

import { ChevronDown } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { Ref } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { count } from '#web/lib/numbers.ts';

interface MultiFilterProps {
  /** What it says when nothing is chosen, and of several: "All labels", "labels". */
  readonly all: string;
  readonly plural: string;
  readonly choices: readonly { value: string; count: number }[];
  /** Empty = all. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /** The button, for the key that goes to it. */
  readonly ref?: Ref<HTMLButtonElement>;
}

const itemLook =
  'relative flex min-h-7 cursor-pointer items-center gap-3 rounded-sm pr-2 pl-7 text-sm outline-none select-none data-highlighted:bg-hover';

/** Which of some values the grid shows; several may be chosen. */
export function MultiFilter({ all, plural, choices, chosen, onChange, ref }: MultiFilterProps) {
  const name = chosen.length === 0 ? all : chosen.length === 1 ? chosen[0] : `${chosen.length} ${plural}`;
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>
        <Button ref={ref} className="!px-2.5 !text-xs">
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
            {all}
          </Radix.CheckboxItem>
          <Radix.Separator className="my-1 h-px bg-line" />
          {choices.map(({ value, count: images }) => (
            <Radix.CheckboxItem
              key={value}
              className={itemLook}
              checked={chosen.includes(value)}
              onCheckedChange={(on) => onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value))}
              onSelect={(event) => event.preventDefault()}
            >
              <Radix.ItemIndicator className="absolute left-2">✓</Radix.ItemIndicator>
              <span className="flex-1">{value}</span>
              <span className="text-xs text-ink-3">{count(images)}</span>
            </Radix.CheckboxItem>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
