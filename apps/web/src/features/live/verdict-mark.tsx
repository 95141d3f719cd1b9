import { CircleCheck, OctagonAlert } from 'lucide-react';
import { classes } from '#web/lib/classes.ts';
import type { Verdict } from './session.ts';

/** A verdict by shape, word and colour. */
export function VerdictMark({ verdict, large }: { verdict: Verdict | null; large?: boolean }) {
  if (verdict === null) return <span className="text-ink-3">no threshold</span>;
  const bad = verdict === 'defective';
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 font-medium [&>svg]:shrink-0',
        large ? 'text-lg [&>svg]:size-5' : 'text-xs [&>svg]:size-4',
        bad ? 'text-bad' : 'text-good',
      )}
    >
      {bad ? <OctagonAlert aria-hidden /> : <CircleCheck aria-hidden />}
      {verdict}
    </span>
  );
}
