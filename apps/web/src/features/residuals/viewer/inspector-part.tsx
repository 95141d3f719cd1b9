import type { ReactNode } from 'react';

/** A titled part of the inspector. */
export function Part({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5 border-b px-3 py-2.5 last:border-b-0">
      <div className="flex min-h-6 items-center justify-between gap-2">
        <h3 className="text-xs font-semibold">{title}</h3>
        {actions}
      </div>
      {children}
    </section>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly keyName: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

export function Toggle({ label, keyName, on, disabled, onChange }: ToggleProps) {
  return (
    <label className="flex h-6 items-center gap-1.5 text-xs whitespace-nowrap text-ink-2 has-disabled:opacity-50">
      <input
        type="checkbox"
        className="size-3.5 accent-accent-fill"
        checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        aria-keyshortcuts={keyName}
      />
      {label}
    </label>
  );
}
