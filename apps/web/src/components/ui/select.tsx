'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';
import { controlLook } from './field.tsx';

export interface SelectOption {
  readonly value: string;
  readonly label: ReactNode;
  readonly detail?: ReactNode;
  readonly disabled?: boolean;
}

export interface SelectProps {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly options: readonly SelectOption[];
  readonly placeholder?: string;
  readonly id?: string;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly 'aria-invalid'?: true | undefined;
  readonly 'aria-describedby'?: string | undefined;
}

/** One of a few. `label` names it where no field label stands beside it; values must not be empty strings. */
export function Select({ value, onValueChange, options, placeholder, id, label, disabled, className, ...aria }: SelectProps) {
  const own = useId();
  return (
    <Radix.Root value={value} onValueChange={onValueChange} {...(disabled ? { disabled } : {})}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        {...aria}
        className={classes(controlLook, 'flex items-center justify-between gap-2 text-left', className)}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon>
          <ChevronDown className="size-4 text-ink-3" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="appear z-50 max-h-(--radix-select-content-available-height) max-w-[calc(100vw-1rem)] min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-line-strong bg-raised shadow-float"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                {...(option.disabled ? { disabled: true } : {})}
                {...(option.detail ? { 'aria-describedby': `${own}${option.value}` } : {})}
                className="relative flex min-h-7 cursor-pointer items-center rounded-sm py-1 pr-3 pl-7 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
              >
                <Radix.ItemIndicator className="absolute left-1.5">
                  <Check className="size-4 text-accent-ink" />
                </Radix.ItemIndicator>
                <span className="flex flex-col">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.detail ? (
                    <span id={`${own}${option.value}`} className="text-xs text-ink-3">
                      {option.detail}
                    </span>
                  ) : null}
                </span>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
