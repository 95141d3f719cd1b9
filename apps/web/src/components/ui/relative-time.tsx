'use client';

import { exactTime, relativeTime } from '#web/lib/time.ts';
import { useNow } from '#web/lib/use-now.ts';
import { Tooltip } from './tooltip.tsx';

/** "4 min ago", with the exact time in the reader's zone on hover; keeps itself current. */
export function RelativeTime({ at, className }: { at: string | null | undefined; className?: string }) {
  const now = useNow(15_000);
  if (!at) return <span className={className}>–</span>;
  return (
    <Tooltip content={exactTime(at)}>
      <time dateTime={at} className={className} suppressHydrationWarning>
        {relativeTime(at, now)}
      </time>
    </Tooltip>
  );
}
