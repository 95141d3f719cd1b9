import { expect, test } from 'vitest';
import { defectImageMetrics, DefectRanking, type LabelledMap } from './by-defect.ts';

const image = (label: string, scores: number[], mask: number[]): LabelledMap => ({
  label,
  map: { width: scores.length, height: 1, data: Float32Array.from(scores) },
  mask: { width: mask.length, height: 1, data: Uint8Array.from(mask) },
});

const images = [
  image('good', [0.125, 0.5, 0], [0, 0, 0]),
  image('scratch', [0.875, 0.25, 0.125], [1, 1, 0]),
  image('hole', [0.75, 0.0625], [1, 0]),
];

test.each(['exact', 'histogram'] as const)('each defect type is ranked against the good images alone, %s', (mode) => {
  const ranking = new DefectRanking(
    images.map(({ label }) => label),
    mode,
  );
  for (const one of images) ranking.collect(one);
  for (const one of images) ranking.count(one);
  const found = ranking.finish();
  expect([...found.keys()]).toEqual(['scratch', 'hole']);
  // Negatives .125 .5 0 .125: .875 is above all 4, .25 above 3 of 4: (4 + 3) / 8. Precision 1 at the first of two, 2/3 at the second: (1 + 2/3) / 2.
  const scratch = found.get('scratch')!;
  expect(scratch.rocAuc).toBeCloseTo(7 / 8, 12);
  expect(scratch.averagePrecision).toBeCloseTo(5 / 6, 12);
  expect(scratch.prevalence).toBe(2 / 6);
  // One region, half of it found before the first false positive, all of it after: (0, .5) (.25, .5) (.25, 1) (.3, 1).
  expect(scratch.aupro30).toBeCloseTo((0.25 * 0.5 + 0.05) / 0.3, 12);
  expect(found.get('hole')).toEqual({ rocAuc: 1, averagePrecision: 1, aupro30: 1, prevalence: 1 / 5 });
});

test('the detection rate is the share of the type at or above the threshold, and good images alone stand against it', () => {
  const scores = [
    { label: 'good', score: 1 },
    { label: 'good', score: 3 },
    { label: 'hole', score: 2 },
    { label: 'hole', score: 4 },
    { label: 'hole', score: 5 },
    { label: 'stain', score: 0 },
  ];
  // 2 is above one of two good ones, 4 and 5 above both: 5/6. Precision by descending score: 5 1/1, 4 2/2, 2 3/4.
  expect(defectImageMetrics('hole', scores, 4)).toEqual({
    rocAuc: 5 / 6,
    averagePrecision: 11 / 12,
    prevalence: 3 / 5,
    detectionRate: 2 / 3,
  });
  expect(defectImageMetrics('stain', scores, 4)).toMatchObject({ rocAuc: 0, prevalence: 1 / 3, detectionRate: 0 });
  expect(defectImageMetrics('stain', scores, null).detectionRate).toBeNull();
  const alone = scores.filter(({ label }) => label === 'hole');
  expect(defectImageMetrics('hole', alone, 4)).toEqual({ rocAuc: null, averagePrecision: 1, prevalence: 1, detectionRate: 2 / 3 });
});
