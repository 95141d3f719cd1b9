import { describe, expect, it, test } from 'vitest';
import { joinColumns, type ImageColumns } from './columns.ts';
import { countOtherTruths, measuredAt, outcomeFor, truthAt } from './images.ts';

interface Row {
  readonly id: string;
  readonly label: string;
  readonly mask?: string;
  readonly input?: string;
}

/** Columns as `Evaluation.imagesUrl` answers them; every image scores 0.5. */
function columns(version: string, rows: readonly Row[]): ImageColumns {
  const of = <T>(value: T): T[] => rows.map(() => value);
  const map = { score: of(0.5), minimum: of(0), maximum: of(1), mean: of(0.1), p99: of(0.9) };
  return {
    datasetVersionId: version,
    imageId: rows.map(({ id }) => id),
    name: rows.map(({ id }) => `${id}.png`),
    label: rows.map(({ label }) => label),
    split: of('test'),
    width: of(64),
    height: of(64),
    mask: rows.map(({ mask = null }) => mask),
    reconstructionId: rows.map(({ id }) => `rec_${id}_${version}`),
    input: rows.map(({ id, input = `${id} ${version}` }) => input),
    networkWidth: of(32),
    networkHeight: of(32),
    measures: { ssim: map, mse: map },
  };
}

describe('images of evaluations of different dataset versions', () => {
  const [first, second] = [
    columns('dsv_1', [
      { id: 'same', label: 'stain', mask: 'aa' },
      { id: 'relabelled', label: 'good' },
      { id: 'redrawn', label: 'stain', mask: 'bb' },
    ]),
    columns('dsv_2', [
      { id: 'same', label: 'stain', mask: 'aa' },
      { id: 'relabelled', label: 'stain', mask: 'cc' },
      { id: 'redrawn', label: 'stain', mask: 'dd' },
    ]),
  ];
  const images = joinColumns([first!, second!]);
  const named = (id: string) => images.find((image) => image.id === id)!;

  it('are judged by each against its own label and mask', () => {
    expect([0, 1].map((place) => outcomeFor(named('relabelled'), place, 'ssim', 0.4))).toEqual(['fp', 'tp']);
    expect([0, 1].map((place) => truthAt(named('redrawn'), place).maskUrl)).toEqual([
      '/files/versions/dsv_1/redrawn/mask?v=bb',
      '/files/versions/dsv_2/redrawn/mask?v=dd',
    ]);
    expect(measuredAt(named('relabelled'), 1)).toMatchObject({ label: 'stain', defective: true });
  });

  it('are counted where they differ, and share what they do not differ in', () => {
    expect(countOtherTruths(images)).toBe(2);
    expect([0, 1].map((place) => truthAt(named('same'), place).maskUrl)).toEqual(Array(2).fill('/files/versions/dsv_1/same/mask?v=aa'));
    expect(countOtherTruths(joinColumns([first!, first!]))).toBe(0);
  });
});

test('variants that saw the same input share its address, so that it is fetched and decoded once; others have their own', () => {
  const of = (version: string, input: string) => columns(version, [{ id: 'img', label: 'good', input }]);
  const [image] = joinColumns([of('a', 'same'), of('b', 'other'), of('c', 'same')]);
  expect(image!.variants.map((variant) => variant!.inputUrl)).toEqual(
    ['rec_img_a', 'rec_img_b', 'rec_img_a'].map((id) => `/files/reconstructions/${id}/input.png`),
  );
  expect(new Set(image!.variants.map((variant) => variant!.reconstructionUrl)).size).toBe(3);
});
