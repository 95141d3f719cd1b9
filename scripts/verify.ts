/** `pnpm verify`: every house rule that a tool can check. Runs all of them, prints what each said, ends with 1 if one failed. */
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Relative to the root. */
  readonly folder?: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string): string => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const tsx = bin('tsx');

const checks: Check[] = [
  { name: 'types', command: bin('tsc'), args: ['--noEmit', '-p', 'tsconfig.json'] },
  { name: 'types (web)', command: bin('tsc'), args: ['--noEmit', '-p', 'apps/web/tsconfig.json'] },
  {
    name: 'lint',
    command: bin('eslint'),
    args: ['.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
  },
  { name: 'format', command: bin('prettier'), args: ['--check', '--log-level', 'warn', '--cache', '.'] },
  {
    name: 'boundaries',
    command: bin('depcruise'),
    args: ['--config', '.dependency-cruiser.mjs', '--output-type', 'err', 'apps', 'packages', 'prisma', 'samples', 'scripts', 'e2e'],
  },
  { name: 'unused', command: bin('knip'), args: ['--no-progress'] },
  { name: 'schema drift', command: tsx, args: ['apps/api/src/printSchema.ts', '--check'] },
  {
    name: 'codegen drift',
    command: fileURLToPath(new URL('../apps/web/node_modules/.bin/graphql-codegen', import.meta.url)),
    args: ['--config', 'codegen.ts', '--check'],
    folder: 'apps/web',
  },
];

interface Outcome {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

function run(check: Check): Promise<Outcome> {
  const started = performance.now();
  return new Promise((settle) => {
    const finish = (ok: boolean, output: string) => settle({ name: check.name, ok, seconds: (performance.now() - started) / 1000, output });
    if (!existsSync(check.command)) return finish(false, `${check.command} is missing: run npm run setup`);
    const child = spawn(check.command, check.args, {
      cwd: resolve(root, check.folder ?? '.'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => finish(false, error.message));
    child.on('close', (code) => finish(code === 0, output));
  });
}

const report = process.argv.find((word) => word.startsWith('--report='))?.slice('--report='.length);
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const queue = wanted.length > 0 ? checks.filter((check) => wanted.some((word) => check.name.includes(word))) : [...checks];
const outcomes: Outcome[] = [];
const lane = async (): Promise<void> => {
  for (let check = queue.shift(); check; check = queue.shift()) {
    const outcome = await run(check);
    outcomes.push(outcome);
    console.log(`${outcome.ok ? 'ok    ' : 'FAILED'} ${outcome.name} (${outcome.seconds.toFixed(1)} s)`);
    if (!outcome.ok) console.log(outcome.output.trim().replace(/^/gm, '       '));
  }
};
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
const failed = outcomes.filter((outcome) => !outcome.ok);
if (report !== undefined) writeFileSync(report, JSON.stringify({ passed: outcomes.length - failed.length, failed: failed.length }));
console.log(
  failed.length === 0 ? `verify: ${outcomes.length} checks passed` : `verify: ${failed.map((outcome) => outcome.name).join(', ')} failed`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
