/** What the machine must have, said before anything is installed. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { Explained, root, say, yellow } from './console.mjs';

const [leastMajor, leastMinor] = [20, 19];
/** Packages 1.6 GB, engine 1.5 GB while it is unpacked, data. */
const leastFreeGigabytes = { fresh: 5, installed: 1 };

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Explained(
    `Plumbline needs Node ${leastMajor}.${leastMinor} or newer, but this is ${process.versions.node}. Install Node 22 from https://nodejs.org and try again.`,
  );
}

function checkDisk() {
  const { bavail, bsize } = fs.statfsSync(root);
  const free = (bavail * bsize) / 1e9;
  const needed = fs.existsSync(join(root, 'node_modules/.modules.yaml')) ? leastFreeGigabytes.installed : leastFreeGigabytes.fresh;
  if (free >= needed) return;
  throw new Explained(`The disk of ${root} has ${free.toFixed(1)} GB free, but ${needed} GB are needed. Free some space and try again.`);
}

function noteTools() {
  const wanted = process.env['PLUMBLINE_TENSORFLOW'] ?? 'auto';
  if (process.env['PLUMBLINE_ENGINE'] === 'wasm' || wanted === 'none') return;
  const missing = [
    ['python3', 'Python 3'],
    ['c++', 'a C++ compiler'],
    ['make', 'make'],
  ].filter(([command]) => spawnSync(String(command), ['--version'], { stdio: 'ignore' }).error !== undefined);
  if (missing.length === 0) return;
  say(
    `  ${yellow('!')} Not found: ${missing.map(([, name]) => name).join(', ')}. Without them training runs on WebAssembly, about five times slower.`,
  );
}

/** Checks Node and disk space; what only makes things slower is a note. */
export function preflight() {
  checkNode();
  checkDisk();
  noteTools();
}
