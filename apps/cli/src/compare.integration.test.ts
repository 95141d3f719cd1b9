import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../../../scripts/plumbline.mjs', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-compare-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function plumbline(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { cwd: folder, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** An evaluation's folder with the fields that metrics.json promises; gives the folder's name. */
function evaluation(name: string, recipe: string, seed: number, roc: number, changes: object = {}): string {
  const measure = {
    pixel: {
      ...{ rocAuc: roc, averagePrecision: roc / 2, prcTrapezoid: roc / 2, f1Max: 0.4, iouBestOracle: roc / 3, aupro30: roc / 4 },
      ...{ iouAtValidationThreshold: 0.2, iouMeanOverThresholds: 0.1, iouPerImageMean: 0.1, prevalence: 0.02, pixels: 1000 },
    },
    image: { rocAuc: roc, averagePrecision: roc, f1Max: roc },
  };
  const document = {
    ...{ class: 'screw', recipe, recipeHash: `${recipe}-hash`, seed, geometry: 'image', imageScore: 'top1pc' },
    ...{ measures: { ssim: measure, mse: measure }, reconstruction: { mse: 100 * (1 - roc), ssim: roc, images: 3 }, throughput: {} },
    ...changes,
  };
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'metrics.json'), JSON.stringify(document));
  return name;
}

function withScores(name: string, offset: number): void {
  const lines = Array.from({ length: 12 }, (_, i) => `test/${i}.png,${i % 2 ? 'crack' : 'good'},${((i * 7) % 5) + (i % 2) * offset},${i}`);
  writeFileSync(join(folder, name, 'scores.csv'), `image,label,ssim,mse\n${lines.join('\n')}\n`);
}

test('compare writes every table, prints a summary, and --json prints statistics.json', () => {
  const folders = [1, 2].flatMap((seed) => [
    evaluation(`frozen-${seed}`, 'stn-frozen', seed, 0.8 + 0.01 * seed),
    evaluation(`ae-${seed}`, 'ae', seed, 0.75 - 0.01 * seed),
  ]);
  folders.forEach((name) => withScores(name, name.startsWith('frozen') ? 4 : 1));
  const { code, stdout } = plumbline('compare', ...folders, '--out', 'tables');
  expect(code).toBe(0);
  expect(stdout).toMatch(/SSIM ROC ↑ +0\.7350 ± 0\.0071 +\*0\.8150 ± 0\.0071/);
  expect(stdout).toMatch(/SSIM ROC \(paper\) +0\.7586 +0\.7911/);
  expect(readdirSync(join(folder, 'tables')).sort()).toEqual([
    ...['differences.csv', 'places.csv', 'statistics.json', 'tables.csv', 'tables.md', 'tables.tex'],
  ]);
  expect(readFileSync(join(folder, 'tables/tables.md'), 'utf8')).toContain('| SSIM ROC ↑ | 0.7350 ± 0.0071 | **0.8150 ± 0.0071** |');

  const json = plumbline('compare', ...folders.toReversed(), '--out', 'tables', '--json');
  expect(json.code).toBe(0);
  const document = JSON.parse(json.stdout);
  expect(document).toEqual(JSON.parse(readFileSync(join(folder, 'tables/statistics.json'), 'utf8')));
  expect(document.columns.map(({ name }: { name: string }) => name)).toEqual(['ae', 'stn-frozen']);
  expect(document.classes[0].detection[0].differences[0]).toMatchObject({ seeds: [1, 2], wilcoxon: { pExact: 0.5 } });
  expect(document.imageRoc[0]).toMatchObject({ measure: 'ssim', column: 'stn-frozen', seeds: [1, 2], images: { good: 6, defective: 6 } });
});

describe('bad input: exit code 2, nothing on stdout, one sentence that names it', () => {
  beforeAll(() => {
    evaluation('a', 'ae', 1, 0.7);
    evaluation('patch', 'x', 1, 0.7, { geometry: 'patch' });
    evaluation('partial', 'x', 1, 0.7, { measures: {} });
    for (const name of ['empty', 'run', 'broken', 'scores']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'run/manifest.json'), '{}');
    writeFileSync(join(folder, 'broken/metrics.json'), '{"class": ');
    evaluation('scores', 'x', 1, 0.7);
    writeFileSync(join(folder, 'scores/scores.csv'), 'image,label\n');
    writeFileSync(join(folder, 'file'), '');
  });

  test.each([
    [['a', 'nowhere'], /^EVAL nowhere: there is no such folder/],
    [['a', 'empty'], /^empty holds no finished evaluation \(it has no metrics\.json\)/],
    [['a', 'run'], /^run holds a run, not an evaluation; evaluate it with plumbline evaluate --run run/],
    [['a', 'broken'], /^broken\/metrics\.json is not JSON/],
    [['a', 'partial'], /^partial\/metrics\.json is not the metrics\.json of an evaluation \(measures\.ssim: /],
    [['a', 'scores'], /^scores\/scores\.csv has no column ssim/],
    [['a', 'patch'], /^The geometry differs: image in a, patch in patch; compare evaluations of one geometry/],
    [['a', '--iou', 'best'], /^--iou is best; give one of iouBestOracle, /],
  ])('%j', (args, sentence) => {
    const { code, stdout, stderr } = plumbline('compare', ...args, '--out', 'out');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('--out that is a file', () => {
    const { code, stderr } = plumbline('compare', 'a', '--out', 'file');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--out file is a file; give a folder/);
  });
});
