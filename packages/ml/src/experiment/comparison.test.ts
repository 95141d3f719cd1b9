import { describe, expect, it } from 'vitest';
import type { EvaluationMetrics } from '../evaluation/index.ts';
import { pointsOfScores, rocAuc } from '../metrics/index.ts';
import { Random } from '../random/index.ts';
import { bootstrapMean, wilcoxonSignedRank } from '../statistics/index.ts';
import { evaluation } from './fixture.ts';
import { DrawnRocAuc } from './image-roc.ts';
import {
  compareEvaluations,
  comparisonsOf,
  ComparisonError,
  parseEvaluation,
  parseScores,
  renderDifferencesCsv,
  sheetsOf,
  type ComparedEvaluation,
  type Comparison,
} from './index.ts';

const row = ({ classes }: Comparison, metric: string, name = classes[0]!.name) => {
  const entry = classes.find((each) => each.name === name)!;
  return [...entry.reconstruction, ...entry.detection, ...entry.further].find((each) => each.metric === metric)!;
};
const names = ({ columns }: Comparison) => columns.map(({ name }) => name);
const several = (recipes: readonly string[], seeds: readonly number[], level = (r: number, seed: number) => 0.01 * r + 0.001 * seed ** 2) =>
  recipes.flatMap((recipe, r) => seeds.map((seed) => evaluation({ recipe, seed, level: level(r, seed) })));

describe('columns', () => {
  it('stand as in the paper’s tables, whatever the order of the evaluations; other recipes behind them as they come', () => {
    const mixed = ['search', 'paper/stn-finetuned', 'mine', 'stn-random', 'ae', 'stn-frozen'];
    expect(names(compareEvaluations(several(mixed, [1])))).toEqual([
      ...['ae', 'stn-frozen', 'stn-random', 'paper/stn-finetuned'],
      ...['search', 'mine'],
    ]);
  });

  it('go by the stated regime where there is one', () => {
    const own = evaluation({ recipe: 'mine', seed: 1, level: 0 }, { regime: 'ae' });
    const frozen = evaluation({ recipe: 'stn-frozen', seed: 1, level: 0 });
    expect(names(compareEvaluations([frozen, own]))).toEqual(['mine', 'stn-frozen']);
  });

  it('one name for two recipes makes two columns, never one mixed', () => {
    const changed = evaluation({ recipe: 'ae', seed: 1, level: 0.1 }, { recipeHash: 'ffffffff0000' });
    expect(names(compareEvaluations([evaluation({ recipe: 'ae', seed: 1, level: 0 }), changed]))).toEqual(['ae@hash of', 'ae@fffffff']);
  });

  it('are titled as their evaluations call the variants, told apart by name where one would title two', () => {
    const called = (recipe: string, seed: number, variant: string | null, recipeHash = `hash of ${recipe}`) =>
      evaluation({ recipe, seed, level: 0.01 * seed }, { variant, recipeHash });
    const comparison = compareEvaluations([
      ...[called('ae', 1, 'slim'), called('ae', 1, 'slim', 'ffffffff0000')],
      ...[called('stn-frozen', 1, 'frozen'), called('stn-frozen', 2, 'frozen too')],
      ...[called('search', 1, 'found'), called('search', 2, null)],
    ]);
    const titles = ['slim (ae@hash of)', 'slim (ae@fffffff)', 'frozen, frozen too', 'search'];
    expect(comparison.columns.map(({ title }) => title)).toEqual(titles);
    for (const sheet of sheetsOf(comparison).filter(({ kind }) => kind === 'detection')) expect(sheet.head).toEqual(['brick', ...titles]);
    expect(renderDifferencesCsv(comparison)).toContain('"frozen, frozen too",slim (ae@hash of)');
  });

  it('one recipe under two names is said', () => {
    const named = (recipe: string) => [1, 2].map((seed) => evaluation({ recipe, seed, level: 0.1 * seed }, { recipeHash: 'same' }));
    expect(compareEvaluations([...named('ae'), ...named('mine')]).notes).toEqual([
      'ae and mine are one recipe under two names (the same hash).',
    ]);
  });

  it('a recipe that is another one in another class is said', () => {
    const other = evaluation({ class: 'screw', recipe: 'ae', seed: 1, level: 0 }, { recipeHash: 'ffffffff0000' });
    const { notes } = compareEvaluations([evaluation({ recipe: 'ae', seed: 1, level: 0 }), other]);
    expect(notes[0]).toMatch(/^ae is not one recipe in all classes/);
  });
});

