import { addColleague } from '../support/addColleague.ts';
import { ensureOwner } from '../support/ensureOwner.ts';
import { evaluatedModels } from '../support/models.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn, signInAs } from '../support/signIn.ts';
import { expect, platform, test } from '../support/test.ts';

const colleague = { name: 'Carla Colleague', email: 'carla@example.org', password: 'four words are enough' };

test('a region is commented on with a mention, found by the other person, opened as it was seen, answered and settled live', async ({
  page,
  browser,
  request,
}) => {
  // A model is trained and evaluated first, behind whatever the worker has in hand.
  test.setTimeout(480_000);
  await ensureOwner(request);
  const base = await signIn(page);
  const [evaluationId] = await evaluatedModels(page.request, [{ variant: 'plain', seed: 1 }]);
  await addColleague(page.request, colleague);
  const context = await browser.newContext({ baseURL: platform.address, viewport: { width: 1440, height: 900 } });
  const other = await context.newPage();
  await signInAs(other, colleague);
  const errors: string[] = [];
  other.on('pageerror', (error) => errors.push(error.message));
  const viewer = page.getByRole('dialog');
  const words = 'Look at this seam, @Carla Colleague please';

  await test.step('a region of the residual is drawn and commented on; @ completes the name', async () => {
    await page.goto(`${base}/evaluations/${evaluationId}`);
    await page.getByRole('option').first().click();
    await expect(viewer.getByRole('region', { name: 'Comments' })).toBeVisible();
    for (let presses = 0; presses < 2; presses++) await page.keyboard.press('+');
    await expect(page).toHaveURL(/view=/);
    // The address follows the image at rest: the second press may come in it later than the first.
    await page.waitForTimeout(600);
    const view = new URL(page.url()).searchParams.get('view');
    await viewer.getByRole('button', { name: 'On a place' }).click();
    const box = (await viewer
      .getByRole('img', { name: /^Residual/ })
      .first()
      .boundingBox())!;
    await page.mouse.move(box.x + 0.4 * box.width, box.y + 0.4 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.55 * box.height, { steps: 4 });
    await page.mouse.up();
    // Drawing a region does not drag the image: the address, which follows it at rest, stays.
    await page.waitForTimeout(400);
    expect(new URL(page.url()).searchParams.get('view')).toBe(view);
    const field = viewer.getByRole('textbox', { name: 'Comment' });
    await field.pressSequentially('Look at this seam, @Carl');
    await expect(viewer.getByRole('option', { name: colleague.name })).toBeVisible();
    await field.press('Enter');
    await field.pressSequentially('please');
    await expect(field).toHaveValue(words);
    await field.press('Control+Enter');
    await expect(viewer.getByRole('article', { name: /^Thread of Ada Owner/ })).toContainText('@Carla Colleague');
    await expect(viewer.getByRole('button', { name: /^Comment 1 of Ada Owner/ }).first()).toBeVisible();
  });
  const seen = new URL(page.url()).searchParams;

  await test.step('the next image never shows the threads of this one, however long its own are awaited', async () => {
    await expect(viewer.getByRole('article')).toHaveCount(1);
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query Threads')) await held;
      await route.continue();
    });
    await page.keyboard.press('ArrowRight');
    await expect(page).not.toHaveURL(new RegExp(`image=${seen.get('image')}`));
    await expect(viewer.getByRole('article')).toHaveCount(0);
    answer();
    await expect(viewer.getByText('Nobody said anything of this image yet.')).toBeVisible();
    await page.unroute('**/graphql');
    await page.keyboard.press('ArrowLeft');
    await expect(viewer.getByRole('article')).toHaveCount(1);
  });

  await test.step('what is half written stays: over Escape, another place, another image and leaving the image', async () => {
    const field = viewer.getByRole('textbox', { name: 'Comment' });
    await viewer.getByRole('button', { name: 'On the image' }).click();
    await field.fill('Half a thought');
    await field.press('Escape');
    await expect(field).toBeHidden();
    await expect(viewer).toBeVisible();
    await viewer.getByRole('button', { name: 'On a place' }).click();
    const pane = (await viewer
      .getByRole('img', { name: /^Residual/ })
      .first()
      .boundingBox())!;
    await page.mouse.click(pane.x + 0.3 * pane.width, pane.y + 0.3 * pane.height);
    await expect(field).toHaveValue('Half a thought');
    await viewer.getByRole('button', { name: 'On a place' }).click();
    await viewer.getByRole('button', { name: 'On a place' }).click();
    await expect(field).toHaveValue('Half a thought');
    await viewer.getByRole('heading', { name: /^Comments/ }).click();
    await page.keyboard.press('ArrowRight');
    await expect(field).toBeHidden();
    await page.keyboard.press('ArrowLeft');
    await expect(field).toHaveValue('Half a thought');
    await viewer.getByRole('heading', { name: /^Comments/ }).click();
    await page.keyboard.press('Escape');
    await expect(viewer).toBeHidden();
    await page.keyboard.press('Enter');
    await expect(field).toHaveValue('Half a thought');
    await viewer.getByRole('button', { name: 'Cancel' }).click();
    await viewer.getByRole('button', { name: 'On the image' }).click();
    await expect(field).toHaveValue('');
    await field.press('Escape');
  });

  await test.step('the other person finds it among those that mention them, with its count in the navigation', async () => {
    await other.goto(`${base}/comments`);
    await expect(other.getByRole('link', { name: /Comments 1 open/ }).first()).toBeVisible();
    await other.getByRole('button', { name: 'Mention me' }).click();
    await expect(other.getByRole('article')).toContainText('Look at this seam');
    await other.getByRole('searchbox', { name: 'Search comments' }).fill('no such words');
    await expect(other.getByText('No thread in this selection')).toBeVisible();
    await other.getByRole('button', { name: 'Show open threads' }).click();
    await expect(other.getByRole('article')).toHaveCount(1);
    expect(await ruleBreaks(other)).toEqual([]);
  });

  await test.step('its link opens exactly that view', async () => {
    await other.getByRole('article').getByRole('link').click();
    await expect(other.getByRole('dialog').getByRole('article')).toContainText('Look at this seam');
    const opened = new URL(other.url()).searchParams;
    for (const name of ['image', 'view']) expect(opened.get(name), name).toBe(seen.get(name));
    await expect(
      other
        .getByRole('dialog')
        .getByRole('button', { name: /^Comment 1 of Ada Owner/ })
        .first(),
    ).toBeVisible();
  });

  await test.step('an answer arrives without a reload, and settling it is seen by both', async () => {
    await other.getByRole('dialog').getByRole('button', { name: 'Reply' }).click();
    await other.getByRole('dialog').getByRole('textbox', { name: 'Reply' }).fill('It is the mortar.');
    await other.getByRole('dialog').getByRole('button', { name: 'Reply', exact: true }).last().click();
    await expect(viewer.getByText('It is the mortar.')).toBeVisible();
    await viewer.getByRole('button', { name: 'Resolve' }).click();
    await expect(other.getByRole('dialog').getByText('1 resolved')).toBeVisible();
    await expect(other.getByRole('dialog').getByRole('button', { name: 'Reopen' })).toBeVisible();
  });

  await test.step('what is deleted goes from the other page too, and comes back when that is undone', async () => {
    await other.getByRole('dialog').getByRole('button', { name: 'Reopen' }).click();
    await expect(viewer.getByRole('button', { name: 'Resolve' })).toBeVisible();
    await other.getByRole('dialog').getByRole('button', { name: 'More about this comment' }).last().click();
    await other.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(viewer.getByText('It is the mortar.')).toBeHidden();
    await other.getByRole('button', { name: 'Undo' }).click();
    await expect(viewer.getByText('It is the mortar.')).toBeVisible();
  });
  expect(errors).toEqual([]);
  await context.close();
});
