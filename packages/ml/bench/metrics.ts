/**
 * `pnpm bench metrics [images] [side]`: pixel metrics over maps on disk, exact and by histogram, beside scikit-learn with a plain AUPRO; each in a process of
 * its own, which says its peak memory. scikit-learn (with scipy) is looked for in PLUMBLINE_SKLEARN, a Python, then in python3; without it ours stand alone.
 * Ours read every map twice, one at a time, within their time; scikit-learn's are in memory before its time begins.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PixelScorer, type MetricsMode, type PixelMetrics, type ScoredMap } from '../src/metrics/index.ts';

const NAMES = ['rocAuc', 'averagePrecision', 'f1Max', 'iouBestOracle', 'iouAtValidationThreshold', 'aupro30'] as const;
const THRESHOLD = 0.7;
const here = fileURLToPath(import.meta.url);

interface Answer {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly values: Record<(typeof NAMES)[number], number>;
  readonly bounds?: PixelMetrics['bounds'];
}

/** Deterministic uniform numbers in [0,1) (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Every second image has two square defects, in which scores are higher. */
function writeImages(folder: string, count: number, side: number): void {
  const random = uniform(1);
  const square = Math.floor(side / 6);
  for (let n = 0; n < count; n++) {
    const scores = Float32Array.from({ length: side * side }, () => random() * random());
    const labels = new Uint8Array(side * side);
    for (let region = 0; region < 2 * (n % 2); region++) {
      const [x0, y0] = [Math.floor(random() * (side - square)), Math.floor(random() * (side - square))];
      for (let y = y0; y < y0 + square; y++)
        for (let i = y * side + x0; i < y * side + x0 + square; i++) {
          labels[i] = 1;
          scores[i] = scores[i]! * 0.7 + 0.3 * random();
        }
    }
    writeFileSync(join(folder, `${n}.f32`), scores);
    writeFileSync(join(folder, `${n}.u8`), labels);
  }
}

function measureOurs(folder: string, count: number, side: number, mode: MetricsMode): Answer {
  const image = (n: number): ScoredMap => {
    const bytes = readFileSync(join(folder, `${n}.f32`));
    const data = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    return { map: { width: side, height: side, data }, mask: { width: side, height: side, data: readFileSync(join(folder, `${n}.u8`)) } };
  };
  const start = performance.now();
  const scorer = new PixelScorer({ validationThreshold: THRESHOLD, mode });
  for (let n = 0; n < count; n++) scorer.collect(image(n));
  for (let n = 0; n < count; n++) scorer.count(image(n));
  const { metrics } = scorer.finish();
  const seconds = (performance.now() - start) / 1000;
  const values = Object.fromEntries(NAMES.map((name) => [name, metrics[name] ?? Number.NaN])) as Answer['values'];
  return { seconds, peakMiB: process.resourceUsage().maxRSS / 1024, values, ...(metrics.bounds ? { bounds: metrics.bounds } : {}) };
}

function answerOf(command: string, args: readonly string[]): Answer | null {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? (JSON.parse(stdout) as Answer) : null;
}

function compare(count: number, side: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  try {
    writeImages(folder, count, side);
    const sizes = [folder, String(count), String(side)];
    const ours = (mode: MetricsMode) => answerOf(process.execPath, ['--import', 'tsx', here, '--measure', ...sizes, mode]);
    const peer = fileURLToPath(new URL('metrics_sklearn.py', import.meta.url));
    const rows: [string, Answer | null][] = [
      ['exact', ours('exact')],
      ['histogram', ours('histogram')],
      ['scikit-learn', answerOf(process.env['PLUMBLINE_SKLEARN'] ?? 'python3', [peer, ...sizes, String(THRESHOLD)])],
    ];
    const exact = rows[0]![1]!;
    process.stdout.write(`${count} images of ${side} × ${side}\n`);
    for (const [name, answer] of rows) {
      if (!answer) {
        process.stdout.write(`${name}: not at hand (set PLUMBLINE_SKLEARN to a Python that has it, numpy and scipy)\n`);
        continue;
      }
      const apart = Math.max(...NAMES.map((key) => Math.abs(answer.values[key] - exact.values[key])));
      const bound = Math.max(0, ...Object.values(answer.bounds ?? {}).map(([low, high]: readonly [number, number]) => high - low));
      process.stdout.write(
        `${name.padEnd(12)} ${answer.seconds.toFixed(2)} s (${(answer.seconds / exact.seconds).toFixed(1)} × exact), peak ${Math.round(answer.peakMiB)} MiB, differs from exact by at most ${apart.toExponential(1)}${answer.bounds ? `, bounds at most ${bound.toExponential(1)} wide` : ''}\n`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first = '100', ...rest] = process.argv.slice(2);
if (first === '--measure') {
  const [folder = '', count, side, mode] = rest;
  process.stdout.write(JSON.stringify(measureOurs(folder, Number(count), Number(side), mode as MetricsMode)));
} else compare(Number(first), Number(rest[0] ?? 512));