describe('notes', () => {
  it('say that some evaluations rank pixels exactly and some by histogram', () => {
    const ranked = (recipe: string, mode: string) => [1, 2].map((seed) => evaluation({ recipe, seed, level: 0 }, { mode }));
    const mixed = compareEvaluations([...ranked('ae', 'exact'), ...ranked('x', 'histogram')]);
    expect(mixed.notes).toEqual([expect.stringMatching(/^Some evaluations rank pixels exactly and some by histogram/)]);
    expect(compareEvaluations([...ranked('ae', 'exact'), ...ranked('x', 'exact')]).notes).toEqual([]);
  });

  it('say that patches were not counted by the same SSIM pixels', () => {
    const patched = (recipe: string, prevalence: number) =>
      [1, 2].map((seed) => {
        const { measures } = evaluation({ recipe, seed, level: 0 }).metrics;
        const patches = { ...measures, ssim: { pixel: { ...measures.ssim.pixel, prevalence } } };
        return evaluation({ recipe, seed, level: 0 }, { geometry: 'patch', patches });
      });
    const mixed = compareEvaluations([...patched('ae', 0.02), ...patched('x', 0.03)]);
    expect(mixed.notes).toEqual([expect.stringMatching(/^The evaluations of brick do not count the same pixels of patches by SSIM/)]);
    expect(compareEvaluations([...patched('ae', 0.02), ...patched('x', 0.02)]).notes).toEqual([]);
  });
});

describe('cells', () => {
  it('mean and sample deviation over seeds, printed with four decimals', () => {
    const levels = [0.01, 0.02, 0.06];
    const got = compareEvaluations(levels.map((level, i) => evaluation({ recipe: 'ae', seed: i + 1, level })));
    const [cell] = row(got, 'ssim.rocAuc').cells;
    expect(cell!.mean).toBeCloseTo(0.63, 12);
    expect(cell!.std).toBeCloseTo(Math.sqrt((0.02 ** 2 + 0.01 ** 2 + 0.03 ** 2) / 2), 12);
    expect(cell!.printed).toBe('0.6300 ± 0.0265');
    expect(cell!.best).toBe(false);
  });

  it('one seed has no spread, and a note says so', () => {
    const got = compareEvaluations(several(['ae'], [3]));
    expect(row(got, 'ssim.rocAuc').cells[0]!.printed).toBe('0.6090');
    expect(got.notes).toEqual([expect.stringMatching(/^One seed says nothing about spread/)]);
  });

  it('what prints alike ties: both best, both marked, the better place shared, the rank between', () => {
    const got = compareEvaluations(
      [0.1, 0.10003, 0.05].map((level, i) => evaluation({ recipe: ['ae', 'stn-frozen', 'x'][i]!, seed: 1, level })),
    );
    expect(row(got, 'ssim.rocAuc').cells).toMatchObject([
      { best: true, tied: true, place: 1, rank: 1.5 },
      { best: true, tied: true, place: 1, rank: 1.5 },
      { best: false, tied: false, place: 3, rank: 3 },
    ]);
    // 90.0000 and 89.9970 do not.
    expect(row(got, 'reconstruction.mse').cells).toMatchObject([{ place: 2 }, { place: 1, best: true, tied: false }, { place: 3 }]);
  });

  it('a variant without a value leaves a dash, and its row out of places and ranks', () => {
    const all = [...several(['ae', 'stn-frozen'], [1, 2]), evaluation({ class: 'screw', recipe: 'ae', seed: 1, level: 0 })];
    const got = compareEvaluations(all);
    expect(row(got, 'ssim.rocAuc', 'screw').cells).toMatchObject([
      { printed: '0.6000', best: false, place: null },
      { printed: '–', place: null },
    ]);
    expect(got.places).toMatchObject({ rows: 6, leftOut: 6 });
    expect(got.ranking).toMatchObject({ rows: 6, leftOut: 6 });
  });

  it.each([
    ['iouBestOracle', 0.2, 'oracle'],
    ['iouAtValidationThreshold', 0.15, 'validation'],
    ['iouMeanOverThresholds', 0.12, '256 thresholds'],
    ['iouPerImageMean', 0.1, 'images'],
  ] as const)('the IoU row is %s when it is chosen, and says which it is', (iou, value, word) => {
    const got = compareEvaluations([evaluation({ recipe: 'ae', seed: 1, level: 0 })], { iou });
    expect(row(got, 'ssim.iou').cells[0]!.mean).toBeCloseTo(value, 12);
    expect(got.protocol.iouLabel).toContain(word);
  });

  it('pixels are the patches’ where every evaluation has those', () => {
    const { measures } = evaluation({ recipe: 'ae', seed: 1, level: 0.2 }).metrics;
    const paper = evaluation({ recipe: 'paper/ae', seed: 1, level: 0 }, { geometry: 'patch', patches: measures });
    const got = compareEvaluations([paper]);
    expect(got.protocol).toMatchObject({ pixels: 'patches', geometry: 'patch' });
    expect(row(got, 'ssim.rocAuc').cells[0]!.mean).toBeCloseTo(0.8, 12);
    expect(row(got, 'ssim.imageRocAuc').cells[0]!.mean).toBeCloseTo(0.7, 12);
  });
});

