/**
 * `pnpm bench code DATA RUN…`: how many directions of its code each run uses. Patches of the held-out photographs of a class folder, turned as in training
 * but drawn anew, are encoded; printed are d, the effective rank of the codes (the exponential of the entropy of their covariance's eigenvalues, Roy &
 * Vetterli 2007), the directions that hold 95 % and 99 % of their variance, and the squared error of the patches (0–255, over the region of interest).
 */
import * as tf from '@tensorflow/tfjs';
import { decodeImages, imagesOf, readMvtecDataset, withValidationSplit } from '../src/datasets/index.ts';
import { operationsOf, type Engine } from '../src/engine/index.ts';
import { regionOfInterest } from '../src/geometry/index.ts';
import {
  autoencoderLayers,
  cutWeights,
  disposeWeights,
  latentLayer,
  negated,
  NetworkFrame,
  openNormaliser,
  predict,
  turn,
} from '../src/models/index.ts';
import { loadCheckpoint, type LoadedCheckpoint } from '../src/run/index.ts';
import { drawPatches, PatchStore } from '../src/training/patches.ts';
import { openEngine } from '@plumbline/tensorflow';

const PATCHES = 768;
const BATCH = 32;
/** Other draws than any training's. */
const DRAW = 1_000_003;

async function heldPatches(data: string, { manifest: { recipe, seed } }: LoadedCheckpoint): Promise<PatchStore> {
  const dataset = withValidationSplit(await readMvtecDataset(data), recipe.data.validationShare, seed);
  const held = imagesOf(dataset, 'validation').filter((image) => image.label === 'good');
  const store = new PatchStore();
  for await (const { image, pixels } of decodeImages(held, () => undefined))
    store.add(drawPatches(pixels, recipe, DRAW, image.id, Math.ceil(PATCHES / held.length)));
  return store;
}

interface Encoded {
  /** One row of d values a patch. */
  readonly codes: Float32Array[];
  readonly squaredError: number;
}

async function encode(engine: Engine, { manifest, checkpoint }: LoadedCheckpoint, patches: PatchStore): Promise<Encoded> {
  const { recipe, seed } = manifest;
  const { geometry, channels } = recipe;
  const { autoencoder, localisation = null } = checkpoint.networks;
  if (!autoencoder) throw new Error(`${recipe.name} has no autoencoder`);
  const operations = operationsOf(engine);
  const layers = autoencoderLayers(recipe);
  const flat = tf.tensor1d(autoencoder.weights);
  const weights = cutWeights(layers, flat);
  flat.dispose();
  const frame = new NetworkFrame(regionOfInterest(geometry), channels, autoencoder.standardisation);
  const normaliser = openNormaliser({ operations, recipe, seed, localisation });
  const upTo = latentLayer(layers) + 1;
  const codes: Float32Array[] = [];
  let error = 0;
  for (let at = 0; at + BATCH <= patches.count; at += BATCH) {
    const indices = Array.from({ length: BATCH }, (_, i) => at + i);
    const values = patches.batch(indices);
    const seen = tf.tensor4d(values, [BATCH, frame.side, frame.side, channels]);
    const angles = normaliser && (await normaliser.angles({ patches: seen, values, keys: indices.map((i) => `patch ${i}`) }));
    const upright = frame.standardised(seen);
    const input = angles && normaliser ? await turn(normaliser.sampler, upright, angles) : upright.clone();
    const code = predict(operations, layers.slice(0, upTo), weights, input);
    const output = predict(operations, layers.slice(upTo), weights.slice(upTo), code);
    const back = angles && normaliser ? await turn(normaliser.sampler, output, negated(angles)) : output.clone();
    const squares = tf.tidy(() => tf.sum(tf.mul(tf.squaredDifference(seen, back), frame.roi)));
    error += (await squares.data())[0]!;
    const rows = (await code.data()) as Float32Array;
    for (let i = 0; i < BATCH; i++) codes.push(rows.slice((i * rows.length) / BATCH, ((i + 1) * rows.length) / BATCH));
    tf.dispose([seen, upright, input, code, output, back, squares]);
  }
  normaliser?.dispose();
  disposeWeights(weights);
  frame.dispose();
  return { codes, squaredError: (error / (codes.length * frame.roiEntries)) * 255 * 255 };
}

function covariance(rows: readonly Float32Array[]): Float64Array[] {
  const d = rows[0]!.length;
  const mean = new Float64Array(d);
  for (const row of rows) for (let i = 0; i < d; i++) mean[i]! += row[i]! / rows.length;
  const result = Array.from({ length: d }, () => new Float64Array(d));
  for (const row of rows)
    for (let i = 0; i < d; i++) {
      const own = result[i]!;
      for (let j = 0; j < d; j++) own[j]! += ((row[i]! - mean[i]!) * (row[j]! - mean[j]!)) / rows.length;
    }
  return result;
}

/** Eigenvalues of a symmetric matrix by Jacobi's rotations, largest first; the matrix is used up. */
function eigenvalues(a: Float64Array[]): number[] {
  const n = a.length;
  const total = a.reduce((sum, row, i) => sum + row[i]!, 0);
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = a[p]![q]!;
        off += apq * apq;
        if (apq === 0) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
        const [rowP, rowQ] = [a[p]!, a[q]!];
        for (let k = 0; k < n; k++) [rowP[k], rowQ[k]] = [c * rowP[k]! - s * rowQ[k]!, s * rowP[k]! + c * rowQ[k]!];
      }
    if (Math.sqrt(off) < 1e-9 * total) break;
  }
  return a.map((row, i) => Math.max(row[i]!, 0)).sort((x, y) => y - x);
}

function directionsFor(shares: readonly number[], wanted: number): number {
  let sum = 0;
  return shares.findIndex((share) => (sum += share) >= wanted) + 1;
}

const [data, ...runs] = process.argv.slice(2);
if (data === undefined || runs.length === 0) throw new Error('Give a class folder and runs: pnpm bench code DATA RUN…');
const engine = await openEngine();
console.log('run | regime | d | effective rank | 95 % | 99 % | squared error');
for (const run of runs) {
  const loaded = await loadCheckpoint(run, 'best');
  const { codes, squaredError } = await encode(engine, loaded, await heldPatches(data, loaded));
  const values = eigenvalues(covariance(codes));
  const total = values.reduce((sum, value) => sum + value, 0);
  const shares = values.map((value) => value / total);
  const entropy = shares.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
  const { regime } = loaded.manifest.recipe;
  const [most, nearlyAll] = [directionsFor(shares, 0.95), directionsFor(shares, 0.99)];
  console.log([run, regime.kind, values.length, Math.exp(entropy).toFixed(1), most, nearlyAll, squaredError.toFixed(1)].join(' | '));
}
