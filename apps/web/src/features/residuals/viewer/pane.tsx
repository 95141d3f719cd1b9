'use client';

import { useEffect, useRef } from 'react';
import { CommentOverlay } from '#web/features/comments/comment-overlay.tsx';
import { attachGestures } from '../camera/gestures.ts';
import type { CameraStore } from '../camera/camera-store.ts';
import type { Size } from '../camera/camera.ts';
import { paintPane } from './paint-pane.ts';
import type { Scene } from './scene.ts';
import { SwipeLine } from './swipe-line.tsx';

interface PaneProps {
  readonly label: string;
  /** null while its pixels are on their way. */
  readonly scene: Scene | null;
  /** Right of the line that can be moved; left out = no line. */
  readonly beside?: Scene | null;
  readonly image: Size;
  readonly store: CameraStore;
  readonly onSwipe?: (step: -1 | 1) => void;
  /** A click that was no drag. */
  readonly onPick?: () => void;
}

/** One canvas looking through the shared camera. Draws at most once a frame, and only when something changed. */
export function Pane({ label, scene, beside, image, store, onSwipe, onPick }: PaneProps) {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ scene, beside, image, onSwipe, onPick });
  const redraw = useRef<() => void>(() => undefined);

  useEffect(() => {
    latest.current = { scene, beside, image, onSwipe, onPick };
  });
  useEffect(() => redraw.current(), [scene, beside, image.width, image.height]);

  useEffect(() => {
    const [element, target] = [host.current, canvas.current];
    const context = target?.getContext('2d');
    if (!element || !target || !context) return;
    const monoFont = getComputedStyle(element).getPropertyValue('--font-mono') || 'monospace';
    let pending = 0;
    const draw = (): void => {
      pending = 0;
      const pixelRatio = window.devicePixelRatio || 1;
      const pane = { width: element.clientWidth, height: element.clientHeight };
      const [width, height] = [Math.round(pane.width * pixelRatio), Math.round(pane.height * pixelRatio)];
      if (target.width !== width || target.height !== height) [target.width, target.height] = [width, height];
      const { scene: shown, beside: other } = latest.current;
      store.setView(pane, latest.current.image);
      if (!shown) return context.clearRect(0, 0, width, height);
      const { camera, cursor, loupe, split } = store;
      paintPane(context, {
        scene: shown,
        beside: other ? { scene: other, split } : null,
        camera,
        cursor,
        loupe,
        pane,
        pixelRatio,
        monoFont,
      });
    };
    const request = (): void => {
      pending ||= requestAnimationFrame(draw);
    };
    redraw.current = request;
    const observer = new ResizeObserver(request);
    observer.observe(element);
    const detach = attachGestures(element, {
      store,
      image: () => latest.current.image,
      onSwipe: (step) => latest.current.onSwipe?.(step),
      onPick: () => latest.current.onPick?.(),
    });
    const stop = [store.onCamera(request), store.onCursor(request)];
    request();
    return () => {
      cancelAnimationFrame(pending);
      observer.disconnect();
      detach();
      for (const one of stop) one();
    };
  }, [store]);

  return (
    <div className="relative flex min-h-0 min-w-0 flex-1">
      <div ref={host} className="relative min-h-0 min-w-0 flex-1 cursor-crosshair touch-none overflow-hidden select-none">
        <canvas ref={canvas} role="img" aria-label={label} className="absolute inset-0 size-full" />
        {scene?.aligned && <CommentOverlay store={store} image={image} />}
        {!scene && <div className="absolute inset-0 m-auto size-10 animate-pulse rounded-md bg-hover" aria-hidden />}
      </div>
      {beside && <SwipeLine store={store} label={label} />}
    </div>
  );
}
