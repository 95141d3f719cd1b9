import type { Mask } from '../geometry/index.ts';

export interface Regions {
  /** Region of each pixel, numbered from 1 in the order of their first pixel; 0 outside. */
  readonly labels: Uint32Array;
  /** Pixels of region k at index k − 1. */
  readonly sizes: readonly number[];
}

/** 8-connected regions of a mask (neighbours by side or corner). */
export function labelRegions(mask: Mask): Regions {
  const { width, height, data } = mask;
  const labels = new Uint32Array(width * height);
  const sizes: number[] = [];
  const stack: number[] = [];
  for (let seed = 0; seed < data.length; seed++) {
    if (!data[seed] || labels[seed]) continue;
    const label = sizes.length + 1;
    let size = 0;
    labels[seed] = label;
    stack.push(seed);
    while (stack.length > 0) {
      const pixel = stack.pop()!;
      size++;
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (let ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, height - 1); ny++) {
        for (let nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, width - 1); nx++) {
          const next = ny * width + nx;
          if (!data[next] || labels[next]) continue;
          labels[next] = label;
          stack.push(next);
        }
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
}