describe('differences', () => {
  it('pair seed by seed against the reference: mean, exact p and the bootstrap of those differences', () => {
    const got = compareEvaluations(several(['ae', 'stn-frozen'], [1, 2, 3, 4, 5], (r, seed) => 0.1 * seed + r * 0.001 * (seed + 1)));
    const [difference] = row(got, 'ssim.rocAuc').differences;
    expect(difference).toMatchObject({ column: 'stn-frozen', reference: 'ae', seeds: [1, 2, 3, 4, 5], favours: 'column' });
    expect(difference!.mean).toBeCloseTo(0.004, 12);
    expect(difference!.wilcoxon).toEqual(wilcoxonSignedRank(difference!.differences));
    expect(difference!.wilcoxon!.pExact).toBe(0.0625);
    const random = Random.of('bootstrap over seeds', 'brick', 'ssim.rocAuc', 'stn-frozen', 'ae');
    expect(difference!.interval).toEqual(bootstrapMean(difference!.differences, { random }));
    expect(difference!.interval!.low).toBeGreaterThanOrEqual(0.002);
    expect(difference!.interval!.high).toBeLessThanOrEqual(0.006 + 1e-12);
  });

  it('a lower MSE speaks for the variant', () => {
    const got = compareEvaluations(several(['ae', 'stn-frozen'], [1, 2]));
    expect(row(got, 'reconstruction.mse').differences[0]).toMatchObject({ favours: 'column', mean: expect.closeTo(-1, 9) });
  });

  it('pair what pairs, and say which seeds do not', () => {
    const got = compareEvaluations([...several(['ae'], [1, 2, 3]), ...several(['x'], [2, 3, 7], (_, seed) => 0.01 * seed)]);
    expect(row(got, 'ssim.rocAuc').differences[0]).toMatchObject({ seeds: [2, 3], unpaired: [1, 7], wilcoxon: { smallestP: 0.5 } });
    expect(got.notes[0]).toMatch(/^brick was not evaluated with the same seeds/);
  });

  it('nothing pairs: no mean, no interval, no test', () => {
    const got = compareEvaluations([...several(['ae'], [1, 2]), ...several(['x'], [3])]);
    expect(row(got, 'ssim.rocAuc').differences[0]).toMatchObject({ mean: null, interval: null, wilcoxon: null, favours: null });
  });

  it('a chosen reference takes the first column’s part', () => {
    const got = compareEvaluations(several(['ae', 'stn-frozen', 'x'], [1, 2]), { reference: 'x' });
    expect(row(got, 'ssim.rocAuc').differences.map(({ column }) => column)).toEqual(['ae', 'stn-frozen']);
    expect(() => compareEvaluations(several(['ae'], [1]), { reference: 'y' })).toThrow('y is none of the variants to compare');
  });

  it('do not depend on the order or the company of the evaluations', () => {
    const pair = several(['ae', 'stn-frozen'], [1, 2, 3]);
    const more = compareEvaluations([...several(['x'], [1, 2, 3]), ...pair.toReversed()]);
    expect(row(more, 'mse.iou').differences[0]).toEqual(row(compareEvaluations(pair), 'mse.iou').differences[0]);
  });
});

