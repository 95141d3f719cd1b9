'use client';

import type { PatchSteps } from '@plumbline/ml/preview';
import { useEffect, useRef } from 'react';
import type { DrawnStep } from './preview-tasks.ts';

/** Canvas pixels that a picture's side has at least, so that outlines stay thin. */
const FINE = 384;

type Context = CanvasRenderingContext2D;

/** A light line on a dark one, seen on any picture; `fine` is a CSS pixel in canvas pixels. */
function strokeTwice(context: Context, fine: number, colour: string, path: () => void): void {
  for (const [style, width] of [
    ['rgb(0 0 0 / 0.6)', 2.5],
    [colour, 1.25],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width * fine;
    context.beginPath();
    path();
    context.stroke();
  }
}

function strokeSegments(context: Context, fine: number, segments: Float32Array, scale: number, colour: string): void {
  strokeTwice(context, fine, colour, () => {
    for (let i = 0; i < segments.length; i += 4) {
      context.moveTo(segments[i]! * scale, segments[i + 1]! * scale);
      context.lineTo(segments[i + 2]! * scale, segments[i + 3]! * scale);
    }
  });
}

/** Where the patch is cut, as a turned frame. Pixel (0, 0) has its middle at (0.5, 0.5) of the canvas. */
function strokePlace(context: Context, fine: number, { centre, angle, size }: PatchSteps['place'], scale: number): void {
  const [cos, sin, half] = [Math.cos(angle), Math.sin(angle), size / 2];
  strokeTwice(context, fine, '#ffffff', () => {
    for (const [i, [u, v]] of (
      [
        [-half, -half],
        [half, -half],
        [half, half],
        [-half, half],
      ] as const
    ).entries()) {
      const x = (centre.x + 0.5 + u * cos - v * sin) * scale;
      const y = (centre.y + 0.5 + u * sin + v * cos) * scale;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
  });
}

export interface StepCanvasProps {
  readonly step: DrawnStep;
  /** Drawn over the picture at network scale; null elsewhere. */
  readonly place: PatchSteps['place'] | null;
  readonly outlines: boolean;
  readonly label: string;
}

/** One step of one image: its pixels as they are, the region of interest in white and the defect in teal. */
export function StepCanvas({ step, place, outlines, label }: StepCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const scale = Math.max(1, Math.ceil(FINE / Math.max(step.width, step.height)));
    canvas.width = step.width * scale;
    canvas.height = step.height * scale;
    const picture = new OffscreenCanvas(step.width, step.height);
    picture.getContext('2d')?.putImageData(new ImageData(step.rgba, step.width, step.height), 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    if (!outlines) return;
    const fine = canvas.width / (canvas.clientWidth || canvas.width);
    if (step.roi) strokeSegments(context, fine, step.roi, scale, '#ffffff');
    if (step.mask) strokeSegments(context, fine, step.mask, scale, 'oklch(0.78 0.13 195)');
    if (place) strokePlace(context, fine, place, scale);
  }, [step, place, outlines]);
  return <canvas ref={ref} role="img" aria-label={label} className="block size-full object-contain" />;
}
