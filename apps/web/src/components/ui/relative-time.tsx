'use client';

import { useEffect, useState } from 'react';
import { exactTime, relativeTime } from '#web/lib/time.ts';
import { Tooltip } from './tooltip.tsx';

/** "4 min ago", with the exact time in the reader's zone on hover; keeps itself current. */
export function RelativeTime({ at, className }: { at: string | null | undefined; className?: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  if (!at) return <span className={className}>–</span>;
  return (
    <Tooltip content={exactTime(at)}>
      <time dateTime={at} className={className} suppressHydrationWarning>
        {relativeTime(at, now)}
      </time>
    </Tooltip>
  );
}
