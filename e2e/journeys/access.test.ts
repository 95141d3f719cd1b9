import type { Page } from '@playwright/test';
import { ensureOwner } from '../support/ensureOwner.ts';
import { addressOf, everyRoute, fillEveryPage, newcomer, type Filling } from '../support/everyPage.ts';
import { popupFindings, settled, skipFindings, structureFindings, tabFindings, widthFindings } from '../support/pageFindings.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn } from '../support/signIn.ts';
import { expect, platform, test } from '../support/test.ts';

test.describe.configure({ mode: 'serial' });

// What is found is told by name; a record of every look would take longer than the looks.
test.use({ trace: 'off' });

const widths = [390, 768, 1440, 2560];

/** Pages of people who are not signed in; the others are asked for by the owner. */
const outside = new Set(['/sign-in', '/welcome', '/join', '/shared']);

let filling: Filling;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  const page = await browser.newPage({ baseURL: platform.address });
  await ensureOwner(page.request);
  await signIn(page);
  filling = await fillEveryPage(page);
  await page.close();
});

async function open(page: Page, route: string): Promise<void> {
  await page.goto(addressOf(route, filling), { waitUntil: 'domcontentloaded' });
  await settled(page);
}

test('every page is read and used by keyboard alone, from 390 to 2560 px, light and dark', async ({ page, browser, errors }) => {
  test.setTimeout(900_000);
  await signIn(page);
  const stranger = await browser.newContext({ baseURL: platform.address, viewport: { width: 1440, height: 900 } });
  const beginner = await newcomer(browser, page);
  const findings: string[] = [];
  const titles = new Map<string, string>();

  async function look(route: string): Promise<void> {
    // Home leads on to a project, where there is one.
    const shown = await (route === '/' ? beginner : outside.has(route) ? stranger : page.context()).newPage();
    shown.on('pageerror', ({ message }) => errors.push(`${route}: ${message}`));
    const found: string[] = [];
    await open(shown, route).catch((error: unknown) => found.push(`it does not settle: ${String(error)}`));
    found.push(...(await structureFindings(shown)));
    const title = await shown.title();
    if (titles.has(title)) found.push(`it has the title of ${titles.get(title)}`);
    titles.set(title, route);
    found.push(...(await ruleBreaks(shown, { besides: ['best-practice'] })));
    await shown.emulateMedia({ colorScheme: 'dark' });
    // The theme changes no more than colours.
    found.push(...(await ruleBreaks(shown, { only: ['color-contrast'] })).map((what) => `dark: ${what}`));
    found.push(...(await widthFindings(shown, widths)));
    found.push(...(await skipFindings(shown)), ...(await tabFindings(shown)));
    await shown.close();
    findings.push(...found.map((what) => `${route}: ${what}`));
  }

  // A few at a time: a page waits for its data while another is looked at.
  const waiting = everyRoute();
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      for (let route = waiting.shift(); route !== undefined; route = waiting.shift()) await look(route);
    }),
  );
  expect(findings).toEqual([]);
});

/** What opens over each page, by the names of what opens it; the frame's are looked at on the first. */
const opened: Readonly<Record<string, readonly RegExp[]>> = {
  '/projects/[projectId]': [/^Team /, /^Project /, /: account of /, /^Notifications/, /^Search /],
  '/projects/[projectId]/datasets': [/^New dataset/],
  '/projects/[projectId]/datasets/[datasetId]': [/^More about/],
  '/projects/[projectId]/evaluations': [/^New evaluation/],
  '/projects/[projectId]/recipes/form': [],
  '/projects/[projectId]/runs': [],
  '/projects/[projectId]/runs/[runId]': [],
  '/projects/[projectId]/experiments/[experimentId]': [],
  '/projects/[projectId]/compare/view': [/^Save$/, /^Export/],
  '/projects/[projectId]/compare/[comparisonId]': [/^Share/, /^More about/],
  '/account': [/^New token/],
  '/teams/[teamId]': [/^Invite$/],
  '/teams/[teamId]/webhooks': [/^New webhook/],
};

test('what opens over a page holds the focus, and Escape closes it and gives the focus back', async ({ page }) => {
  test.setTimeout(600_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page);
  const findings: string[] = [];
  for (const [route, names] of Object.entries(opened)) {
    await open(page, route);
    const controls = names.map((name) => page.getByRole('button', { name }).first());
    // And what says by itself that it opens something, a few of each page.
    const others = page.locator('main :is([aria-haspopup], button[role="combobox"]):visible');
    for (let k = 0; k < Math.min(await others.count(), 4); k++) controls.push(others.nth(k));
    for (const control of controls) findings.push(...(await popupFindings(page, control)).map((what) => `${route}: ${what}`));
  }

  await open(page, '/projects/[projectId]');
  const link = page.getByRole('link', { name: 'Skip to the page' });
  findings.push(...(await popupFindings(page, link, '?')), ...(await popupFindings(page, link, 'Control+k')));

  await open(page, '/projects/[projectId]/evaluations/[evaluationId]');
  // The grid has the focus, the arrows move what is chosen in it.
  const grid = page.getByRole('listbox', { name: 'Images of the evaluation' });
  await grid.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog');
  await expect(viewer.getByRole('img', { name: /^Residual/ }).first()).toBeVisible();
  findings.push(...(await ruleBreaks(page, { within: '[role="dialog"]' })).map((what) => `the opened image: ${what}`));
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await expect(grid).toBeFocused();
  expect(findings).toEqual([]);
});

test('nothing moves where reduced motion is asked for, high contrast marks what is chosen, and a state is read out', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  await signIn(page);
  await open(page, '/projects/[projectId]/runs/[runId]');
  const moving = `document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getComputedTiming().endTime > 1).length`;
  expect(await page.evaluate<number>(moving)).toBe(0);
  const outline = (selector: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).outlineStyle`);
  expect(await outline('nav[aria-label="Project"] [aria-current="page"]')).toBe('solid');
  await page.getByRole('button', { name: /: account of / }).press('Enter');
  await page.keyboard.press('ArrowDown');
  expect(await outline('[role="menuitem"][data-highlighted]')).toBe('solid');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status').filter({ hasText: 'succeeded' })).toBeVisible();
});
