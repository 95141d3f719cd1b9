import { Maximize2, Minimize2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#web/components/ui/button.tsx';

interface PaneBoxProps {
  readonly name: string;
  readonly title: ReactNode;
  readonly onHover: () => void;
  /** null = it cannot be shown alone. */
  readonly alone: { readonly on: boolean; readonly toggle: () => void } | null;
  readonly children: ReactNode;
}

/** A pane with its title and the button that shows it alone. */
export function PaneBox({ name, title, onHover, alone, children }: PaneBoxProps) {
  return (
    <section aria-label={name} onPointerEnter={onHover} className="relative flex min-h-0 min-w-0 flex-col bg-well">
      <header className="flex h-7 shrink-0 items-center justify-between gap-1 pr-0.5 pl-2 text-xs text-ink-2">
        <span className="flex min-w-0 items-center gap-1.5 truncate">{title}</span>
        {alone && (
          <IconButton
            label={alone.on ? 'Show all panes' : `Show only ${name.toLowerCase()}`}
            className="!size-6 [&>svg]:!size-3.5"
            onClick={alone.toggle}
          >
            {alone.on ? <Minimize2 /> : <Maximize2 />}
          </IconButton>
        )}
      </header>
      {children}
    </section>
  );
}
