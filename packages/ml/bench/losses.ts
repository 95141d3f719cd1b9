/**
 * `pnpm bench losses [batch]`: milliseconds a step (median; least, and its ratio to l2's) and peak memory of every loss of the recipe, on the paper's
 * autoencoder, beside l2. Each in a process
 * of its own, so that the peak is its own.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { engineEnvironment, openEngine } from '@plumbline/tensorflow';
import { CATALOGUE, resolveRecipe, StepProbe } from '../src/index.ts';

const STEPS = 8;

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const here = fileURLToPath(import.meta.url);

interface Timing {
  readonly engine: string;
  /** Median, and least: of a machine that does other things besides, the least tells more. */
  readonly milliseconds: number;
  readonly least: number;
  readonly megabytes: number;
}

async function measure(name: string, batch: number): Promise<void> {
  const engine = await openEngine();
  const { loss } = resolveRecipe(name);
  const probe = new StepProbe(engine, batch, { ...resolveRecipe('paper/ae'), loss });
  const { milliseconds, all } = await probe.measure(STEPS);
  const least = Math.min(...all);
  probe.dispose();
  // resourceUsage counts kilobytes.
  const megabytes = process.resourceUsage().maxRSS / 1024;
  say(JSON.stringify({ engine: `${engine.kind}, ${engine.threads ?? 1} threads`, milliseconds, least, megabytes } satisfies Timing));
}

function timed(name: string, batch: number): Timing | null {
  const args = ['--import', import.meta.resolve('tsx'), here, '--measure', name, String(batch)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...engineEnvironment() },
  });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (status === 0 && line.startsWith('{')) return JSON.parse(line) as Timing;
  say(stderr.trim().split('\n').slice(-3).join('\n'));
  return null;
}

if (process.argv[2] === '--measure') await measure(process.argv[3]!, Number(process.argv[4]));
else {
  const batch = Number(process.argv[2] ?? 32);
  const names = ['ae', ...CATALOGUE.map(({ name }) => name).filter((name) => name.startsWith('loss/'))];
  let plain: Timing | null = null;
  for (const name of names) {
    const timing = timed(name, batch);
    if (!timing) continue;
    if (!plain) say(`batch ${batch}, 128 px, 3 channels, d = 100; ${timing.engine}`);
    plain ??= timing;
    const { milliseconds, least, megabytes } = timing;
    say(
      `${(name === 'ae' ? 'l2' : name.slice(5)).padEnd(16)} ${milliseconds.toFixed(0).padStart(6)} ms, least ${least.toFixed(0).padStart(5)} (${(least / plain.least).toFixed(2)}×)` +
        ` ${megabytes.toFixed(0).padStart(6)} MB (${megabytes > plain.megabytes ? '+' : ''}${(megabytes - plain.megabytes).toFixed(0)})`,
    );
  }
}
