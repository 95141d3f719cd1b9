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
  /** Checks a frame that goes into no list; resolves when it is done, so that frames follow one another. `wanted`: whether it still counts by then. */
  readonly onLiveFrame: (frame: Blob, wanted: () => boolean) => Promise<void>;
  /** The camera's picture stopped: what was said of its last frame holds no longer. */
  readonly onLost: () => void;
  readonly onClose: () => void;
}

/** The camera's picture, one frame of it at a press, or one after another. */
export function CameraPanel({ ready, onFrame, onLiveFrame, onLost, onClose }: CameraPanelProps) {
  const { video, cameras, shown, choose, problem, retry, frame } = useCamera();
  const [continuous, setContinuous] = useState(false);
  // Before its first picture there is nothing to check: a press would come to nothing.
  const [seen, setSeen] = useState(false);
  const acts = useRef({ onLiveFrame, onLost });
  useEffect(() => {
    acts.current = { onLiveFrame, onLost };
  });
  const lost = problem !== null;
  useEffect(() => {
    if (lost) acts.current.onLost();
  }, [lost]);
  useEffect(() => {
    if (!continuous || !ready || lost) return;
    let stopped = false;
    const follow = async (): Promise<void> => {
      while (!stopped) {
        const picture = await frame();
        if (stopped) return;
        if (picture) await acts.current.onLiveFrame(picture, () => !stopped);
        // The page draws and answers between two frames.
        await new Promise((resolve) => setTimeout(resolve, picture ? 0 : 200));
      }
    };
    void follow();
    return () => {
      stopped = true;
    };
  }, [continuous, ready, lost, frame]);
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
            value={shown ?? ''}
            placeholder="Choose a camera"
            onValueChange={choose}
            options={cameras.map(({ deviceId, label }, i) => ({ value: deviceId, label: label || `Camera ${i + 1}` }))}
          />
        ) : null}
        <div className="ml-auto flex items-center gap-3">
          <label className="flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={continuous && !lost}
              disabled={lost}
              onChange={(event) => setContinuous(event.target.checked)}
            />
            Check continuously
          </label>
          <IconButton label="Close the camera" onClick={onClose}>
            <X />
          </IconButton>
        </div>
      </div>
      {problem ? <ErrorState title="There is no picture" reason={problem} onRetry={retry} /> : null}
      {/* Stays under a problem, so that a picture that comes again is there to be shown. */}
      <video
        ref={video}
        hidden={lost}
        onLoadedData={() => setSeen(true)}
        autoPlay
        muted
        playsInline
        aria-label="Camera picture"
        className="max-h-[36dvh] w-full rounded-sm bg-black object-contain"
      />
      {lost ? null : (
        <Button tone="primary" className="self-start" disabled={!ready || !seen} onClick={() => void take()}>
          <Camera /> Check this frame
        </Button>
      )}
    </section>
  );
}
