import type { PreviewImage } from './preview-tasks.ts';

export const PREVIEWED = 4;

/** The images of the address where all are at hand, else two good ones of the training and two with a mask, as far as there are. */
export function chosenImages(
  wanted: readonly string[],
  train: readonly PreviewImage[],
  test: readonly PreviewImage[],
): readonly PreviewImage[] {
  const every = [...train, ...test];
  const named = wanted.flatMap((id) => every.find((image) => image.id === id) ?? []);
  if (named.length > 0) return named.slice(0, PREVIEWED);
  const good = train.filter(({ label }) => label === 'good');
  // Of different defects where there are several.
  const outlined = test
    .filter(({ maskUrl }) => maskUrl !== null)
    .filter((image, index, all) => index === 0 || image.label !== all[index - 1]?.label);
  const first = [...good.slice(0, 2), ...outlined.slice(0, 2)];
  return [...first, ...every.filter((image) => !first.includes(image))].slice(0, PREVIEWED);
}

/** The choice after a click: taken back, or added; the one chosen first makes room for a fifth. */
export function toggled(chosen: readonly string[], id: string): string[] {
  if (chosen.includes(id)) return chosen.filter((one) => one !== id);
  return [...chosen, id].slice(-PREVIEWED);
}