describe('ranks', () => {
  it('a variant that is always ahead ranks first, and Friedman and Nemenyi see it', () => {
    const { ranking, places } = compareEvaluations(several(['ae', 'stn-frozen', 'stn-random', 'stn-finetuned'], [1]));
    expect(ranking!.averageRanks).toEqual([4, 3, 2, 1]);
    expect(ranking!.friedman.chi2).toBeCloseTo(18, 12);
    expect(ranking!.friedman.imanDavenport).toBeNull();
    expect(ranking!.nemenyi.criticalDifference).toBeCloseTo(1.9148, 4);
    expect(ranking!.nemenyi.pairs.filter(({ significant }) => significant).map(({ columns }) => columns)).toEqual([
      ['ae', 'stn-random'],
      ['ae', 'stn-finetuned'],
      ['stn-frozen', 'stn-finetuned'],
    ]);
    expect(places.counts).toEqual([
      [0, 0, 0, 6],
      [0, 0, 6, 0],
      [0, 6, 0, 0],
      [6, 0, 0, 0],
    ]);
  });

  it('one variant alone has none', () => expect(compareEvaluations(several(['ae'], [1, 2])).ranking).toBeNull());
});

describe('image ROC over drawn images', () => {
  const random = Random.of('image scores');
  const defective = Array.from({ length: 40 }, (_, i) => i % 3 > 0);
  /** Coarse, so that scores tie. */
  const scores = (lift: number) => defective.map((bad) => Math.round(4 * (random.next() + (bad ? lift : 0))) / 4);
  const images = defective.map((_, i) => `test/${i}.png`);
  const scored = (recipe: string, seed: number, lift: number, order = images.map((_, i) => i)): ComparedEvaluation => {
    const ssim = scores(lift);
    return {
      ...evaluation({ recipe, seed, level: 0 }),
      scores: {
        images: order.map((i) => images[i]!),
        defective: order.map((i) => defective[i]!),
        scores: { ssim: order.map((i) => ssim[i]!), mse: order.map((i) => -ssim[i]!) },
      },
    };
  };

  it('is the area of the drawn images themselves, each as often as it was drawn', () => {
    const values = scores(0.4);
    const drawn = new DrawnRocAuc(values, defective);
    for (let trial = 0; trial < 20; trial++) {
      const times = defective.map(() => Math.floor(3 * random.next()));
      const list = times.flatMap((count, i) => Array<number>(count).fill(i));
      const points = pointsOfScores(
        list.map((i) => values[i]!),
        list.map((i) => defective[i]!),
      );
      expect(drawn.of(times)).toBeCloseTo(rocAuc(points)!, 12);
    }
  });

  it('the difference is the mean over paired seeds, inside its interval, whatever the order of the images', () => {
    const reversed = images.map((_, i) => images.length - 1 - i);
    const all = [scored('ae', 1, 0.2), scored('ae', 2, 0.2), scored('x', 1, 0.8, reversed), scored('x', 2, 0.8)];
    const [ssim, mse] = compareEvaluations(all).imageRoc;
    const area = (at: number) => rocAuc(pointsOfScores(all[at]!.scores!.scores.ssim, all[at]!.scores!.defective))!;
    expect(ssim).toMatchObject({ measure: 'ssim', column: 'x', reference: 'ae', seeds: [1, 2], images: { good: 14, defective: 26 } });
    expect(ssim!.mean).toBeCloseTo((area(2) - area(0) + area(3) - area(1)) / 2, 12);
    expect(ssim!.interval.low).toBeLessThan(ssim!.mean);
    expect(ssim!.interval.high).toBeGreaterThan(ssim!.mean);
    expect(ssim!.interval.low).toBeGreaterThan(0);
    expect(mse!.mean).toBeCloseTo(-ssim!.mean, 12);
  });

  it('is drawn once for each reference of a set, and every comparison of it is the one made alone', () => {
    const all = [scored('ae', 1, 0.2), scored('x', 1, 0.4), scored('y', 1, 0.1)];
    const compare = comparisonsOf(all);
    const best = compare({ resamples: 50 });
    const other = compare({ resamples: 50, iou: 'iouMeanOverThresholds' });
    expect(other.imageRoc).toBe(best.imageRoc);
    for (const options of [{ iou: 'iouMeanOverThresholds' }, { reference: 'x' }, { reference: 'ae' }, {}] as const)
      expect(compare({ resamples: 50, ...options })).toEqual(compareEvaluations(all, { resamples: 50, ...options }));
  });

  it('evaluations of different images are refused', () => {
    const fewer = scored('x', 1, 0.8, [1, 2, 3]);
    expect(() => compareEvaluations([scored('ae', 1, 0.2), fewer])).toThrow(/brick\/ae\/1 and brick\/x\/1 scored different images/);
  });

  it('none without scores on both sides', () => {
    expect(compareEvaluations([scored('ae', 1, 0.2), evaluation({ recipe: 'x', seed: 1, level: 0 })]).imageRoc).toEqual([]);
  });
});

