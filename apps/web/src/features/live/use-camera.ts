'use client';

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { watchTrack } from './watch-track.ts';

export interface UsedCamera {
  /** Of the element that shows it. */
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Those that can be chosen. */
  readonly cameras: readonly MediaDeviceInfo[];
  /** The device whose picture is shown; null before there is one. */
  readonly shown: string | null;
  readonly choose: (deviceId: string) => void;
  /** Why there is no picture, in one sentence. */
  readonly problem: string | null;
  readonly retry: () => void;
  /** The picture as it is now, lossless; null before the first one. */
  readonly frame: () => Promise<Blob | null>;
}

/** Browsers leave the id out until they let the page use a camera, and one without an id cannot be asked for. */
const choosable = async (devices: MediaDevices): Promise<MediaDeviceInfo[]> =>
  (await devices.enumerateDevices()).filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '');

function reasonOf(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'The browser does not let this page use the camera: allow it beside the address, then try again.';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'No camera was found: plug one in, then try again.';
  if (name === 'NotReadableError') return 'The camera is used by another program: close that one, then try again.';
  return `The camera could not be opened (${error instanceof Error ? error.message : String(error)}): try again.`;
}

/** Shows a camera in the video element while the component is mounted; the camera is let go afterwards. */
export function useCamera(): UsedCamera {
  const video = useRef<HTMLVideoElement>(null);
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let stream: MediaStream | null = null;
    let unwatch: (() => void) | null = null;
    let gone = false;
    const open = async (): Promise<void> => {
      // Left out by browsers where the page came neither by https nor from this machine.
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (!devices) throw new Error('browsers give it only to pages of https or of this machine; put a proxy with https before Plumbline');
      const wanted = chosen ? { deviceId: { exact: chosen } } : { facingMode: 'environment' };
      stream = await devices.getUserMedia({ video: { ...wanted, width: { ideal: 1280 } }, audio: false });
      if (gone) return stream.getTracks().forEach((track) => track.stop());
      if (video.current) video.current.srcObject = stream;
      const [track] = stream.getVideoTracks();
      setShown(track?.getSettings().deviceId ?? null);
      // The element goes on showing the last picture of a camera that is gone.
      if (track) unwatch = watchTrack(track, setProblem);
      const found = await choosable(devices);
      if (!gone) setCameras(found);
    };
    open().catch((error: unknown) => (gone ? undefined : setProblem(reasonOf(error))));
    return () => {
      gone = true;
      unwatch?.();
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [chosen, attempt]);

  const retry = useCallback(() => {
    setProblem(null);
    setAttempt((number) => number + 1);
  }, []);

  const choose = useCallback((deviceId: string) => {
    setProblem(null);
    setChosen(deviceId);
  }, []);

  const frame = useCallback(async (): Promise<Blob | null> => {
    const element = video.current;
    if (!element?.videoWidth) return null;
    const canvas = new OffscreenCanvas(element.videoWidth, element.videoHeight);
    canvas.getContext('2d')?.drawImage(element, 0, 0);
    return await canvas.convertToBlob({ type: 'image/png' });
  }, []);

  return { video, cameras, shown, choose, problem, retry, frame };
}
