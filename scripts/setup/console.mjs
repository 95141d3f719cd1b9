/** What set-up, start and test print. Plain Node: nothing here may need an installed package. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Stamps and logs of the set-up; not committed. */
export const workFolder = join(root, '.plumbline');

const colourful = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
/** @param {string} code @param {string} text */
const paint = (code, text) => (colourful ? `\u001b[${code}m${text}\u001b[0m` : text);
/** @param {string} text */
export const bold = (text) => paint('1', text);
/** @param {string} text */
export const dim = (text) => paint('2', text);
/** @param {string} text */
export const green = (text) => paint('32', text);
/** @param {string} text */
export const red = (text) => paint('31', text);
/** @param {string} text */
export const yellow = (text) => paint('33', text);

/** @param {string} text */
export function say(text = '') {
  process.stdout.write(`${text}\n`);
}

/** A duration for people: "0.4 s", "12 s", "2 min 5 s". @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** A failure that is explained by its message alone; no stack is shown. */
export class Explained extends Error {}

/**
 * Does one step and says how long it took.
 * @template T
 * @param {string} title what is done, in the present ("Installing packages")
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  say(`  ${dim('…')} ${title}`);
  try {
    const result = await work();
    say(`  ${green('✓')} ${title} ${dim(duration(performance.now() - started))}`);
    return result;
  } catch (error) {
    say(`  ${red('✗')} ${title} ${dim(duration(performance.now() - started))}`);
    throw error;
  }
}

/** Children that still run, so that an interrupted set-up leaves none behind. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
function endInterrupted() {
  for (const child of running) child.kill('SIGTERM');
  process.exit(130);
}
for (const signal of signals) process.on(signal, endInterrupted);

/** From here on `stop` decides what an interrupt does. @param {() => void} stop */
export function onInterrupt(stop) {
  for (const signal of signals) process.off(signal, endInterrupted).on(signal, stop);
}

/**
 * Runs a command; its output goes to `.plumbline/<log>.log` and, when it fails, the last lines of it into the error.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log: string, cwd?: string, env?: Record<string, string>, show?: boolean, remedy?: string }} options
 *   show: print the output as it comes (a progress bar needs the terminal itself) instead of keeping it.
 * @returns {Promise<void>}
 */
export function run(command, args, { log, cwd = root, env = {}, show = false, remedy = '' }) {
  const file = join(workFolder, `${log}.log`);
  mkdirSync(dirname(file), { recursive: true });
  const output = show ? 'inherit' : openSync(file, 'w');
  // As a package manager's scripts have it: programs start others by their bare name.
  const path = [join(cwd, 'node_modules/.bin'), join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env, PATH: path }, stdio: ['ignore', output, output] });
    if (typeof output === 'number') closeSync(output);
    running.add(child);
    /** @param {string} reason */
    const fail = (reason) => reject(new Explained([reason, show ? '' : tail(file), remedy].filter(Boolean).join('\n')));
    child.once('error', (error) => fail(`${command} could not be started: ${error.message}.`));
    child.once('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve();
      else fail(`${[command, ...args].join(' ')} ended with ${signal ?? `code ${code}`}${show ? '.' : ` (all of its output: ${file}).`}`);
    });
  });
}

/** The last lines of a log. @param {string} file @param {number} lines */
export function tail(file, lines = 25) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/** Runs a program's main function; explained failures end it with 1 and their message. @param {() => Promise<void>} main */
export async function program(main) {
  try {
    await main();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Explained) process.stderr.write(`\n${red(error.message)}\n`);
    else throw error;
  }
}
