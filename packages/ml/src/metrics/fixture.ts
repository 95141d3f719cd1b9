import type { FloatMap, Mask } from '../geometry/index.ts';

/** Deterministic numbers in [0,1). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** A few small images with blobs; `levels` > 0 makes ties, among them of −0 and 0. */
export function example(seed: number, levels: number): { maps: FloatMap[]; masks: Mask[] } {
  const random = generator(seed);
  const [width, height] = [13, 11];
  const maps: FloatMap[] = [];
  const masks: Mask[] = [];
  for (let n = 0; n < 4; n++) {
    const labels = Uint8Array.from({ length: width * height }, () => (n > 0 && random() < 0.2 ? 1 : 0));
    const scores = Float32Array.from(labels, (label) => {
      const score = random() * 2 - 1 + 0.4 * label;
      return levels > 0 ? Math.round(score * levels) / levels : score;
    });
    maps.push({ width, height, data: scores });
    masks.push({ width, height, data: labels });
  }
  return { maps, masks };
}
