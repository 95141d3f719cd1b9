import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import sharp from 'sharp';

/** Cookies of somebody who signed in. */
export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface Photographed {
  readonly name: string;
  readonly path: string;
  /** What has to be done or seen before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
const schemes = ['light', 'dark'] as const;

/** Photographs pages at 1440 and 390 px, light and dark; both schemes side by side, as most of the time is waiting. */
export async function photograph(options: {
  readonly browser: Browser;
  readonly address: string;
  readonly folder: string;
  readonly pages: readonly Photographed[];
  /** Nobody where left out. */
  readonly as?: SignedIn;
}): Promise<void> {
  const { browser, address, folder, pages, as } = options;
  for (const viewport of widths) {
    const inScheme = async (colorScheme: (typeof schemes)[number]): Promise<void> => {
      const context = await browser.newContext({
        baseURL: address,
        viewport,
        colorScheme,
        reducedMotion: 'reduce',
        ...(as ? { storageState: as } : {}),
      });
      const page = await context.newPage();
      for (const { name, path, prepare } of pages) {
        // An address that differs in what is behind the # alone would not load the page anew.
        await page.goto('about:blank');
        await page.goto(path, { waitUntil: 'networkidle' });
        await prepare?.(page);
        const picture = await settled(page);
        await writeFile(
          join(folder, `${name}-${viewport.width}-${colorScheme}.webp`),
          await sharp(picture).webp({ quality: 72, effort: 6, smartSubsample: true }).toBuffer(),
        );
      }
      await context.close();
    };
    await Promise.all(schemes.map(inScheme));
  }
}

/** What is still on its way: lists that load, thumbnails that are not painted. */
const unfinished = '[aria-busy="true"], [role="option"] canvas.invisible';

/** The picture of a page once nothing is on its way any more and two pictures in a row are the same, or will not be. */
async function settled(page: Page): Promise<Buffer> {
  const take = (): Promise<Buffer> => page.screenshot({ animations: 'disabled', caret: 'hide' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  for (let attempt = 0; attempt < 100 && (await page.locator(unfinished).count()) > 0; attempt++) await page.waitForTimeout(300);
  let before = await take();
  for (let attempt = 0; attempt < 12; attempt++) {
    await page.waitForTimeout(300);
    const now = await take();
    if (now.equals(before)) break;
    before = now;
  }
  return before;
}
