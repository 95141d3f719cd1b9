/**
 * `pnpm screenshots`: photographs every page at 1440 and 390 px, light and dark, into docs/screenshots, from where the guide takes its pictures.
 * Starts a platform of its own on a new data directory, and waits until its first model and a small experiment have been trained and evaluated (ten
 * minutes or so). `pnpm screenshots NAME …` keeps to the pages whose name contains one of the words. `--at ADDRESS` takes a platform that runs: the
 * one-time link that a new one printed, and later its address, where what the first call made is there already.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { launchPlatform } from './platform/launch.ts';
import { doors, signedInPages } from './screenshots/pages.ts';
import { becomeOwner, owner, signIn } from './screenshots/people.ts';
import { photograph, type Photographed } from './screenshots/photograph.ts';
import { makeScene } from './screenshots/scene.ts';
import { needChromium } from './setup/chromium.mjs';
import { Explained, program, root, say, step } from './setup/console.mjs';

const folder = join(root, 'docs/screenshots');
const { values, positionals: words } = parseArgs({ allowPositionals: true, options: { at: { type: 'string' } } });
const wanted = ({ name }: Photographed): boolean => words.length === 0 || words.some((word) => name.includes(word));

/** @param link the one-time link of a new platform, or the address of one that has its owner */
async function photographAll(browser: Browser, link: string): Promise<void> {
  const address = new URL(link).origin;
  const isNew = new URL(link).searchParams.has('token');
  const take = (pages: readonly Photographed[]) => ({ browser, address, folder, pages: pages.filter(wanted) });
  if (isNew) await step('The welcome page', () => photograph(take([{ name: 'welcome', path: link }])));
  const as = await (isNew ? becomeOwner(browser, link) : signIn(browser, address, owner));
  const scene = await step('Waiting for models to be trained and evaluated', () => makeScene(browser, address, as));
  await step('Pages without an account', () => photograph(take(doors(scene))));
  await step('Every page of the sample project', () => photograph({ ...take(signedInPages(scene)), as }));
  say(`  In ${folder}`);
}

await program(async () => {
  const executablePath = await needChromium();
  await mkdir(folder, { recursive: true });
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--no-proxy-server'];
  const browser = await chromium.launch({ executablePath, args });
  const data = await mkdtemp(join(tmpdir(), 'plumbline-screenshots-'));
  try {
    if (values.at !== undefined) return await photographAll(browser, values.at);
    const platform = await step('Starting a platform of its own', () => launchPlatform({ data }));
    try {
      if (platform.welcome === null) throw new Explained('The new platform printed no link for its owner.');
      await photographAll(browser, platform.welcome);
    } finally {
      await platform.stop();
    }
  } finally {
    await browser.close();
    await rm(data, { recursive: true, force: true });
  }
});
