export interface ScoredImage {
  readonly label: string;
  readonly score: number | null;
}

/** The defective images with the lowest scores, worst first; `missed` when the score stays under the threshold. */
export function worstMisses<T extends ScoredImage>(
  images: readonly T[],
  threshold: number | null,
  limit: number,
): (T & { readonly missed: boolean | null })[] {
  return images
    .filter((image) => image.label !== 'good' && image.score !== null)
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0))
    .slice(0, limit)
    .map((image) => ({ ...image, missed: threshold === null ? null : (image.score ?? 0) < threshold }));
}
