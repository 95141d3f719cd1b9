'use client';

import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from '#web/components/ui/button.tsx';
import type { CameraStore } from '../camera/camera-store.ts';

/** The present zoom in screen pixels per image pixel, and the buttons that change it. */
export function ZoomControls({ store }: { store: CameraStore }) {
  const text = useSyncExternalStore(
    store.onCamera,
    () => (store.zoom === null ? '' : `${store.zoom.toFixed(store.zoom < 10 ? 1 : 0)}×`),
    () => '',
  );
  return (
    <div className="flex items-center">
      <IconButton label="Zoom out" className="max-sm:hidden" onClick={() => store.zoomBy(1 / 1.5)}>
        <ZoomOut />
      </IconButton>
      <span
        className="w-8 text-center sm:w-10 font-mono text-xs text-ink-2"
        aria-label="Zoom"
        title="Screen pixels per image pixel; values are printed from 24×"
      >
        {text}
      </span>
      <IconButton label="Zoom in" className="max-sm:hidden" onClick={() => store.zoomBy(1.5)}>
        <ZoomIn />
      </IconButton>
      <IconButton label="Fit the image" onClick={() => store.setCamera(null)}>
        <Maximize />
      </IconButton>
    </div>
  );
}