describe('refused in one sentence', () => {
  const first = evaluation({ recipe: 'ae', seed: 1, level: 0 });
  const other = (changes: Parameters<typeof evaluation>[1], recipe = 'x') => evaluation({ recipe, seed: 1, level: 0 }, changes);
  const pixelsOf = (measure: 'ssim' | 'mse', prevalence: number) => {
    const { measures } = first.metrics;
    return { measures: { ...measures, [measure]: { ...measures[measure], pixel: { ...measures[measure].pixel, prevalence } } } };
  };
  it.each([
    [
      other({ geometry: 'patch' }),
      /^The geometry differs: image in brick\/ae\/1, patch in brick\/x\/1; compare evaluations of one geometry\.$/,
    ],
    [other({ imageScore: 'max' }), /^The image score differs: top1pc in .* max in /],
    [other({ split: 'validation' }), /^The split differs: test in .* validation in /],
    [other({ checkpoint: { which: 'last' } }), /^The checkpoint differs: best in .* last in /],
    [other({ images: { good: 19, defective: 30 } }), /^The number of images of brick differs: 20 good and 30 defective in /],
    [other(pixelsOf('ssim', 0.02)), /^The share of defective pixels \(SSIM\) of brick differs: /],
    [other(pixelsOf('mse', 0.02)), /^The share of defective pixels \(MSE\) of brick differs: /],
    [other({}, 'ae'), /^brick\/ae\/1 and brick\/ae\/1 are both brick, ae, seed 1; leave one out/],
  ])('%#', (second, sentence) => {
    expect(() => compareEvaluations([first, second])).toThrow(sentence);
    expect(() => compareEvaluations([first, second])).toThrow(ComparisonError);
  });

  it('other evaluated data of one class, where the hash is stated; of two classes it may differ', () => {
    const hashed = (recipe: string, evaluatedDataHash: string, name = 'brick') =>
      evaluation({ class: name, recipe, seed: 1, level: 0 }, { evaluatedDataHash });
    expect(() => compareEvaluations([hashed('ae', 'a'), hashed('x', 'b')])).toThrow(
      /^The hash of the evaluated data of brick differs: a in /,
    );
    expect(names(compareEvaluations([hashed('ae', 'a'), hashed('ae', 'b', 'screw')]))).toEqual(['ae']);
  });

  it('not what was trained on other data and evaluated on the same: a note says it', () => {
    const trained = (recipe: string, dataHash: string) =>
      [1, 2].map((seed) => evaluation({ recipe, seed, level: 0 }, { dataHash, evaluatedDataHash: 'a' }));
    expect(compareEvaluations([...trained('ae', 'a'), ...trained('x', 'b')]).notes).toEqual([
      expect.stringMatching(/^The variants of brick were not all trained on the same data/),
    ]);
    expect(compareEvaluations([...trained('ae', 'a'), ...trained('x', 'a')]).notes).toEqual([]);
  });

  it('nothing at all', () => expect(() => compareEvaluations([])).toThrow('There are no evaluations to compare'));
});

