import { classes } from '#web/lib/classes.ts';

/** A grey block in the place and size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classes('block animate-pulse rounded-sm bg-selected', className)} />;
}

/** Rows of a table that is still loading. */
export function SkeletonRows({ rows, columns }: { rows: number; columns: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row} className="border-b last:border-b-0">
      {Array.from({ length: columns }, (_, column) => (
        <td key={column} className="h-9 px-3">
          <Skeleton className={column === 0 ? 'h-3 w-32' : 'h-3 w-16'} />
        </td>
      ))}
    </tr>
  ));
}
