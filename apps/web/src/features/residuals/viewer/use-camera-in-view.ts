'use client';

import { useEffect, useRef } from 'react';
import type { CameraStore } from '../camera/camera-store.ts';
import type { Camera } from '../camera/camera.ts';
import type { UpdateView } from '../view/use-view-state.ts';

/** The camera moves every frame; the address follows when it rests. The address moves the camera on "back". */
export function useCameraInView(camera: CameraStore, inView: Camera | null, update: UpdateView): void {
  const written = useRef(inView);
  useEffect(() => {
    if (inView === written.current) return;
    written.current = inView;
    camera.setCamera(inView);
  }, [camera, inView]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = camera.onCamera(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (camera.camera === written.current) return;
        written.current = camera.camera;
        update({ camera: camera.camera });
      }, 200);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [camera, update]);
}
