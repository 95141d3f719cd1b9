'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';

export interface InspectorProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The right-hand inspector; on a narrow screen it is a sheet over the lower part. Not modal: the page behind stays usable. */
export function Inspector({ title, onClose, actions, children }: InspectorProps) {
  return (
    <aside
      aria-label="Inspector"
      className="max-md:rise md:slide-in z-20 flex flex-col border-line bg-panel max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:h-[70dvh] max-md:rounded-t-md max-md:border-t max-md:pb-[env(safe-area-inset-bottom)] max-md:shadow-float md:h-full md:w-80 md:shrink-0 md:border-l"
    >
      <div className="flex h-11 shrink-0 items-center gap-1 border-b pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-semibold">{title}</h2>
        {actions}
        <IconButton label="Close inspector" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}

export interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

/** One line of a fact list (inside a `dl`). */
export function Fact({ name, children }: FactProps) {
  return (
    <div className="flex min-h-7 items-baseline justify-between gap-4 py-1">
      <dt className="shrink-0 text-xs text-ink-3">{name}</dt>
      <dd className="min-w-0 text-right text-xs break-words">{children}</dd>
    </div>
  );
}
