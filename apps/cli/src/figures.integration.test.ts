import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeImage, encodePng8 } from '@plumbline/ml/images';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, TINY, writeTinyDataset } from '../../../packages/ml/src/training/fixture.ts';

const launcher = fileURLToPath(new URL('../../../scripts/plumbline.mjs', import.meta.url));
const env = { ...process.env, PLUMBLINE_THREADS: '1' };

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(async () => {
  folder = temporaryFolder();
  await writeTinyDataset(folder.path);
  writeFileSync(join(folder.path, 'text.png'), 'not a picture');
  writeFileSync(join(folder.path, 'small.png'), await encodePng8({ width: 40, height: 40, channels: 1, data: new Float32Array(1600) }));
});
afterAll(() => folder.remove());

function plumbline(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { cwd: folder.path, env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

const image = 'stripes/test/good/0.png';

test('rotate writes the way there, back and the difference, and says what was done to the image', async () => {
  const { code, stdout } = plumbline('rotate', '--image', image, '--angle', '45', '--sampler', 'legacy', '--out', 'turned', '--json');
  expect(code).toBe(0);
  const document = JSON.parse(stdout) as { mse: number; mseInner: number; patch: string };
  expect(document.patch).toMatch(
    /^128 × 128 px, resized to 256 × 256, the middle 128 × 128 padded to 181 and reduced to 128 \(patch geometry\)$/,
  );
  const [input, back] = await Promise.all(['input', 'back'].map((name) => decodeImage(join(folder.path, `turned/${name}.png`))));
  // The pictures are rounded to 8 bit, the measured ones were not.
  const mse = input!.data.reduce((sum, value, i) => sum + (255 * (value - back!.data[i]!)) ** 2, 0) / input!.data.length;
  expect(mse / document.mse).toBeCloseTo(1, 2);
  expect(document.mse).toBeGreaterThan(1);
  for (const name of ['forward.png', 'difference.png', 'histogram.svg'])
    expect(existsSync(join(folder.path, 'turned', name)), name).toBe(true);
});

describe('orientation', () => {
  test('writes J over a full turn, and chooses by search the lowest place of its curve', () => {
    const { code, stdout } = plumbline('orientation', '--image', image, '--out', 'orientation', '--json');
    expect(code).toBe(0);
    const { chosen, minima } = JSON.parse(stdout) as { chosen: { search: number }; minima: { degrees: number; j: number }[] };
    const curve = readFileSync(join(folder.path, 'orientation/curve.csv'), 'utf8').trim().split('\n').slice(1);
    const values = curve.map((line) => line.split(',').map(Number) as [number, number]);
    expect(values).toHaveLength(360);
    const [lowest] = values.toSorted((a, b) => a[1] - b[1])[0]!;
    const apart = (a: number, b: number): number => Math.min((((a - b) % 180) + 180) % 180, (((b - a) % 180) + 180) % 180);
    expect(apart(chosen.search, lowest)).toBeLessThan(2);
    expect(apart(minima[0]!.degrees, lowest)).toBeLessThan(2);
    for (const name of ['curve.svg', 'input.png', 'normalised.png', 'gradient.png', 'mask.png'])
      expect(existsSync(join(folder.path, 'orientation', name)), name).toBe(true);
  });

  test("asks a run's localisation network, and refuses a run that has none", () => {
    const settings = [
      '--set',
      ...TINY.filter((set) => !set.startsWith('training.')),
      'orientation.patches=8',
      'orientation.training.epochs=1',
    ];
    expect(plumbline('train', '--data', 'stripes', '--recipe', 'orientation', '--out', 'stn', ...settings).code).toBe(0);
    const { code, stdout } = plumbline('orientation', '--image', image, '--run', 'stn', '--out', 'asked', '--json');
    expect(code).toBe(0);
    const { chosen } = JSON.parse(stdout) as { chosen: { network: number; search: number } };
    expect(chosen.network).toBeGreaterThanOrEqual(0);
    expect(chosen.network).toBeLessThan(180);
    expect(plumbline('train', '--data', 'stripes', '--recipe', 'ae', '--out', 'ae', '--set', ...TINY, 'training.epochs=1').code).toBe(0);
    const without = plumbline('orientation', '--image', image, '--run', 'ae', '--out', 'asked');
    expect([without.code, without.stderr]).toEqual([2, expect.stringMatching(/ae is a run of the regime ae, which turns nothing/)]);
  });
});

describe('bad input: exit code 2 and one sentence', () => {
  test.each([
    [['rotate', '--image', 'none.png', '--angle', '45', '--out', 'x'], /^--image none\.png: there is no such file/],
    [['rotate', '--image', 'text.png', '--angle', '45', '--out', 'x'], /^text\.png is not an image that can be read/],
    [
      ['rotate', '--image', 'small.png', '--angle', '45', '--out', 'x'],
      /^small\.png is 40 × 40 px, but its short side must have at least 128 px/,
    ],
    [['rotate', '--image', image, '--angle', '45', '--out', 'text.png'], /^--out text\.png is a file; give a folder\.$/],
    [['rotate', '--image', image, '--angle', '45', '--out', 'text.png/x'], /^--out text\.png\/x lies below .*text\.png, which is a file/],
    [['orientation', '--image', image, '--out', 'text.png'], /^--out text\.png is a file; give a folder\.$/],
    [['rotate', '--image', image, '--angle', 'much', '--out', 'x'], /^--angle is much; give a number/],
    [['rotate', '--image', image, '--angle', '1', '--sampler', 'cubic', '--out', 'x'], /^--sampler is cubic; give one of bilinear/],
    [['orientation', '--image', image, '--run', 'stripes', '--recipe', 'ae', '--out', 'x'], /^--recipe and --run exclude each other/],
  ])('%j', (args, sentence) => {
    const { code, stdout, stderr } = plumbline(...args);
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([2, '', expect.stringMatching(sentence)]);
  });
});
