import type { Locator, Page } from '@playwright/test';
import { ensureOwner } from '../support/ensureOwner.ts';
import { evaluatedModels } from '../support/models.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

test('variants are compared, the comparison is saved, shared with somebody without an account, and the link is revoked', async ({
  page,
  browser,
}) => {
  test.setTimeout(600_000);
  await ensureOwner(page.request);
  const base = await signIn(page);
  await test.step('two variants are trained from two seeds each', () =>
    evaluatedModels(page.request, [
      { variant: 'plain', seed: 1 },
      { variant: 'plain', seed: 2 },
      { variant: 'turned', seed: 1 },
      { variant: 'turned', seed: 2 },
    ]));

  await test.step('every evaluation and experiment can be chosen by hand, however many pages of them there are', async () => {
    // Pages of one, so that those at hand make several.
    await page.route('**/graphql', async (route) => {
      const body = route.request().postData() ?? '';
      if (!body.includes('"FinishedEvaluations"')) return route.continue();
      await route.continue({ postData: body.replace('first: 100', 'first: 1') });
    });
    await page.goto(`${base}/compare/new?by=evaluations`);
    const listed = page.getByRole('list', { name: 'Evaluations' }).getByRole('checkbox');
    await expect(listed).toHaveCount(1);
    for (let loaded = 2; loaded <= 4; loaded++) {
      await page.getByRole('button', { name: /^Show more of \d+/ }).click();
      await expect(listed).toHaveCount(loaded);
    }
    // The choice is in the address, which the page follows a moment later.
    await listed.last().click();
    await expect(listed.last()).toBeChecked();
    await expect(page.getByText('1 evaluation chosen.')).toBeVisible();
    await page.getByRole('searchbox', { name: 'Find an evaluation' }).fill('no such words');
    await expect(page.getByText(/has these words/)).toBeVisible();
    expect(await ruleBreaks(page)).toEqual([]);
    await page.unroute('**/graphql');
  });

  await test.step('variants and classes are chosen by keyboard, and stand in the address', async () => {
    await page.goto(`${base}/compare`);
    await page.getByRole('link', { name: 'New comparison' }).first().click();
    await expect(page.getByRole('button', { name: 'Compare' })).toBeDisabled();
    for (const name of ['plain', 'turned']) {
      await page.getByRole('checkbox', { name, exact: true }).focus();
      await page.keyboard.press('Space');
    }
    await expect(page.getByText('4 evaluations chosen.')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('checkbox', { name: 'turned', exact: true })).toBeChecked();
    await page.getByRole('link', { name: 'Compare', exact: true }).last().press('Enter');
    await expect(page).toHaveURL(/\/compare\/view\?variants=var_/);
  });

  await test.step('the tables hold mean ± spread over seeds and lead to the images; what differs is named', async () => {
    const detection = page.getByRole('region', { name: /Detection of defective pixels/ });
    await expect(detection.getByRole('link', { name: /^SSIM ROC ↑/ }).first()).toHaveText(/^\d\.\d{4} ± \d\.\d{4}/);
    await expect(detection.getByRole('link', { name: /^SSIM ROC ↑/ }).first()).toHaveAttribute(
      'href',
      /\/compare\/images\?evaluations=evl_[^&]+,evl_[^&]+&measure=ssim$/,
    );
    await expect(page.getByRole('region', { name: /^Paired differences to/ })).toContainText('[');
    await expect(page.getByText(/^1 option: Regime|options: .*Regime/)).toBeVisible();
    expect(await ruleBreaks(page)).toEqual([]);
  });

  await test.step('another IoU and reference are chosen at once, and the worker that has the scores makes their tables', async () => {
    let begun = 0;
    page.on('worker', () => begun++);
    const [iou, reference] = ['IoU', 'Reference'].map((name) => page.getByRole('combobox', { name, exact: true })) as [Locator, Locator];
    const label = 'IoU mean over 256 thresholds';
    await iou.click();
    await page.getByRole('option', { name: label }).click();
    await expect(iou).toHaveText(label, { timeout: 1_000 });
    await expect(page.getByText('IoU: mean over 256 thresholds.', { exact: true }).first()).toBeVisible();
    const other = (await reference.innerText()) === 'against turned' ? 'against plain' : 'against turned';
    const differences = page.getByRole('heading', { name: /^Paired differences to/ });
    const before = await differences.innerText();
    await reference.click();
    await page.getByRole('option', { name: other }).click();
    await expect(reference).toHaveText(other, { timeout: 1_000 });
    await expect(differences).not.toHaveText(before);
    await expect(page.getByText('The tables are being made')).toBeHidden();
    expect(begun).toBe(0);
  });

  await test.step('every part is one arrow key from the next, and draws', async () => {
    await tab(page, 'Tables').focus();
    for (const [name, seen] of [
      ['Curves', page.getByRole('img', { name: /validation loss$/ })],
      ['ROC/PR', page.getByRole('img', { name: /ROC over pixels/ })],
      ['Scores', page.getByRole('img', { name: /^Image scores of/ })],
      ['Ranks', page.getByRole('img', { name: 'Average ranks over metrics × classes' })],
      ['Orientation', page.getByRole('img', { name: /^J\(α\) of/ })],
      ['Sampler', page.getByRole('img', { name: 'Difference' }).first()],
    ] as const) {
      await page.keyboard.press('ArrowRight');
      await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true');
      await expect(seen).toBeVisible({ timeout: 30_000 });
      expect(await ruleBreaks(page), name).toEqual([]);
    }
  });

  await test.step('a box on the scatter lists its images, and the address keeps it', async () => {
    await tab(page, 'Scores').click();
    const brush = page.getByRole('application');
    const box = await brush.boundingBox();
    if (!box) throw new Error('There is no scatter.');
    await page.mouse.move(box.x + 1, box.y + 1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 1, box.y + box.height - 1, { steps: 4 });
    await page.mouse.up();
    const rows = page.getByRole('region', { name: 'Marked images' }).getByRole('row');
    await expect(page.getByText(/^\d+ images marked\.$/)).toBeVisible();
    const all = await rows.count();
    expect(all).toBeGreaterThan(5);
    await page.reload();
    await expect(rows).toHaveCount(all);
  });

  await test.step('the marked images and no others open side by side; their ranges are taken away, typed and in the address', async () => {
    const scatter = page.url();
    const brush = page.getByRole('application');
    const rows = page.getByRole('region', { name: 'Marked images' }).getByRole('row');
    const scores = (await rows.locator('td:nth-child(3)').allInnerTexts()).map(Number).sort((one, other) => one - other);
    const box = (await brush.boundingBox())!;
    // To between two scores of A in the middle, on an axis that leaves 4 % free on both sides.
    const middle = (scores[scores.length >> 1]! + scores[(scores.length >> 1) + 1]!) / 2;
    const [low, high] = [scores[0]!, scores.at(-1)!];
    await page.mouse.move(box.x + 1, box.y + 1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * (((middle - low) / (high - low) + 0.04) / 1.08), box.y + box.height - 1, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => rows.count()).toBeLessThan(scores.length + 1);
    const marked = Number(/^(\d+) images marked\.$/.exec(await page.getByText(/images marked\.$/).innerText())![1]);
    expect(marked).toBeGreaterThan(1);
    await page.getByRole('link', { name: `Open the ${marked} marked images` }).click();
    const told = page.getByRole('main').getByRole('status').filter({ hasText: ' images' });
    await expect(told).toHaveText(`${marked} of ${scores.length} images`);
    await expect(page.getByRole('listbox', { name: 'Images of the evaluations' }).getByRole('option')).toHaveCount(marked);
    await expect(page.getByText(/^A SSIM score \d\.\d{3,}–\d\.\d{3,}$/)).toBeVisible();
    expect(await ruleBreaks(page)).toEqual([]);
    await page.reload();
    await expect(told).toHaveText(`${marked} of ${scores.length} images`);

    await page.getByRole('button', { name: /^Take away: B SSIM score/ }).click();
    await page.getByRole('button', { name: /^Take away: A SSIM score/ }).click();
    await expect(told).toHaveText(`${scores.length} images`);
    await expect(page).toHaveURL(/^(?!.*score\.)/);
    // Where the ranges went is where the focus is.
    await expect(page.getByRole('button', { name: 'All scores' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'SSIM score of A from' }).fill(String(middle));
    await page.keyboard.press('Enter');
    expect(await ruleBreaks(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByText(/^A SSIM score from \d/)).toBeVisible();
    await expect(told).toHaveText(`${scores.filter((score) => score > middle).length} of ${scores.length} images`);

    await page.goto(scatter);
    await rows.getByRole('link').first().click();
    await expect(page.getByRole('dialog').getByText(new RegExp(`^\\d+ of ${scores.length}$`))).toBeVisible();
    await expect(page).toHaveURL(/score\.ssim=/);
    await page.goto(scatter);
    await brush.focus();
    await page.keyboard.press('Escape');
    await expect(page.getByText('Nothing is marked.')).toBeVisible();
  });

  await test.step('the tables leave as the command line writes them', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Tables as Markdown' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('tables.md');
  });

  await test.step('it is saved with the part that is open, renamed, duplicated; the copy is deleted and comes back', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByLabel('Name').fill('Turning on brick');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Turning on brick' })).toBeVisible();
    await expect(page).toHaveURL(/\/compare\/cmp_[^?]+$/);
    await expect(tab(page, 'Scores')).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('button', { name: 'More about Turning on brick' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Turning on brick (copy)' })).toBeVisible();
    await page.getByRole('button', { name: /^More about/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page).toHaveURL(/\/compare$/);
    const copy = page.getByRole('link', { name: 'Turning on brick (copy)' });
    await expect(copy).toBeHidden();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(copy).toBeVisible();
    expect(await ruleBreaks(page)).toEqual([]);
    await page.getByRole('link', { name: 'Turning on brick', exact: true }).click();
  });

  await test.step('a link shows it to a second browser without an account, and nothing once it is revoked', async () => {
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: 'Make link' }).click();
    const link = await page.getByLabel('the link', { exact: true }).innerText();
    expect(link).toMatch(/\/shared#[\w-]{43}$/);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const asked: string[] = [];
    const stranger = await context.newPage();
    stranger.on('request', (request) => asked.push(request.url()));
    await stranger.goto(link);
    await expect(stranger.getByRole('heading', { level: 1, name: 'Turning on brick' })).toBeVisible();
    await expect(tab(stranger, 'Scores')).toHaveAttribute('aria-selected', 'true');
    await tab(stranger, 'Tables').click();
    await expect(stranger.getByRole('region', { name: /Detection of defective pixels/ })).toContainText('±');
    await expect(stranger.getByRole('region', { name: /Detection of defective pixels/ }).getByRole('link')).toHaveCount(0);
    await expect(tab(stranger, 'Sampler')).toHaveCount(0);
    expect(await ruleBreaks(stranger)).toEqual([]);
    // The secret stays behind the #, and no file of the team is asked for.
    const secret = link.split('#')[1]!;
    expect(asked.filter((url) => url.split('#')[0]!.includes(secret) || url.includes('/files/'))).toEqual([]);

    await page.getByRole('region', { name: 'Links that live' }).getByRole('button', { name: 'Revoke' }).click();
    await expect(page.getByText('No link lives.')).toBeVisible();
    await expect(stranger.getByText('This link shows nothing')).toBeVisible({ timeout: 5_000 });
    await expect(stranger.getByText('Turning on brick')).toHaveCount(0);
    await context.close();
  });
});
