import type { Page } from '@playwright/test';
import { scrollThrough } from './frames.ts';
import { heapOf, renderersOf } from './memory.ts';

interface MemorySample {
  /** Bytes of the page's own heap after a collection. */
  readonly heap: number;
  /** Bytes that all renderers hold, workers and canvases with them. */
  readonly renderers: number;
}

/**
 * Looks through images side by side as a person in a hurry does: scrolls, orders anew, opens images, zooms, changes window and measure, compares.
 * @returns a sample a minute
 */
export async function browseFor(page: Page, minutes: number, say: (line: string) => void): Promise<MemorySample[]> {
  const samples: MemorySample[] = [];
  const until = performance.now() + 60_000 * minutes;
  let round = 0;
  let opened = 0;
  for (let next = performance.now() + 60_000; performance.now() < until; round++) {
    await scrollThrough(page, 'listbox', 30);
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page
      .getByRole('option')
      .nth(round % 4)
      .click();
    const grid = page.getByRole('listbox', { name: 'Images of the evaluations' });
    await grid.focus();
    await page.keyboard.press(round % 2 === 0 ? 'Home' : 'End');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    for (let step = 0; step < 12; step++, opened++) {
      await page.waitForTimeout(300);
      for (const key of ['=', '=', 'm', 'd', 'd', 'p', '0'].slice(0, 2 + (step % 6))) await page.keyboard.press(key);
      await page.keyboard.press(round % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    if (performance.now() < next) continue;
    next += 60_000;
    samples.push({ heap: await heapOf(page), renderers: await renderersOf(page) });
    const { heap, renderers } = samples.at(-1)!;
    say(
      `minute ${samples.length}, ${opened} images opened: heap ${Math.round(heap / 1e6)} MB, renderers ${Math.round(renderers / 1e6)} MB`,
    );
  }
  return samples;
}
