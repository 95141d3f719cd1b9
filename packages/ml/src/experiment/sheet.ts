export interface SheetCell {
  readonly text: string;
  readonly bold?: boolean;
}

/** A table as it is read: what every renderer and every page shows, to the last digit. */
export interface Sheet {
  readonly kind: 'reconstruction' | 'detection' | 'places' | 'paper-places' | 'further' | 'differences' | 'image-roc' | 'ranks';
  readonly title: string;
  readonly head: readonly string[];
  /** As many cells a row as the head has. */
  readonly rows: readonly (readonly SheetCell[])[];
  /** Sentences below it. */
  readonly notes: readonly string[];
}
