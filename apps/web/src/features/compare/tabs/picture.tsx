'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import type { Drawn } from '../data/examine-tasks.ts';

/** A small picture, its pixels enlarged without smoothing, on the neutral grey of every image. */
export function Picture({ drawn, label, children }: { readonly drawn: Drawn; readonly label: string; readonly children?: ReactNode }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(drawn.rgba, drawn.width, drawn.height), 0, 0);
  }, [drawn]);
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        width={drawn.width}
        height={drawn.height}
        className="aspect-square w-full rounded-sm bg-well [image-rendering:pixelated]"
      />
      <figcaption className="text-xs text-ink-3">{children ?? label}</figcaption>
    </figure>
  );
}
