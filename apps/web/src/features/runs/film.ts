export interface Preview {
  readonly epoch: number;
  readonly imageId: string;
  readonly url: string;
}

export interface Film {
  /** Ascending, without 0 (the input). */
  readonly epochs: number[];
  readonly rows: { readonly imageId: string; readonly input: string | null; readonly byEpoch: ReadonlyMap<number, string> }[];
}

/** Previews in any order as one row per image; epoch 0 is the input. */
export function filmOf(previews: readonly Preview[]): Film {
  const rows = new Map<string, { imageId: string; input: string | null; byEpoch: Map<number, string> }>();
  const epochs = new Set<number>();
  for (const { epoch, imageId, url } of previews) {
    const row = rows.get(imageId) ?? { imageId, input: null, byEpoch: new Map<number, string>() };
    if (epoch === 0) row.input = url;
    else {
      row.byEpoch.set(epoch, url);
      epochs.add(epoch);
    }
    rows.set(imageId, row);
  }
  return { epochs: [...epochs].sort((a, b) => a - b), rows: [...rows.values()].sort((a, b) => a.imageId.localeCompare(b.imageId)) };
}

/** Known previews with fresh ones added or put in place of the same image and epoch. */
export function addPreviews(known: readonly Preview[], fresh: readonly Preview[]): Preview[] {
  const same = (a: Preview, b: Preview) => a.epoch === b.epoch && a.imageId === b.imageId;
  return [...known.filter((one) => !fresh.some((other) => same(one, other))), ...fresh];
}
