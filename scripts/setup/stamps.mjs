/** A stamp remembers what a step was made from, so that it runs again only when that has changed. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, workFolder } from './console.mjs';

const skipped = new Set(['node_modules', '.next', '.git', 'generated', 'dist', 'test-results']);

/** Every file below a path (or the path itself), relative to the root, sorted. @param {string} path @returns {string[]} */
function filesBelow(path) {
  const whole = join(root, path);
  if (!existsSync(whole)) return [];
  if (!lstatSync(whole).isDirectory()) return [path];
  return readdirSync(whole, { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name) && !/\.test\.tsx?$|\.tsbuildinfo$|^next-env\.d\.ts$/.test(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : entry.isFile() ? [join(path, entry.name)] : []))
    .sort();
}

/**
 * sha256 over names and contents of files and folders (relative to the root), and over what else decides the result.
 * @param {readonly string[]} paths @param {readonly string[]} others
 */
export function fingerprint(paths, others = []) {
  const hash = createHash('sha256').update(JSON.stringify([process.platform, process.arch, process.versions.modules, ...others]));
  for (const path of paths.flatMap(filesBelow)) hash.update(`\0${relative('.', path)}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/** @param {string} name */
const stampFile = (name) => join(workFolder, 'stamps', name);

/** Whether the step was last done from exactly this. @param {string} name @param {string} value */
export function isStamped(name, value) {
  return existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === value;
}

/** @param {string} name @param {string} value */
export function stamp(name, value) {
  mkdirSync(join(workFolder, 'stamps'), { recursive: true });
  writeFileSync(stampFile(name), value);
}

/** @param {string} name */
export function unstamp(name) {
  rmSync(stampFile(name), { force: true });
}
