export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  /** CSS pixels of one cell without the gap. */
  readonly cellWidth: number;
  readonly cellHeight: number;
}

export const GAP = 6;
/** Height of the line under an image, and of the second one with the marks of the other evaluations. */
export const CAPTION = 26;
export const MARKS = 18;

/** As many equal columns as fit; cells keep the images' aspect and have captions under them. @param aspect width / height of the images @param caption height of the captions */
export function gridLayout(count: number, width: number, cell: number, aspect: number, caption = CAPTION): GridLayout {
  const columns = Math.max(1, Math.floor((width + GAP) / (cell + GAP)));
  const cellWidth = Math.max(1, (width - (columns - 1) * GAP) / columns);
  return { columns, rows: Math.ceil(count / columns), cellWidth, cellHeight: Math.round(cellWidth / aspect) + caption };
}

/** Where an arrow key leads from one image to another; null for a key that does not move. */
export function moveBy(key: string, index: number, count: number, columns: number, pageRows: number): number | null {
  if (count === 0) return null;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    j: 1,
    k: -1,
    PageDown: columns * pageRows,
    PageUp: -columns * pageRows,
  };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  if (index < 0) return 0;
  const target = index + step;
  // Up and down stay in their column; a page stops at the last row that has one.
  if (Math.abs(step) > 1 && Math.abs(step) === columns)
    return target < 0 || (target >= count && Math.floor(index / columns) === Math.floor((count - 1) / columns))
      ? index
      : Math.min(count - 1, target);
  return Math.min(count - 1, Math.max(0, target));
}
