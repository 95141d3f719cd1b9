import type { Point, Size } from '#web/features/residuals/camera/camera.ts';

/** A place on an image as shares of its width and height; a point has no width and height. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The middle of a pixel. @param pixel of an image of that size */
export const pointAt = ({ x, y }: Point, { width, height }: Size): Region => ({
  ...{ x: (x + 0.5) / width, y: (y + 0.5) / height },
  ...{ width: 0, height: 0 },
});

/** All pixels from one to another, both included. @param from, to pixels of an image of that size, in any order */
export const regionBetween = (from: Point, to: Point, { width, height }: Size): Region => ({
  x: Math.min(from.x, to.x) / width,
  y: Math.min(from.y, to.y) / height,
  width: (Math.abs(from.x - to.x) + 1) / width,
  height: (Math.abs(from.y - to.y) + 1) / height,
});
