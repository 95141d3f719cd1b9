import { Skeleton } from '#web/components/ui/skeleton.tsx';

/** Tiles that are coming. */
export function GridSkeleton() {
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(104px,1fr))] gap-1 overflow-hidden px-4 sm:grid-cols-[repeat(auto-fill,minmax(132px,1fr))] md:px-6">
      {Array.from({ length: 40 }, (_, index) => (
        <Skeleton key={index} className="aspect-square" />
      ))}
    </div>
  );
}
