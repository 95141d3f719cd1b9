import type { Draw, PatchSteps, PreviewStep, SeenRecipe } from '@plumbline/ml/preview';

/** An image that is led through the steps. */
export interface PreviewImage {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly sha256: string;
  readonly url: string;
  readonly thumbnailUrl: string;
  readonly maskUrl: string | null;
}

export interface PreviewRequest {
  /** Counts up; a later request ends an earlier one. */
  readonly id: number;
  readonly recipe: SeenRecipe;
  readonly draw: Pick<Draw, 'seed' | 'index'>;
  readonly images: readonly Pick<PreviewImage, 'id' | 'name' | 'sha256' | 'url' | 'maskUrl'>[];
}

/** A step ready to be drawn: RGBA bytes, and outlines as segments x1, y1, x2, y2 in pixel corners. */
export interface DrawnStep {
  readonly kind: PreviewStep['kind'];
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly roi: Float32Array | null;
  readonly mask: Float32Array | null;
}

export interface PreviewedImage {
  readonly steps: readonly DrawnStep[];
  readonly place: PatchSteps['place'];
  readonly alpha: number | null;
}

export type PreviewAnswer = { readonly id: number; readonly imageId: string } & (
  { readonly result: PreviewedImage } | { readonly error: string }
);
