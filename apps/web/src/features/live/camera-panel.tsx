'use client';

import { Camera, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { useCamera } from './use-camera.ts';

interface CameraPanelProps {
  /** Checking waits until a model is open. */
  readonly ready: boolean;
  readonly onFrame: (frame: Blob) => void;
  /** Checks a frame that goes into no list; resolves when it is done, so that frames follow one another. */
  readonly onLiveFrame: (frame: Blob) => Promise<void>;
  readonly onClose: () => void;
}

/** The camera's picture, one frame of it at a press, or one after another. */
export function CameraPanel({ ready, onFrame, onLiveFrame, onClose }: CameraPanelProps) {
  const { video, cameras, chosen, choose, problem, retry, frame } = useCamera();
  const [continuous, setContinuous] = useState(false);
  // Before its first picture there is nothing to check: a press would come to nothing.
  const [seen, setSeen] = useState(false);
  const live = useRef(onLiveFrame);
  useEffect(() => {
    live.current = onLiveFrame;
  });
  useEffect(() => {
    if (!continuous || !ready) return;
    let stopped = false;
    const follow = async (): Promise<void> => {
      while (!stopped) {
        const picture = await frame();
        if (stopped) return;
        if (picture) await live.current(picture);
        // The page draws and answers between two frames.
        await new Promise((resolve) => setTimeout(resolve, picture ? 0 : 200));
      }
    };
    void follow();
    return () => {
      stopped = true;
    };
  }, [continuous, ready, frame]);
  const take = async (): Promise<void> => {
    const picture = await frame();
    if (picture) onFrame(picture);
  };
  return (
    <section aria-label="Camera" className="flex flex-col gap-2 rounded-md border bg-panel p-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold">Camera</h2>
        {cameras.length > 1 ? (
          <Select
            label="Which camera"
            className="w-56!"
            value={chosen ?? cameras[0]!.deviceId}
            onValueChange={choose}
            options={cameras.map(({ deviceId, label }, i) => ({ value: deviceId || `camera-${i}`, label: label || `Camera ${i + 1}` }))}
          />
        ) : null}
        <div className="ml-auto flex items-center gap-3">
          <label className="flex items-center gap-2 text-sm">
            <input type="checkbox" checked={continuous} onChange={(event) => setContinuous(event.target.checked)} />
            Check continuously
          </label>
          <IconButton label="Close the camera" onClick={onClose}>
            <X />
          </IconButton>
        </div>
      </div>
      {problem ? (
        <ErrorState title="There is no picture" reason={problem} onRetry={retry} />
      ) : (
        <>
          <video
            ref={video}
            onLoadedData={() => setSeen(true)}
            autoPlay
            muted
            playsInline
            aria-label="Camera picture"
            className="max-h-[36dvh] w-full rounded-sm bg-black object-contain"
          />
          <Button tone="primary" className="self-start" disabled={!ready || !seen} onClick={() => void take()}>
            <Camera /> Check this frame
          </Button>
        </>
      )}
    </section>
  );
}
