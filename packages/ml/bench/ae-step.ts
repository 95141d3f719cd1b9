/**
 * `pnpm bench ae-step`: our training step of the paper's autoencoder beside PyTorch's, alternating, on the same threads, at batch 32 and 128.
 * PyTorch is looked for in PLUMBLINE_PYTORCH (a Python with torch), then in an environment of its own under the cache; `--install` makes that one.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineEnvironment, openEngine } from '@plumbline/tensorflow';
import { StepProbe, stepSpeed } from '../src/index.ts';

const BATCHES = [32, 128];
const ROUNDS = 3;
const STEPS = 6;

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const cache = process.env['PLUMBLINE_CACHE'] ?? join(homedir(), '.cache', 'plumbline');
const environment = join(cache, 'pytorch');
const here = fileURLToPath(import.meta.url);

interface Timing {
  readonly version: string;
  readonly threads?: number;
  readonly milliseconds: readonly number[];
}

/** Our side, in a process of its own: the engine reads some of its settings at a process's first instruction. */
async function measureOurs(batch: number): Promise<void> {
  const engine = await openEngine();
  const probe = new StepProbe(engine, batch);
  const { all } = await probe.measure(STEPS);
  probe.dispose();
  const version = engine.kind === 'native' ? `TensorFlow ${engine.tensorflow ?? ''}` : 'WebAssembly';
  say(JSON.stringify({ version, threads: engine.threads ?? 1, milliseconds: all } satisfies Timing));
}

function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Timing | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let out = '';
    let log = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.once('error', () => resolve(null));
    child.once('close', (code) => {
      const line = out.trim().split('\n').at(-1) ?? '';
      if (code !== 0 || !line.startsWith('{')) {
        say(log.trim().split('\n').slice(-3).join('\n'));
        resolve(null);
      } else resolve(JSON.parse(line) as Timing);
    });
  });
}

function install(): void {
  say(`Installing PyTorch into ${environment} (up to 3 GB, some minutes) …`);
  const made = spawnSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
  if (made.status === 0)
    spawnSync(join(environment, 'bin/python'), ['-m', 'pip', 'install', '--quiet', 'torch', 'numpy'], { stdio: 'inherit' });
}

/** A Python that can import torch, or null. */
function pythonWithTorch(): string | null {
  const candidates = [process.env['PLUMBLINE_PYTORCH'], join(environment, 'bin/python')].filter((path) => path !== undefined);
  return candidates.find((path) => existsSync(path) && spawnSync(path, ['-c', 'import torch']).status === 0) ?? null;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function compare(batch: number, python: string | null): Promise<void> {
  const ours: number[] = [];
  const theirs: number[] = [];
  let names = ['', ''];
  for (let round = 0; round < ROUNDS; round++) {
    const own = await run(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), here, '--measure', String(batch)],
      engineEnvironment(),
    );
    if (!own) return void say(`batch ${batch}: our step could not be measured`);
    ours.push(...own.milliseconds);
    const torch = python
      ? await run(python, [
          fileURLToPath(new URL('./ae_step_torch.py', import.meta.url)),
          String(batch),
          String(STEPS),
          String(own.threads ?? 1),
        ])
      : null;
    theirs.push(...(torch?.milliseconds ?? []));
    names = [`${own.version}, ${own.threads ?? 1} threads`, torch ? `PyTorch ${torch.version} eager` : ''];
  }
  const { gigaflops, milliseconds } = stepSpeed(batch, ours);
  say(
    `batch ${batch}: ours ${milliseconds.toFixed(0)} ms (${gigaflops.toFixed(0)} GFLOP/s; least ${Math.min(...ours).toFixed(0)}; ${names[0]})`,
  );
  if (theirs.length > 0) {
    say(`          PyTorch ${median(theirs).toFixed(0)} ms (least ${Math.min(...theirs).toFixed(0)}; ${names[1]}, same threads)`);
    say(
      `          ${(median(theirs) / milliseconds).toFixed(2)}× PyTorch's speed by medians, ${(Math.min(...theirs) / Math.min(...ours)).toFixed(2)}× by the least`,
    );
  }
}

if (process.argv[2] === '--measure') await measureOurs(Number(process.argv[3]));
else {
  if (process.argv.includes('--install')) install();
  const python = pythonWithTorch();
  if (!python)
    say(
      'No PyTorch at hand: `pnpm bench ae-step --install` puts it into an environment of its own, or set PLUMBLINE_PYTORCH to a Python that has it.',
    );
  for (const batch of BATCHES) await compare(batch, python);
}