describe('files', () => {
  it('the document that an evaluation writes is what a comparison reads', () => {
    const { metrics } = evaluation({ recipe: 'ae', seed: 1, level: 0 });
    // The type of the one must fit the type of the other.
    const readable = (written: Pick<EvaluationMetrics, 'measures' | 'reconstruction' | 'geometry' | 'imageScore' | 'split' | 'images'>) =>
      written satisfies Pick<ComparedEvaluation['metrics'], 'measures' | 'reconstruction' | 'geometry' | 'imageScore' | 'split' | 'images'>;
    expect(readable).toBeTypeOf('function');
    expect(parseEvaluation(JSON.parse(JSON.stringify(metrics)), 'm')).toEqual(metrics);
  });

  it('a document with the fields of the contract alone is enough; what it leaves out prints as a dash', () => {
    const none = { pixel: {}, image: {} };
    const base = { class: 'c', recipe: 'r', recipeHash: 'h', seed: 1, geometry: 'image', imageScore: 'max' };
    const metrics = parseEvaluation({ ...base, measures: { ssim: none, mse: none }, reconstruction: { mse: null, ssim: 0.5 } }, 'm');
    const got = compareEvaluations([{ name: 'm', metrics }]);
    expect(row(got, 'ssim.rocAuc').cells[0]!.printed).toBe('–');
    expect(row(got, 'reconstruction.ssim').cells[0]!.printed).toBe('0.5000');
  });

  it('a document that is none names the first field at fault', () => {
    expect(() => parseEvaluation({ class: 'brick' }, 'x/metrics.json')).toThrow(
      /^x\/metrics\.json is not the metrics\.json of an evaluation \(recipe: .*\); make it again/,
    );
    expect(() => parseEvaluation(3, 'x')).toThrow(ComparisonError);
  });

  it('scores.csv: names with commas, quotes and line breaks; every label but good is a defect', () => {
    const text = 'image,label,ssim,mse\n"a,""b"".png",good,0.5,1e-3\nc.png,crack,0.25,2\r\n';
    expect(parseScores(text, 's')).toEqual({
      images: ['a,"b".png', 'c.png'],
      defective: [false, true],
      scores: { ssim: [0.5, 0.25], mse: [0.001, 2] },
    });
  });

  it.each([
    ['image,label,ssim\na,good,1\n', /has no column mse/],
    ['image,label,ssim,mse\na,good,1,\n', /has no mse score for a/],
    ['image,label,ssim,mse\na,good,1,1\na,good,1,1\n', /names an image twice/],
    ['', /has no column image/],
  ])('scores.csv that cannot be used: %j', (text, sentence) => expect(() => parseScores(text, 'scores.csv')).toThrow(sentence));
});
