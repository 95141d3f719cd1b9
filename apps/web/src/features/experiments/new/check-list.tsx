import type { ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';

export interface CheckRow {
  readonly id: string;
  readonly name: string;
  readonly detail: ReactNode;
  readonly checked: boolean;
  readonly action?: ReactNode;
  readonly error?: string | null | undefined;
}

export interface CheckListProps {
  readonly label: string;
  readonly rows: readonly CheckRow[];
  readonly onToggle: (id: string, checked: boolean) => void;
}

/** Any number out of a list, each with a line about it. */
export function CheckList({ label, rows, onToggle }: CheckListProps) {
  return (
    <ul aria-label={label} className="max-h-80 divide-y divide-line overflow-y-auto rounded-md border bg-panel">
      {rows.map(({ id, name, detail, checked, action, error }) => (
        <li key={id} className={classes('flex items-center gap-2 pr-2 hover:bg-hover', checked && 'bg-accent-wash')}>
          <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2.5 px-3 py-2">
            <input
              type="checkbox"
              checked={checked}
              aria-label={name}
              onChange={(event) => onToggle(id, event.target.checked)}
              className="size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{name}</span>
              <span className="block truncate text-xs text-ink-3">{detail}</span>
              {error ? (
                <span role="alert" className="block text-xs text-bad">
                  {error}
                </span>
              ) : null}
            </span>
          </label>
          {action}
        </li>
      ))}
    </ul>
  );
}
