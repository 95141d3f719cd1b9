'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import Link from 'next/link';
import type { ReactNode } from 'react';

export interface MenuProps {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
}

export function Menu({ trigger, children, align = 'start' }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="appear z-50 max-h-[70vh] min-w-52 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const itemLook =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&>svg]:size-4 [&>svg]:text-ink-3';

export function MenuItem({ onSelect, children, disabled }: { onSelect: () => void; children: ReactNode; disabled?: boolean }) {
  return (
    <Radix.Item className={itemLook} onSelect={onSelect} {...(disabled ? { disabled } : {})}>
      {children}
    </Radix.Item>
  );
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Radix.Item asChild className={itemLook}>
      <Link href={href}>{children}</Link>
    </Radix.Item>
  );
}

/** Something that is on or off; the menu stays open. */
export function MenuCheck({ checked, onChange, children }: { checked: boolean; onChange: () => void; children: ReactNode }) {
  return (
    <Radix.CheckboxItem
      className={itemLook}
      checked={checked}
      onSelect={(event) => {
        event.preventDefault();
        onChange();
      }}
    >
      <span className="flex size-4 items-center justify-center [&>svg]:size-4">
        {checked ? <Check className="text-accent-ink" /> : null}
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}

/** A link to a file, which is saved rather than shown. */
export function MenuDownload({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Radix.Item asChild className={itemLook}>
      <a href={href} download>
        {children}
      </a>
    </Radix.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1.5 text-xs text-ink-3">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
