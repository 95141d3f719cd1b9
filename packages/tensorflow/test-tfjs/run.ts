import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engineEnvironment, type EngineKind } from '../src/index.ts';
import { bundleSuite } from './bundle.ts';
import { knownReason, leastSpecs, mostKnown } from './expectations.ts';
import type { SuiteResult } from './report.ts';

const kinds: readonly EngineKind[] = ['native', 'wasm'];

function readArguments(): { engines: readonly EngineKind[]; filter: string } {
  const { values } = parseArgs({ options: { engine: { type: 'string' }, filter: { type: 'string', default: '' } } });
  const engines = kinds.filter((kind) => values.engine === undefined || values.engine === kind);
  if (engines.length === 0) throw new Error(`--engine is ${values.engine}; give native or wasm, or leave it out for both.`);
  return { engines, filter: values.filter };
}

/** tfjs-node calls this function, which Node 23 took away; the engine restores it itself, the bundled runner does not use the engine. */
const restoreUtilFunction = `require('node:util').isNullOrUndefined = (value) => value === null || value === undefined;`;

/** Runs the bundled specs in a process of their own, since a fault in native code ends the process it happens in. */
async function runSuite(engine: EngineKind, filter: string, folder: string): Promise<SuiteResult> {
  const bundle = join(folder, `${engine}.cjs`);
  const results = join(folder, `${engine}.json`);
  const preload = join(folder, 'util.cjs');
  await bundleSuite(engine, bundle);
  await writeFile(preload, restoreUtilFunction);
  const env = { ...process.env, ...engineEnvironment(), PLUMBLINE_SPEC_FILTER: filter, PLUMBLINE_SPEC_RESULTS: results };
  const output: Buffer[] = [];
  const child = spawn(process.execPath, ['--require', preload, bundle], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code === 0) return JSON.parse(await readFile(results, 'utf8')) as SuiteResult;
  throw new Error(`the ${engine} suite ended with code ${code}:\n${Buffer.concat(output).toString('utf8').slice(-3000)}`);
}

/** Prints the outcome. @returns true when nothing failed that is not known to */
function judge(engine: EngineKind, result: SuiteResult, whole: boolean): boolean {
  const unexpected = result.failures.filter((failure) => knownReason(engine, failure) === null);
  for (const { name, message } of unexpected) console.error(`FAILED ${name}\n       ${message}`);
  const tooFew = whole && result.specs < leastSpecs[engine];
  if (tooFew) console.error(`only ${result.specs} specs ran, at least ${leastSpecs[engine]} are expected`);
  const knownCount = result.failures.length - unexpected.length;
  const tooManyKnown = knownCount > mostKnown(engine);
  if (tooManyKnown) console.error(`${knownCount} failures look like known ones, of which there are ${mostKnown(engine)}`);
  console.log(
    `tfjs-core specs on ${engine}: ${result.specs} run, ${result.passed} passed, ${knownCount} known failures, ${unexpected.length} unexpected failures, ${result.pending} pending`,
  );
  return unexpected.length === 0 && !tooFew && !tooManyKnown && result.specs > 0;
}

const { engines, filter } = readArguments();
const folder = await mkdtemp(join(tmpdir(), 'plumbline-tfjs-'));
try {
  let good = true;
  for (const engine of engines) good = judge(engine, await runSuite(engine, filter, folder), filter === '') && good;
  process.exitCode = good ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
