/** The browser of the end-to-end tests and the screenshots: the distribution's Chromium, never a download of its own. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Explained, run, step } from './console.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of an installed Chromium, PLUMBLINE_CHROMIUM first; null when there is none. @returns {string | null} */
export function findChromium() {
  const chosen = process.env['PLUMBLINE_CHROMIUM'];
  if (chosen) {
    if (!existsSync(chosen)) throw new Explained(`PLUMBLINE_CHROMIUM names ${chosen}, which does not exist.`);
    return chosen;
  }
  const places = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find(isExecutable) ?? null;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Finds Chromium, or installs Debian's as root; otherwise says how to get it. @returns {Promise<string>} */
export async function needChromium() {
  const found = findChromium();
  if (found !== null) return found;
  const how = 'Install it (Debian, Ubuntu: sudo apt-get install chromium) or name one by PLUMBLINE_CHROMIUM.';
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).error === undefined;
  if (!hasApt || process.getuid?.() !== 0) throw new Explained(`The browser tests need Chromium, which was not found. ${how}`);
  await step('Installing Chromium', async () => {
    await run('apt-get', ['update', '--quiet'], { log: 'apt-update', remedy: how });
    await run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      log: 'apt-install',
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      remedy: how,
    });
  });
  const installed = findChromium();
  if (installed === null) throw new Explained(`Chromium was installed but cannot be found. ${how}`);
  return installed;
}
