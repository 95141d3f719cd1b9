import { useEffect } from 'react';

const everyMilliseconds = 5000;

/**
 * Reads something again every five seconds while it is under way. The socket tells of changes at once; this makes good what it cannot: an
 * answer over HTTP that was overtaken by a newer message and then lands on top of it, or a message that was lost with its connection.
 */
export function useReread(underWay: boolean, refetch: () => Promise<unknown>): void {
  useEffect(() => {
    if (!underWay) return;
    // A failed attempt is followed by the next; the query itself shows what is wrong.
    const timer = setInterval(() => document.hidden || void refetch().catch(() => undefined), everyMilliseconds);
    return () => clearInterval(timer);
  }, [underWay, refetch]);
}
