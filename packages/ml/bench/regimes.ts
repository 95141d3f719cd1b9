/**
 * `pnpm bench regimes`: a training step of every regime beside the plain autoencoder's, in turn, on the same patches: milliseconds (median), the ratio, and
 * the process's peak memory. Random patches: a step's cost does not depend on what they show.
 */
import { openEngine } from '@plumbline/tensorflow';
import { Random } from '../src/random/index.ts';
import { resolveRecipe, type RegimeKind } from '../src/recipes/index.ts';
import { PatchStore } from '../src/training/patches.ts';
import { HeldPatches } from '../src/training/recovery.ts';
import { OrientationTrainee } from '../src/training/orientation-trainee.ts';
import { startingLocalisation, localisationOf } from '../src/training/orientation-start.ts';
import { ReconstructionTrainee } from '../src/training/reconstruction-trainee.ts';
import type { Trainee } from '../src/training/trainee.ts';
import { operationsOf } from '../src/index.ts';

const REGIMES: readonly RegimeKind[] = [
  'ae',
  'stn-frozen',
  'stn-random',
  'stn-finetuned',
  'sampler-only',
  'search',
  'multi-start',
  'orientation',
];
const ROUNDS = 7;

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const engine = await openEngine();
say(`${engine.kind} engine, ${engine.device}, TensorFlow ${engine.tensorflow ?? '–'}, ${engine.threads ?? 'all'} threads`);

for (const [batch, channels] of [
  [32, 3],
  [16, 1],
] as const) {
  const trainees = REGIMES.map((kind) => [kind, traineeOf(kind, batch, channels)] as const);
  const times = new Map<RegimeKind, number[]>(REGIMES.map((kind) => [kind, []]));
  const indices = Int32Array.from({ length: batch }, (_, i) => i);
  for (let round = 0; round < ROUNDS + 2; round++) {
    for (const [kind, trainee] of trainees) {
      const start = performance.now();
      await trainee.step({ indices, epoch: round }, 1e-4);
      if (round >= 2) times.get(kind)!.push(performance.now() - start);
    }
  }
  const plain = median(times.get('ae')!);
  say(`batch ${batch}, ${channels} channel${channels === 1 ? '' : 's'}, d = 100`);
  for (const [kind, trainee] of trainees) {
    const own = median(times.get(kind)!);
    say(`  ${kind.padEnd(14)} ${own.toFixed(0).padStart(5)} ms  ${(own / plain).toFixed(2)} × ae`);
    trainee.dispose();
  }
}
say(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);

function traineeOf(kind: RegimeKind, batch: number, channels: 1 | 3): Trainee {
  const recipe = resolveRecipe(kind, [`channels=${channels}`]);
  const random = new Random(1);
  const patches = new PatchStore();
  patches.add(Array.from({ length: batch }, () => Uint8Array.from({ length: 128 * 128 * channels }, () => 256 * random.next())));
  const statistics = { mean: new Array<number>(channels).fill(0.5), deviation: new Array<number>(channels).fill(0.3), variance: 1 };
  const data = { trainImages: 1, patches, statistics, validation: [], heldImages: 0, held: new HeldPatches() };
  const { layers } = localisationOf(operationsOf(engine), recipe);
  const localisation = startingLocalisation(recipe, layers, 1, null);
  const options = { engine, recipe, data, seed: 1, checkpoint: null };
  return kind === 'orientation' ? new OrientationTrainee(options) : new ReconstructionTrainee({ ...options, localisation });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
