import type { Locator, Page } from '@playwright/test';
import { ruleBreaks } from './ruleBreaks.ts';
import { expect } from './test.ts';

/** Where the focus went by Tab, and whether it could be seen there. */
interface Stop {
  readonly what: string;
  readonly seen: boolean;
}

/** Waits until the page shows what it came for: a heading, nothing busy, no grey blocks. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeVisible({ timeout: 60_000 });
  const busy = page.locator('[aria-busy="true"], .animate-pulse.bg-selected, .animate-pulse.bg-hover');
  await expect(busy).toHaveCount(0, { timeout: 60_000 });
}

/** What the whole page owes a reader: a title, one first heading, one main part. */
export async function structureFindings(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const found = [];
    const count = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length;
    if (count('h1') !== 1) found.push(count('h1') + ' first headings');
    if (count('main') !== 1) found.push(count('main') + ' main parts');
    if (!/^\\S.* · Plumbline$/.test(document.title)) found.push('the title ' + JSON.stringify(document.title));
    if (document.documentElement.lang !== 'en') found.push('no language');
    return found;
  })()`);
}

/** Neither the document nor the part that scrolls for it is wider than the screen. */
export async function widthFindings(page: Page, widths: readonly number[]): Promise<string[]> {
  const found: string[] = [];
  const before = page.viewportSize()!;
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    // A frame later everything that measures itself has been told.
    const wide = await page.evaluate<string[]>(`new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
      const scrolling = [document.documentElement, document.querySelector('main')].filter((one) => one !== null && one.scrollWidth > one.clientWidth + 1);
      const within = (one) => { for (let up = one.parentElement; up !== null && up.tagName !== 'MAIN'; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return true; return false; };
      resolve(scrolling.map((one) => {
        const edge = one.getBoundingClientRect().left + one.clientWidth;
        const out = [...one.querySelectorAll('*')].find((part) => part.getBoundingClientRect().right > edge + 1 && !within(part));
        return one.tagName.toLowerCase() + ' ' + one.scrollWidth + ' of ' + one.clientWidth + (out ? ': <' + out.tagName.toLowerCase() + '> ' + out.className + ' ' + (out.textContent ?? '').slice(0, 40) : '');
      }));
    }, 60)))`);
    found.push(...wide.map((what) => `${width} px: ${what}`));
  }
  await page.setViewportSize(before);
  return found;
}

/** The first stop of Tab leads past the frame. */
export async function skipFindings(page: Page): Promise<string[]> {
  const link = page.getByRole('link', { name: 'Skip to the page' });
  if ((await link.count()) !== 1) return ['no link past the frame'];
  await page.evaluate('document.activeElement?.blur()');
  await link.focus();
  const box = await link.boundingBox();
  const found = box && box.y >= 0 ? [] : ['the link past the frame is not seen when it has the focus'];
  await link.press('Enter');
  const at = await page.evaluate<string>('document.activeElement?.tagName ?? ""');
  return at === 'MAIN' ? found : [...found, `the link past the frame leads to ${at}`];
}

/** Walks the whole page by Tab from its beginning: every control is a stop, and the focus is seen at each. */
export async function tabFindings(page: Page): Promise<string[]> {
  const found = await walk(page, 20);
  // Rows of a long list are made as they come into sight: where any control was passed over, each press waits for the next picture.
  return found.length > 0 ? walk(page, 1) : found;
}

/** @param atOnce presses that are sent without waiting for each: the browser takes them in turn */
async function walk(page: Page, atOnce: number): Promise<string[]> {
  await page.getByRole('link', { name: 'Skip to the page' }).focus();
  await page.evaluate(`(() => {
    const describe = (one) => '<' + one.tagName.toLowerCase() + (one.getAttribute('role') ? ' ' + one.getAttribute('role') : '') + '> ' + (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent ?? '').trim().slice(0, 50);
  // A look that only the focus gives: an outline, or another frame or shadow of the element or of what it fills.
    const outlined = (one) => { const { outlineStyle, outlineWidth } = getComputedStyle(one); return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1; };
    const visible = (one) => { const box = one.getBoundingClientRect(); return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight; };
    const walk = { stops: [], elements: new Set(), describe };
    walk.listener = ({ target }) => {
      // A field may leave it to what it fills to show the focus.
      const frame = target.parentElement;
      const looks = [target, frame, frame?.parentElement, ...(target.labels ?? [])].filter(Boolean);
      walk.elements.add(target);
      // A group hands the focus on to one of its parts.
      if (document.activeElement !== target) return;
      walk.stops.push({ what: describe(target), seen: looks.some((one) => outlined(one) && visible(one)) });
    };
    addEventListener('focusin', walk.listener);
    walk.elements.add(document.activeElement);
    window.tabWalk = walk;
  })()`);
  for (let presses = 0, stops = 1, still = 0; presses < 600 && still < 20; presses += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, () => page.keyboard.press('Tab')));
    const now = await page.evaluate<number>(
      'new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(window.tabWalk.elements.size))))',
    );
    still = now === stops ? still + atOnce : 0;
    stops = now;
  }
  const { stops, missed } = await page.evaluate<{ stops: Stop[]; missed: string[] }>(`(() => {
    const { stops, elements, listener, describe } = window.tabWalk;
    removeEventListener('focusin', listener);
    const controls = 'a[href], button, input, select, textarea, summary, [role="button"], [role="link"], [role="checkbox"], [role="switch"], [role="slider"], [role="combobox"], [role="textbox"]';
    const missed = [...document.querySelectorAll(controls)].filter((one) =>
      !elements.has(one) && !one.disabled && one.getAttribute('aria-disabled') !== 'true' && one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], [aria-hidden="true"]') &&
      // A button opens its choice of files.
      !(one.type === 'file' && one.tabIndex < 0) &&
      // One of a group that arrows move within: the group has a stop.
      !(one.type === 'radio' && [...elements].some((other) => other.name === one.name)) &&
      !(one.tabIndex < 0 && one.closest('[role="radiogroup"], [role="tablist"], [role="listbox"], [role="grid"], [role="toolbar"], [role="group"]')) );
    return { stops, missed: missed.map(describe) };
  })()`);
  const unseen = stops.filter(({ seen }) => !seen).map(({ what }) => what);
  return [
    ...[...new Set(unseen)].map((what) => `the focus is not seen at ${what}`),
    ...[...new Set(missed)].map((what) => `Tab does not reach ${what}`),
  ];
}

const open = ':is([role="dialog"], [role="menu"], [role="listbox"])[data-state="open"]';

/**
 * Opens what a control opens by Enter: axe looks at it, Tab stays in a dialog, and Escape closes it and gives the focus back to the control.
 * @param key another key, for what no control opens; the focus then goes back to the link past the frame
 */
export async function popupFindings(page: Page, control: Locator, key = 'Enter'): Promise<string[]> {
  await control.focus();
  const name = ((await control.getAttribute('aria-label')) ?? (await control.innerText())).replace(/\s+/g, ' ').trim();
  await page.keyboard.press(key);
  const popup = page.locator(open);
  try {
    await expect(popup).toHaveCount(1, { timeout: 10_000 });
  } catch {
    return [`${key} on ${name} opens ${await popup.count()}`];
  }
  // An option is named by its title; the line below that is no part of the name.
  const found = (await ruleBreaks(page, { within: open, without: ['label-content-name-mismatch'] })).map(
    (what) => `opened by ${name}: ${what}`,
  );
  const focused = () => page.evaluate<boolean>(`document.activeElement.closest(${JSON.stringify(open)}) !== null`);
  if (!(await focused())) found.push(`${name} opens something that does not take the focus`);
  if ((await popup.getAttribute('role')) === 'dialog') {
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Tab');
    if (!(await focused())) found.push(`Tab leaves what ${name} opened`);
  }
  await page.keyboard.press('Escape');
  try {
    await expect(popup).toHaveCount(0, { timeout: 5_000 });
    await expect(control).toBeFocused({ timeout: 2_000 });
  } catch {
    found.push(`Escape leaves ${(await popup.count()) > 0 ? 'it open' : 'the focus elsewhere'} after ${name}`);
    await page.keyboard.press('Escape');
  }
  return found;
}
