import { planDataset, readTexture, renderImage } from '@plumbline/samples';
import { canvasBounds, outlineBounds, type Box } from '../support/canvas.ts';
import { expect, owner, platform, test } from '../support/test.ts';

/** What a new user does first, on the platform as it is started, with the engine that trains. */
test('from the first owner’s link to the outline of a defect on its residual map', async ({ page }) => {
  await test.step('the one-time link makes the owner’s account and signs in', async () => {
    await page.goto(platform.welcome);
    await page.getByLabel('Your name').fill(owner.name);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sample: three textures' })).toBeVisible();
  });

  await test.step('the sample’s own training, which would keep the worker busy, can be cancelled', async () => {
    await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Runs' }).click();
    await page
      .getByRole('link', { name: /sample\/ae/ })
      .first()
      .click({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: /cancel/i })
      .last()
      .click();
    await expect(page.getByText('cancelled', { exact: true })).toBeVisible();
  });

  await test.step('the sample dataset holds its images and masks', async () => {
    await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Datasets' }).click();
    await page.getByRole('link', { name: 'brick', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'brick' })).toBeVisible();
    await expect(page.getByText('42 defective, 42 masks')).toBeVisible();
    await page.getByRole('link', { name: 'Train', exact: true }).click();
  });

  await test.step('a training is started, and its curve moves while it runs', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'New training' })).toBeVisible();
    // Key by key, as people type: what the address holds must not fall back between two of them.
    for (const [label, text] of [
      ['Epochs', '4'],
      [/Training patches/, '160'],
      ['Variant', 'first light'],
    ] as const) {
      const field = page.getByLabel(label);
      await field.selectText();
      await field.pressSequentially(text, { delay: 30 });
      await expect(field).toHaveValue(text);
    }
    await expect(
      page.getByText(/^4 epochs of 160 patches .*(about .*, evaluation included|known once a first training has run)/),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Start training' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'first light on brick' })).toBeVisible();
    const curve = page.getByRole('img', { name: /^Loss over/ });
    await expect(curve).toBeVisible({ timeout: 90_000 });
    const steps = async (): Promise<number> =>
      Number(/[\d,]+/.exec((await curve.getAttribute('aria-label')) ?? '')?.[0].replace(',', '') ?? 0);
    const first = await steps();
    await expect.poll(steps, { timeout: 60_000 }).toBeGreaterThan(first);
  });

  await test.step('its evaluation follows by itself', async () => {
    await page.getByRole('link', { name: 'Evaluation', exact: true }).click({ timeout: 120_000 });
    await expect(page.getByRole('listbox', { name: 'Images of the evaluation' })).toBeVisible({ timeout: 60_000 });
  });

  await test.step('a defective image opens, and the outline on its residual map lies where the defect is', async () => {
    await page.getByRole('button', { name: 'All labels' }).click();
    await page.getByRole('menuitemcheckbox', { name: /^stain/ }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: /003\.png/ }).click();
    const viewer = page.getByRole('dialog', { name: /003\.png/ });
    await expect(viewer).toBeVisible();
    const residual = viewer.getByRole('img', { name: /^Residual.*of the image$/ });
    await expect.poll(() => canvasBounds(residual)).not.toBeNull();

    const toggle = viewer.getByLabel('Ground-truth outline');
    await expect(toggle).toBeChecked();
    const outline = await outlineBounds(residual, () => toggle.setChecked(false));
    const truth = await truthBounds('stain', '003');
    for (const side of ['left', 'top', 'right', 'bottom'] as const) expect(Math.abs(outline[side] - truth[side]), side).toBeLessThan(0.035);
  });
});

/** Where the sample's defect lies, as shares of the image's width and height. */
async function truthBounds(label: string, stem: string): Promise<Box> {
  const planned = planDataset('brick').find((image) => image.label === label && image.stem === stem);
  if (planned === undefined) throw new Error(`The sample has no ${label} ${stem}.`);
  const { image, mask } = renderImage(await readTexture('brick'), planned);
  const inside = [...(mask ?? [])].flatMap((value, index) =>
    value === 1 ? [{ x: index % image.width, y: Math.floor(index / image.width) }] : [],
  );
  const xs = inside.map(({ x }) => x);
  const ys = inside.map(({ y }) => y);
  return {
    left: Math.min(...xs) / image.width,
    top: Math.min(...ys) / image.height,
    right: (Math.max(...xs) + 1) / image.width,
    bottom: (Math.max(...ys) + 1) / image.height,
  };
}
