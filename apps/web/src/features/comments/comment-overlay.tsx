'use client';

import { useEffect, useRef, useState, useSyncExternalStore, type PointerEvent } from 'react';
import { fitCamera, toScreen, toWorld, type Camera, type Point, type Size } from '#web/features/residuals/camera/camera.ts';
import type { CameraStore } from '#web/features/residuals/camera/camera-store.ts';
import { classes } from '#web/lib/classes.ts';
import { pinsOf, useImageComments } from './image-comments.tsx';
import { regionBetween, type Region } from './region.ts';

/** A drag shorter than this is a click: a point, not a region. */
const CLICK = 5;

const growingLook = 'absolute border-2 border-dashed border-accent';

/** Pins and regions of comments over a pane, through the panes' camera; while a place is asked for, a click or drag gives it. */
export function CommentOverlay({ store, image }: { store: CameraStore; image: Size }) {
  const comments = useImageComments();
  const host = useRef<HTMLDivElement>(null);
  const commented = comments !== null;
  const [pane, setPane] = useState<Size | null>(null);
  const [camera, setCamera] = useState<Camera | null>(store.camera);
  const [drag, setDrag] = useState<{ readonly from: { x: number; y: number }; readonly to: { x: number; y: number } } | null>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const measure = (): void => setPane({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const stop = store.onCamera(() => setCamera(store.camera));
    return () => {
      observer.disconnect();
      stop();
    };
  }, [store, commented]);
  if (!comments) return null;

  const { threads, draft, setDraft, selected, select } = comments;
  const placing = draft.kind === 'placing';
  const looking = pane && pane.width > 0 ? (camera ?? fitCamera(image, pane)) : null;
  const boxOf = ({ x, y, width, height }: Region) => {
    if (!looking || !pane) return null;
    const start = toScreen(looking, pane, { x: x * image.width, y: y * image.height });
    return { left: start.x, top: start.y, width: width * image.width * looking.zoom, height: height * image.height * looking.zoom };
  };
  const at = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const finish = (from: { x: number; y: number }, to: { x: number; y: number }): void => {
    if (!looking || !pane) return;
    const share = (point: { x: number; y: number }) => {
      const world = toWorld(looking, pane, point);
      const within = (value: number): number => Math.min(1, Math.max(0, value));
      return { x: within(world.x / image.width), y: within(world.y / image.height) };
    };
    const [a, b] = [share(from), share(to)];
    const click = Math.hypot(to.x - from.x, to.y - from.y) < CLICK;
    const region = click
      ? { ...a, width: 0, height: 0 }
      : { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
    setDraft({ kind: 'writing', region });
  };
  const pins = pinsOf(threads);
  const drawn = draft.kind === 'writing' && draft.region ? boxOf(draft.region) : null;
  return (
    <div
      ref={host}
      className={classes('absolute inset-0 overflow-hidden', placing ? 'z-10 cursor-cell touch-none' : 'pointer-events-none')}
      data-draws={placing || undefined}
      {...(placing
        ? {
            onPointerDown: (event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setDrag({ from: at(event), to: at(event) });
            },
            onPointerMove: (event) => {
              if (drag) setDrag({ ...drag, to: at(event) });
            },
            onPointerUp: (event) => {
              if (drag) finish(drag.from, at(event));
              setDrag(null);
            },
          }
        : {})}
    >
      {(threads ?? []).map((thread) => {
        const box = thread.region && boxOf(thread.region);
        const pin = pins.get(thread.id);
        if (!box || pin === undefined || (thread.resolvedAt && thread.id !== selected)) return null;
        return (
          <div key={thread.id}>
            {box.width > 0 || box.height > 0 ? (
              <div
                className={classes(
                  'absolute border-2',
                  thread.id === selected ? 'border-accent' : 'border-white/80 outline outline-black/50',
                )}
                style={box}
              />
            ) : null}
            <button
              type="button"
              aria-label={`Comment ${pin} of ${thread.author?.name ?? 'somebody who left'}: ${thread.body.slice(0, 60)}`}
              onClick={() => select(thread.id)}
              className={classes(
                'pointer-events-auto absolute flex size-5 -translate-x-1/2 -translate-y-full items-center justify-center rounded-full rounded-bl-none border border-black/40 text-2xs font-semibold',
                thread.id === selected ? 'bg-accent-fill text-on-accent' : 'bg-white text-black',
              )}
              style={{ left: box.left, top: box.top }}
            >
              {pin}
            </button>
          </div>
        );
      })}
      {drawn ? <div className="absolute min-h-1.5 min-w-1.5 rounded-[2px] border-2 border-accent" style={drawn} /> : null}
      {draft.kind === 'placing' && draft.corner && !drag ? (
        <Growing store={store} corner={draft.corner} image={image} boxOf={boxOf} />
      ) : null}
      {drag ? (
        <div
          className={growingLook}
          style={{
            left: Math.min(drag.from.x, drag.to.x),
            top: Math.min(drag.from.y, drag.to.y),
            width: Math.abs(drag.from.x - drag.to.x),
            height: Math.abs(drag.from.y - drag.to.y),
          }}
        />
      ) : null}
    </div>
  );
}

interface GrowingProps {
  readonly store: CameraStore;
  readonly corner: Point;
  readonly image: Size;
  readonly boxOf: (region: Region) => { left: number; top: number; width: number; height: number } | null;
}

/** The region from a corner that keys have set to the cursor. */
function Growing({ store, corner, image, boxOf }: GrowingProps) {
  const cursor = useSyncExternalStore(
    store.onCursor,
    () => store.cursor,
    () => null,
  );
  const box = boxOf(regionBetween(corner, cursor ?? corner, image));
  return box ? <div data-growing="" className={growingLook} style={box} /> : null;
}
