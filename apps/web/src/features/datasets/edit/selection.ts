/** Images chosen in the grid: by id, or all of the filter that is shown. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Every image of the filter, loaded or not. */
  readonly every: boolean;
  /** Where a range begins that is chosen with shift. */
  readonly anchor: string | null;
}

export const noSelection: Selection = { ids: new Set(), every: false, anchor: null };

export const isChosen = (selection: Selection, id: string): boolean => selection.every || selection.ids.has(id);
export const chosenCount = (selection: Selection, total: number): number => (selection.every ? total : selection.ids.size);

/**
 * Chooses an image or takes it out again; with `range`, all from the one chosen before to this one, in the order shown.
 * @param shown ids of the images by their place, null where one was not read; out of "every" the others of them stay chosen
 */
export function toggled(selection: Selection, id: string, shown: readonly (string | null)[], range: boolean): Selection {
  const known = (some: readonly (string | null)[]): string[] => some.filter((one) => one !== null);
  const ids = new Set(selection.every ? known(shown) : selection.ids);
  const [from, to] = [selection.anchor === null ? -1 : shown.indexOf(selection.anchor), shown.indexOf(id)];
  if (range && from >= 0 && to >= 0) for (const one of known(shown.slice(Math.min(from, to), Math.max(from, to) + 1))) ids.add(one);
  else if (ids.has(id)) ids.delete(id);
  else ids.add(id);
  return { ids, every: false, anchor: id };
}
