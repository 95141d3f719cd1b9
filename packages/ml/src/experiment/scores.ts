import { ComparisonError } from './errors.ts';

/** An evaluation's image scores, one entry an image in each list. */
export interface ImageScores {
  readonly images: readonly string[];
  readonly defective: readonly boolean[];
  readonly scores: { readonly ssim: readonly number[]; readonly mse: readonly number[] };
}

/** Records of a CSV text (RFC 4180: fields in double quotes may hold commas, line breaks and doubled quotes). */
function records(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

/**
 * Reads scores.csv: image, label, and a score of each measure; every label but `good` is a defect's.
 * @param name how messages name the file
 * @throws ComparisonError for a missing column, a score that is not a number, or an image that stands twice
 */
export function parseScores(text: string, name: string): ImageScores {
  const [head = [], ...rows] = records(text);
  const column = (title: string): string[] => {
    const at = head.indexOf(title);
    if (at < 0)
      throw new ComparisonError(
        `${name} has no column ${title}; it must be the scores.csv that plumbline evaluate wrote beside metrics.json.`,
      );
    return rows.map((row) => row[at] ?? '');
  };
  const images = column('image');
  if (new Set(images).size < images.length)
    throw new ComparisonError(`${name} names an image twice; make the evaluation again with plumbline evaluate.`);
  const numbers = (title: string): number[] =>
    column(title).map((field, i) => {
      const value = Number(field);
      if (field.trim() === '' || !Number.isFinite(value))
        throw new ComparisonError(`${name} has no ${title} score for ${images[i]}; make the evaluation again with plumbline evaluate.`);
      return value;
    });
  return {
    images,
    defective: column('label').map((label) => label !== 'good'),
    scores: { ssim: numbers('ssim'), mse: numbers('mse') },
  };
}
