export interface GridLayout {
  readonly columns: number;
  /** Side of a square tile in px. */
  readonly tile: number;
  readonly rows: number;
}

/** As many columns of about `wanted` px as fit `width` (at least two), tiles stretched to fill it exactly; `gap` px between. */
export function gridLayout(width: number, wanted: number, gap: number, total: number): GridLayout {
  const columns = Math.max(2, Math.floor((width + gap) / (wanted + gap)));
  const tile = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, tile, rows: Math.ceil(total / columns) };
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
