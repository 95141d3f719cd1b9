export interface GridLayout {
  readonly columns: number;
  /** Width and height of a tile in px. */
  readonly tile: number;
  readonly height: number;
  readonly rows: number;
}

/**
 * As many columns as fit `width` (at least two), tiles stretched to fill it exactly; `gap` px between. A tile has about the area of a square
 * of `wanted` px and the images' proportions, within 1 : 2 and 4 : 1, so that a whole image leaves little of it empty.
 * @param aspect width ÷ height of the images
 */
export function gridLayout(width: number, wanted: number, gap: number, total: number, aspect: number): GridLayout {
  const shape = Math.min(4, Math.max(0.5, aspect));
  const columns = Math.max(2, Math.floor((width + gap) / (wanted * Math.sqrt(shape) + gap)));
  const tile = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, tile, height: Math.max(1, Math.round(tile / shape)), rows: Math.ceil(total / columns) };
}

/** Where an arrow key leads from tile `index`; stays inside 0 … total − 1. Without a start the first tile is taken. */
export function moved(
  index: number | null,
  key: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown',
  columns: number,
  total: number,
): number {
  if (index === null) return 0;
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : key === 'ArrowUp' ? -columns : columns;
  const next = index + step;
  if (next < 0 || next >= total) return index;
  return next;
}
