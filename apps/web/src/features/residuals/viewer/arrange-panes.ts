import { rowNames, type RowName } from '../view/view-state.ts';

/** The list with the entry at `from` put to `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(to, 0, one);
  return next;
}

/** The rows without one; the last one stays. */
export const rowsWithout = (rows: readonly RowName[], row: RowName): readonly RowName[] =>
  rows.length > 1 ? rows.filter((one) => one !== row) : rows;

/** The rows with one shown or hidden; a new one comes behind those that stand before it on the way from the file to the verdict. */
export function rowsWith(rows: readonly RowName[], row: RowName, on: boolean): readonly RowName[] {
  if (!on) return rowsWithout(rows, row);
  if (rows.includes(row)) return rows;
  const at = 1 + rows.findLastIndex((one) => rowNames.indexOf(one) < rowNames.indexOf(row));
  return [...rows.slice(0, at), row, ...rows.slice(at)];
}
