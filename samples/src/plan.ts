import { defectKinds, type DefectKind } from './defects/index.ts';
import { kernelReach, type Region } from './grey.ts';
import { randomFrom } from './random.ts';

export const textures = ['brick', 'grass', 'gravel'] as const;
export type Texture = (typeof textures)[number];
export type SampleSplit = 'train' | 'validation' | 'test';

/** Side of the square crops, in pixels. */
export const cropSide = 144;

/**
 * Where each split may look. The three rectangles share no pixel, so that nothing of a test image was ever trained on. The training part spans the
 * photograph's whole height, because the bricks are seen at an angle and grow towards the bottom.
 * 208 is the smallest side that holds a turned crop (144 · √2 ≈ 204) with the pixels that bicubic interpolation reads around it.
 */
export const regions: Readonly<Record<SampleSplit, Region>> = {
  train: { left: 208, top: 0, right: 512, bottom: 512 },
  validation: { left: 0, top: 304, right: 208, bottom: 512 },
  test: { left: 0, top: 0, right: 208, bottom: 304 },
};

/** How many images a dataset gets. `defective` is per kind of defect. */
export const counts = { train: 60, validation: 12, good: 20, defective: 6 } as const;

/** A square of `cropSide` pixels cut out of the photograph: centre in photograph pixels, angle in radians. */
export interface Crop {
  readonly centreX: number;
  readonly centreY: number;
  readonly angle: number;
}

/** One image of a dataset before any pixel is computed. */
export interface PlannedImage {
  readonly texture: Texture;
  readonly split: SampleSplit;
  readonly label: 'good' | DefectKind;
  readonly stem: string;
  readonly crop: Crop;
}

/** Half of the turned crop's extent along each axis, between the centres of its outermost pixels. */
export function halfExtent(angle: number): number {
  return ((cropSide - 1) / 2) * (Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle)));
}

/** The seed that everything random about this image grows from. */
export function seedOf(image: Pick<PlannedImage, 'texture' | 'split' | 'label' | 'stem'>): string {
  return `${image.texture}/${image.split}/${image.label}/${image.stem}`;
}

/** One image; another number is another place and angle of the photograph, and another defect. */
export function planImage(texture: Texture, split: SampleSplit, label: PlannedImage['label'], number: number): PlannedImage {
  const named = { texture, split, label, stem: String(number).padStart(3, '0') };
  const random = randomFrom(seedOf(named));
  const angle = random.angle();
  const margin = halfExtent(angle) + kernelReach;
  const region = regions[split];
  return {
    ...named,
    crop: {
      angle,
      centreX: random.between(region.left + margin, region.right - 1 - margin),
      centreY: random.between(region.top + margin, region.bottom - 1 - margin),
    },
  };
}

/** Every image of one texture's dataset, in the order of its files. */
export function planDataset(texture: Texture): PlannedImage[] {
  const series = (split: SampleSplit, label: PlannedImage['label'], count: number): PlannedImage[] =>
    Array.from({ length: count }, (_, number) => planImage(texture, split, label, number));
  return [
    ...series('train', 'good', counts.train),
    ...series('validation', 'good', counts.validation),
    ...series('test', 'good', counts.good),
    ...defectKinds.flatMap((kind) => series('test', kind, counts.defective)),
  ];
}
