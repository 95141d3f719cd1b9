/** `npm test`: set-up, verify, unit, integration, end-to-end. `npm test -- unit e2e` runs only those. Ends with 1 if anything failed. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { failures } from './failures.mjs';
import { needChromium } from './setup/chromium.mjs';
import { bold, duration, Explained, green, program, red, root, say, workFolder } from './setup/console.mjs';
import { setUp } from './setup/steps.mjs';
import { wordsOrHelp } from './setup/usage.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ name: string, milliseconds: number, counts: Counts, ok: boolean }} Outcome */

const reports = join(workFolder, 'reports');

/** @param {string} name */
const bin = (name) => join(root, 'node_modules/.bin', name);

/** @param {string} command @param {string[]} args @param {Record<string, string>} [env] @returns {Promise<boolean>} */
function passes(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.once('error', (error) => {
      say(red(`${command}: ${error.message}`));
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
}

/** @param {string} file @returns {Record<string, unknown>} */
function report(file) {
  try {
    return /** @type {Record<string, unknown>} */ (JSON.parse(readFileSync(join(reports, file), 'utf8')));
  } catch {
    return {};
  }
}

/** @param {unknown} value */
const count = (value) => (typeof value === 'number' ? value : 0);

/** @param {string} project @returns {() => Promise<[boolean, Counts]>} */
const vitest = (project) => async () => {
  const file = `${project}.json`;
  const ok = await passes(bin('vitest'), [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, file)}`,
  ]);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report(file);
  return [ok, { passed: count(numPassedTests), failed: count(numFailedTests), skipped: count(numPendingTests) + count(numTodoTests) }];
};

/** @returns {Promise<[boolean, Counts]>} */
async function verify() {
  const ok = await passes(bin('tsx'), ['scripts/verify.ts', `--report=${join(reports, 'verify.json')}`]);
  const { passed, failed } = report('verify.json');
  return [ok, { passed: count(passed), failed: count(failed), skipped: 0 }];
}

/** @returns {Promise<[boolean, Counts]>} */
async function endToEnd() {
  const chromium = await needChromium();
  const ok = await passes(bin('playwright'), ['test', '--config', 'e2e/playwright.config.ts'], {
    PLUMBLINE_CHROMIUM: chromium,
    PLUMBLINE_E2E_REPORT: join(reports, 'e2e.json'),
  });
  const stats = /** @type {Record<string, unknown>} */ (report('e2e.json')['stats'] ?? {});
  return [
    ok,
    { passed: count(stats['expected']) + count(stats['flaky']), failed: count(stats['unexpected']), skipped: count(stats['skipped']) },
  ];
}

/** @type {Record<string, () => Promise<[boolean, Counts]>>} */
const phases = { verify, unit: vitest('unit'), integration: vitest('integration'), e2e: endToEnd };

/** @param {string} name @param {() => Promise<[boolean, Counts]>} work @returns {Promise<Outcome>} */
async function phase(name, work) {
  say(`\n${bold(`── ${name} `.padEnd(72, '─'))}`);
  const started = performance.now();
  try {
    const [ok, counts] = await work();
    // A file that cannot even be loaded fails without a failed test in it.
    if (!ok && counts.failed === 0) counts.failed = 1;
    return { name, ok, counts, milliseconds: performance.now() - started };
  } catch (error) {
    if (!(error instanceof Explained)) throw error;
    say(red(error.message));
    return { name, ok: false, counts: { passed: 0, failed: 1, skipped: 0 }, milliseconds: performance.now() - started };
  }
}

const wanted = wordsOrHelp(
  'npm test',
  `
npm test                  Sets up what is missing, then checks everything: verify, unit, integration, e2e. Ends with 1 if anything failed.
npm test -- unit e2e      Only those.

  verify                  types, lint, format, boundaries, unused code, drift of generated files
  unit                    pure tests, seconds
  integration             real PostgreSQL, queue and engine
  e2e                     Chromium against the started platform`,
  Object.keys(phases),
);

await program(async () => {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const started = performance.now();
  /** @type {Outcome[]} */
  const outcomes = [];
  outcomes.push(
    await phase('set-up', async () => {
      await setUp();
      return [true, { passed: 0, failed: 0, skipped: 0 }];
    }),
  );
  if (outcomes[0]?.ok === true) {
    for (const [name, work] of Object.entries(phases))
      if (wanted.length === 0 || wanted.includes(name)) outcomes.push(await phase(name, work));
  }

  say(`\n${bold('── summary '.padEnd(72, '─'))}`);
  const all = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, ok, counts, milliseconds } of outcomes) {
    all.passed += counts.passed;
    all.failed += counts.failed;
    all.skipped += counts.skipped;
    const figures = name === 'set-up' ? '' : `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
    say(`${ok ? green('ok    ') : red('FAILED')} ${name.padEnd(12)} ${duration(milliseconds).padStart(12)}   ${figures}`);
  }
  for (const line of failures(report)) say(red(`✗ ${line}`));
  say(`Everything took ${duration(performance.now() - started)}.`);
  say(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`);
  if (all.failed > 0) process.exitCode = 1;
});
