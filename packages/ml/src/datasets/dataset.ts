export type Split = 'train' | 'validation' | 'test';

/** One photograph of a dataset. */
export interface DatasetImage {
  /** `<split>/<label>/<stem>`, e.g. `test/pitting/01_x`; the split is the one of the layout and does not change when images are held out. */
  readonly id: string;
  readonly split: Split;
  /** `good` or a defect type. */
  readonly label: string;
  /** File name as its owner knows it. */
  readonly name: string;
  /** Absolute path of the encoded bytes; may have no extension. */
  readonly file: string;
  /** Absolute path of the mask's encoded bytes; null for good images and for defects that nobody outlined. */
  readonly mask: string | null;
  /** Hex digest of the encoded bytes, where known. */
  readonly sha256?: string;
}

/** One class of item. */
export interface Dataset {
  readonly name: string;
  readonly images: readonly DatasetImage[];
}

/** Images of one split, in their order. */
export function imagesOf(dataset: Dataset, split: Split): DatasetImage[] {
  return dataset.images.filter((image) => image.split === split);
}
