import { classes } from '#web/lib/classes.ts';

export interface ProgressProps {
  /** 0 … 1; null while the amount of work is unknown. */
  readonly value: number | null;
  readonly label: string;
  readonly className?: string;
}

export function Progress({ value, label, className }: ProgressProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
      className={classes('h-1.5 w-full overflow-hidden rounded-full bg-selected', className)}
    >
      <div
        className={classes('h-full rounded-full bg-accent transition-[width]', share === null && 'w-1/3 animate-pulse')}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
