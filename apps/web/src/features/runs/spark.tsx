import { classes } from '#web/lib/classes.ts';

export interface SparkProps {
  readonly values: readonly number[];
  readonly label: string;
  readonly className?: string;
}

/** A small curve without axes; says in words what it shows. */
export function Spark({ values, label, className }: SparkProps) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const points = values.map((value, index) => {
    const x = values.length === 1 ? 0 : (index / (values.length - 1)) * 98 + 1;
    const y = high === low ? 15 : 28 - ((value - low) / (high - low)) * 26;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label={label} className={classes('block text-accent', className)}>
      {values.length > 1 ? (
        <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
      ) : null}
    </svg>
  );
}
