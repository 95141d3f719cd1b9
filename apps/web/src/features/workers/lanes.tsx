import { Skeleton } from '#web/components/ui/skeleton.tsx';
import type { LaneLiveFragment } from '#web/graphql/generated/graphql.ts';
import { count } from '#web/lib/numbers.ts';
import { laneName } from './machine-words.ts';

/** How much stands in each queue. */
export function Lanes({ lanes }: { lanes: readonly LaneLiveFragment[] | undefined }) {
  if (!lanes) return <Skeleton className="h-16 w-full" />;
  return (
    <dl aria-label="Queues" className="grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line sm:grid-cols-5">
      {lanes.map(({ name, waiting, later, active }) => (
        <div key={name} className="bg-panel px-3 py-2 max-sm:last:odd:col-span-2">
          <dt className="text-xs text-ink-3">{laneName(name)}</dt>
          <dd className="mt-0.5 tabular-nums">
            <span className="text-base font-semibold">{count(waiting)}</span> <span className="text-ink-2">waiting</span>
            {later > 0 ? <span className="text-xs text-ink-3"> ({count(later)} later)</span> : null}
            <span className="block text-xs text-ink-3">{count(active)} in hand</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
