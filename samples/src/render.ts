import { drawDefect } from './defects/index.ts';
import { sampleBicubic, type Grey, type Region } from './grey.ts';
import { cropSide, regions, seedOf, type Crop, type PlannedImage } from './plan.ts';
import { randomFrom } from './random.ts';

/** One finished image of a dataset. */
export interface RenderedImage {
  /** What was photographed, before a defect was drawn. */
  readonly clean: Grey;
  /** What is stored. The same object as `clean` for a good image. */
  readonly image: Grey;
  /** 1 where the defect is, 0 elsewhere; null for a good image. Outside the mask `image` equals `clean` exactly. */
  readonly mask: Uint8Array | null;
}

/** Cuts the turned square out of the photograph, reading only pixels of `region`. */
export function cutTurned(photograph: Grey, region: Region, crop: Crop): Grey {
  const data = new Float32Array(cropSide * cropSide);
  const cos = Math.cos(crop.angle);
  const sin = Math.sin(crop.angle);
  const middle = (cropSide - 1) / 2;
  for (let row = 0; row < cropSide; row++) {
    for (let column = 0; column < cropSide; column++) {
      const x = column - middle;
      const y = row - middle;
      const value = sampleBicubic(photograph, region, crop.centreX + cos * x - sin * y, crop.centreY + sin * x + cos * y);
      data[row * cropSide + column] = Math.min(255, Math.max(0, value));
    }
  }
  return { width: cropSide, height: cropSide, data };
}

/** Computes the pixels and the mask of a planned image. */
export function renderImage(photograph: Grey, planned: PlannedImage): RenderedImage {
  const region = regions[planned.split];
  const clean = cutTurned(photograph, region, planned.crop);
  if (planned.label === 'good') return { clean, image: clean, mask: null };
  const lift = (x: number, y: number): number => sampleBicubic(photograph, region, x, y);
  const random = randomFrom(`${seedOf(planned)}/defect`);
  return { clean, ...drawDefect(planned.label, { clean, random, source: { region, lift } }) };
}
