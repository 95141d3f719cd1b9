import { canvasBounds } from '../support/canvas.ts';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

test('a variant is made with one change, seen on real images, compared, renamed, archived and deleted', async ({ page }) => {
  const base = await signIn(page);
  const latent = page.locator('[data-option="model.latent"]');

  await test.step('what is wrong stands at its option and keeps the recipe from being saved', async () => {
    await page.goto(`${base}/recipes`);
    await page.getByRole('link', { name: 'New variant' }).click();
    await latent.getByRole('textbox').fill('many');
    await expect(latent.getByRole('alert')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save variant' })).toBeDisabled();
    await latent.getByRole('textbox').fill('17');
    await expect(latent.getByRole('alert')).toBeHidden();
    await expect(page.getByLabel('Name of the new variant')).toHaveValue('sample/ae latent 17');
  });

  await test.step('an option that does nothing in this regime says why, and takes part in another', async () => {
    const side = page.locator('[data-option="orientation.side"]');
    await expect(side).toContainText('This regime has no localisation network.');
    await page.locator('[data-option="regime.kind"]').getByRole('combobox').click();
    await page.getByRole('option', { name: /normalised, frozen/ }).click();
    await expect(side).not.toContainText('This regime has no localisation network.');
  });

  await test.step('four images are led through every step, and another draw changes what is seen', async () => {
    const input = page.locator('[data-step="input"] canvas');
    await expect(input).toHaveCount(4);
    await expect.poll(() => canvasBounds(input.first())).not.toBeNull();
    // The regime turns, so the turned patch is shown as well.
    await expect(page.locator('[data-step="turned"] canvas')).toHaveCount(4);
    const seen = (): Promise<string> => input.first().evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
    const before = await seen();
    await page.getByRole('button', { name: 'Roll again' }).click();
    await expect.poll(seen).not.toBe(before);
    await page
      .locator('[data-option="regime.kind"]')
      .getByRole('button', { name: /^Reset/ })
      .click();
    await expect(page.locator('[data-step="turned"]')).toHaveCount(0);
  });

  await test.step('it is saved, and differs in this one option from where it came from', async () => {
    await page.getByLabel('Name of the new variant').fill('seventeen');
    await page.getByRole('button', { name: 'Save variant' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'seventeen' })).toBeVisible();
    await expect(latent.getByRole('textbox')).toHaveValue('17');
    await page.getByRole('link', { name: 'Differences' }).click();
    await expect(page.getByText('1 option differs.')).toBeVisible();
    const row = page.getByRole('row').filter({ hasText: 'model.latent' });
    await expect(row.getByRole('cell').last()).toHaveText('17');
    await page.reload();
    await expect(page.getByText('1 option differs.')).toBeVisible();
  });

  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  const choose = async (name: string, action: string | RegExp): Promise<void> => {
    await row(name)
      .getByRole('button', { name: /^More about/ })
      .click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await test.step('a name that is taken is refused at the field, another is taken', async () => {
    await page.goto(`${base}/recipes`);
    await choose('seventeen', 'Rename …');
    const dialog = page.getByRole('dialog', { name: 'Rename variant' });
    await dialog.getByLabel('Name').fill('first light');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect(dialog.getByRole('alert')).toContainText('first light already');
    await dialog.getByLabel('Name').fill('narrow');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect(row('narrow')).toBeVisible();
  });

  await test.step('an archived variant is out of the way until it is brought back; one with runs stays, one without can go', async () => {
    await choose('narrow', 'Archive');
    await expect(row('narrow')).toBeHidden();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(row('narrow')).toBeVisible();
    await row('first light')
      .getByRole('button', { name: /^More about/ })
      .click();
    await expect(page.getByRole('menuitem', { name: /^Delete/ })).toHaveAttribute('aria-disabled', 'true');
    await expect(page.getByRole('menuitem', { name: /^Delete/ })).toContainText('archive it instead');
    await page.keyboard.press('Escape');
    await choose('narrow', /^Delete/);
    await page.getByRole('dialog', { name: 'Delete narrow?' }).getByRole('button', { name: 'Delete variant' }).click();
    await expect(row('narrow')).toBeHidden();
    await expect(row('first light')).toBeVisible();
  });
});

test('a finished run is the beginning of a variant with one change', async ({ page }) => {
  const base = await signIn(page);
  await page.goto(`${base}/runs`);
  await page
    .getByRole('link', { name: /first light/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'With one change …' }).click();
  await page.locator('[data-option="training.epochs"]').getByRole('textbox').fill('5');
  await expect(page.getByText('1 option changed from first light, seed 1.')).toBeVisible();
  await page.getByRole('button', { name: 'Save variant' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'first light epochs 5' })).toBeVisible();
});
