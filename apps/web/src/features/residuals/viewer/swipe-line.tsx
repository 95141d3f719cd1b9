'use client';

import { useSyncExternalStore, type PointerEvent } from 'react';
import type { CameraStore } from '../camera/camera-store.ts';

/** The line between two variants that lie over each other, the same in every pane: dragged, or moved by arrow keys. */
export function SwipeLine({ store, label }: { store: CameraStore; label: string }) {
  const split = useSyncExternalStore(
    store.onCamera,
    () => store.split,
    () => 0.5,
  );
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (box) store.setSplit((event.clientX - box.left) / box.width);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`Line between the two variants, ${label}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * split)}
      className="absolute inset-y-0 -ml-3 flex w-6 cursor-ew-resize touch-none justify-center"
      style={{ left: `${100 * split}%` }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? 0.02 : event.key === 'ArrowLeft' ? -0.02 : null;
        if (step === null) return;
        event.preventDefault();
        event.stopPropagation();
        store.setSplit(split + step);
      }}
    >
      <span aria-hidden className="w-0.5 bg-white outline outline-black/60" />
      <span
        aria-hidden
        className="absolute top-1/2 size-5 -translate-y-1/2 rounded-full border-2 border-white bg-accent-fill outline outline-black/60"
      />
    </div>
  );
}
