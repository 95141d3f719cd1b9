import type { Page } from '@playwright/test';
import { addColleague } from '../support/addColleague.ts';
import { askApi } from '../support/askApi.ts';
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

  await test.step('a point and a region are placed by keys alone, are where the cursor was, and are there after a reload', async () => {
    await page.goto(`${base}/evaluations/${evaluationId}`);
    await expect(page.getByRole('option').first()).toBeVisible();
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('j');
    // Keys that the opened image has, too, are the grid's before it is open.
    await page.keyboard.press('m');
    await expect(page.getByRole('radio', { name: 'MSE' })).toBeChecked();
    await page.keyboard.press('m');
    await expect(page.getByRole('radio', { name: 'SSIM' })).toBeChecked();
    await page.keyboard.press('Enter');
    await expect(viewer.getByText('Nobody said anything of this image yet.')).toBeVisible();
    const { pathname, search } = new URL(page.url());
    const at = viewer.locator('dt', { hasText: 'Network input x, y' }).locator('+ dd');
    const cursor = async (): Promise<{ x: number; y: number }> => {
      await expect(at).toHaveText(/^\d+, \d+$/);
      const [x, y] = (await at.innerText()).split(', ').map(Number);
      return { x: x!, y: y! };
    };
    const said = viewer.getByRole('status');
    const field = viewer.getByRole('textbox', { name: 'Comment' });
    const send = async (words: string): Promise<void> => {
      await expect(field).toBeFocused();
      await page.keyboard.type(words);
      await page.keyboard.press('Control+Enter');
      await expect(viewer.getByRole('article').filter({ hasText: words })).toBeVisible();
      await expect(viewer).toBeFocused();
    };

    await page.keyboard.press('c');
    await expect(said.filter({ hasText: /^Where is the comment\? Now at x \d+, y \d+\./ })).toHaveCount(1);
    await page.keyboard.press('Alt+Shift+ArrowUp');
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowRight');
    const point = await cursor();
    await page.keyboard.press('Enter');
    await send('A point by keys');
    expect(new URL(page.url()).searchParams.get('image')).toBe(new URLSearchParams(search).get('image'));

    // What is given up leaves the image open and no comment begun.
    await page.keyboard.press('c');
    await page.keyboard.press('c');
    const growing = viewer.locator('[data-growing]').first();
    await expect(growing).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(growing).toBeHidden();
    await expect(said.filter({ hasText: 'No place was chosen.' })).toHaveCount(1);
    await expect(viewer).toBeVisible();
    await expect(field).toBeHidden();

    await page.keyboard.press('c');
    await page.keyboard.press('c');
    await expect(said.filter({ hasText: `Corner at x ${point.x}, y ${point.y}.` })).toHaveCount(1);
    // A pixel larger than the line around it.
    for (let presses = 0; presses < 4; presses++) await page.keyboard.press('=');
    await expect.poll(async () => (await growing.boundingBox())!.width).toBeGreaterThan(10);
    const pixel = (await growing.boundingBox())!;
    for (let presses = 0; presses < 2; presses++) await page.keyboard.press('Alt+Shift+ArrowLeft');
    for (let presses = 0; presses < 5; presses++) await page.keyboard.press('Shift+ArrowDown');
    expect(await cursor()).toEqual({ x: point.x - 20, y: point.y + 5 });
    // 21 × 6 pixels, drawn while they grow.
    await expect.poll(async () => (await growing.boundingBox())!.width / pixel.width).toBeCloseTo(21, 1);
    expect((await growing.boundingBox())!.height / pixel.height).toBeCloseTo(6, 1);
    expect(await ruleBreaks(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await send('A region by keys');

    await page.goto(pathname + search);
    await expect(viewer.getByRole('article')).toHaveCount(2);
    for (const pin of ['Comment 1 of Ada Owner: A point by keys', 'Comment 2 of Ada Owner: A region by keys'])
      await expect(viewer.getByRole('button', { name: pin }).first()).toBeVisible();
    const [, width, height] = /at (\d+)×(\d+)/.exec(await viewer.getByText(/seen by the network at/).innerText())!.map(Number);
    const stored = await regionsOf(page, base.split('/').at(-1)!);
    const close = (value: number): unknown => expect.closeTo(value, 6);
    const [x, y] = [close((point.x + 0.5) / width!), close((point.y + 0.5) / height!)];
    expect(stored.get('A point by keys')).toEqual({ x, y, width: 0, height: 0 });
    expect(stored.get('A region by keys')).toEqual({
      ...{ x: close((point.x - 20) / width!), y: close(point.y / height!) },
      ...{ width: close(21 / width!), height: close(6 / height!) },
    });
  });
});

interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Regions of the project's threads by what is written in them. */
async function regionsOf(page: Page, projectId: string): Promise<Map<string, Region | null>> {
  const { project } = await askApi<{ project: { comments: { edges: { node: { body: string; region: Region | null } }[] } } }>(
    page.request,
    'query ($id: ID!) { project(id: $id) { comments(first: 100) { edges { node { body region { x y width height } } } } } }',
    { id: projectId },
  );
  return new Map(project.comments.edges.map(({ node }) => [node.body, node.region]));
}
