import type { ComponentProps } from 'react';
import { classes } from '#web/lib/classes.ts';

export interface TableProps extends ComponentProps<'table'> {
  /** Names the table and makes its frame reachable by keyboard; needed where no link or button inside is. */
  readonly label?: string;
}

/** 12 px rows with hairlines; wide tables scroll sideways inside their own frame. Numbers go in cells with `numeric`. */
export function Table({ label, className, children, ...rest }: TableProps) {
  const reachable = label ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {};
  return (
    <div {...reachable} className="relative overflow-x-auto rounded-md border bg-panel">
      <table {...rest} className={classes('w-full border-collapse text-xs', className)}>
        {children}
      </table>
    </div>
  );
}

export interface CellProps extends ComponentProps<'td'> {
  /** Right-aligned with tabular figures. */
  readonly numeric?: boolean;
}

export function HeadCell({ numeric, className, ...rest }: CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={classes(
        'h-8 border-b px-3 text-xs font-medium whitespace-nowrap text-ink-3',
        numeric ? 'text-right' : 'text-left',
        className,
      )}
    />
  );
}

export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={classes('group relative border-b last:border-b-0 hover:bg-hover', className)} />;
}

export function Cell({ numeric, className, ...rest }: CellProps) {
  return <td {...rest} className={classes('h-9 px-3 whitespace-nowrap', numeric && 'text-right tabular-nums', className)} />;
}
