import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { CAPTION, GAP } from '../grid/layout.ts';

/** Cells of the grid before there are images. @param cell side of a cell in CSS pixels */
export function GridSkeleton({ cell }: { cell: number }) {
  return (
    <div
      aria-busy="true"
      aria-label="Loading the images"
      className="grid max-h-[70vh] overflow-hidden"
      style={{ gap: GAP, gridTemplateColumns: `repeat(auto-fill, minmax(${cell}px, 1fr))` }}
    >
      {Array.from({ length: 48 }, (_, at) => (
        <div key={at} style={{ height: cell + CAPTION }}>
          <Skeleton className="size-full" />
        </div>
      ))}
    </div>
  );
}
