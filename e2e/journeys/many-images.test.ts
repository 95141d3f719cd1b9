import type { Page } from '@playwright/test';
import { browseFor } from '../support/browseFor.ts';
import { ensureOwner } from '../support/ensureOwner.ts';
import { framesText, framesWhileScrolling, framesWhileZooming, scrollThrough } from '../support/frames.ts';
import { countOf, scoresOf, type Scores } from '../support/independentScores.ts';
import { heapOf } from '../support/memory.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { quietSample } from '../support/sampleProject.ts';
import { seedMany } from '../support/seedMany.ts';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

/** Test images under each of four variants; PLUMBLINE_MANY=10000 is the size that the figures are asked for at. */
const images = Number(process.env['PLUMBLINE_MANY'] ?? 120);
/** PLUMBLINE_BROWSE=15 browses for so many minutes and looks at the memory. */
const minutes = Number(process.env['PLUMBLINE_BROWSE'] ?? 0);
const shown = new Intl.NumberFormat('en-US').format(images);

const figure = (name: string, value: string): void => console.log(`    ${name}: ${value}`);
const grid = (page: Page) => page.getByRole('listbox', { name: 'Images of the evaluations' });
const kept = async (page: Page): Promise<number> => {
  const text = await page
    .getByRole('status')
    .filter({ hasText: / images?\b/ })
    .first()
    .innerText();
  return Number(/^([\d,]+)/.exec(text)![1]!.replaceAll(',', ''));
};

/** How many images each outcome has by an evaluation's own table of scores. */
const missed = ({ images: all, threshold }: Scores): string[] =>
  [...all].flatMap(([name, { label, score }]) => (label !== 'good' && score < threshold ? [name] : []));

test('many images under four variants are there at once, in every order and under every filter, to the last one', async ({ page }) => {
  test.setTimeout(images > 2000 ? 4 * 3600_000 : 420_000);
  await ensureOwner(page.request);
  await signIn(page);
  await quietSample(page.request);
  const { projectId, evaluationIds } = await test.step('a project is made: real crops, four small trainings, their evaluations', () =>
    seedMany(images));
  const tables = await Promise.all(evaluationIds.map((id) => scoresOf(page.request, id)));
  for (const { images: all } of tables) expect(all.size).toBe(images);

  await test.step('four evaluations are chosen in the list, and their images come together', async () => {
    await page.goto(`/projects/${projectId}/evaluations`);
    const boxes = page.getByRole('checkbox', { name: /^Choose / });
    await expect(boxes).toHaveCount(4);
    for (const box of await boxes.all()) await box.check();
    const began = performance.now();
    await page.getByRole('link', { name: 'Browse together' }).click();
    await expect(grid(page).getByRole('option').first()).toBeVisible();
    figure('from the click to the grid', `${Math.round(performance.now() - began)} ms`);
    await expect(grid(page).locator('canvas:not(.invisible)').first()).toBeVisible();
    figure('from the click to the first residual', `${Math.round(performance.now() - began)} ms`);
    await expect.poll(() => kept(page)).toBe(images);
  });

  await test.step('the server answers fast', async () => {
    const times: number[] = [];
    for (let round = 0; round < 12; round++) {
      const began = performance.now();
      const answers = await Promise.all(evaluationIds.map((id) => page.request.get(`/files/evaluations/${id}/images.json`)));
      times.push(performance.now() - began);
      for (const answer of answers) expect(answer.status()).toBe(200);
    }
    times.sort((a, b) => a - b);
    figure(
      `all four lists of ${shown} images, read through the proxy`,
      `median ${Math.round(times[6]!)} ms, slowest ${Math.round(times[11]!)} ms`,
    );
  });

  // In the order of the variants, so that A is the first of the tables.
  await page.goto(`/projects/${projectId}/compare/images?evaluations=${evaluationIds.join(',')}`);
  await expect(grid(page).getByRole('option').first()).toBeVisible();

  await test.step('the last image is at the end', async () => {
    await grid(page).focus();
    await page.keyboard.press('End');
    const last = grid(page).locator('[role=option][aria-selected=true]');
    await expect(last).toBeVisible();
    await expect(last).toHaveAttribute('aria-posinset', String(images));
    await expect(last).toHaveAttribute('aria-setsize', String(images));
    const lowest = [...tables[0]!.images].sort(([, a], [, b]) => a.score - b.score)[0]!;
    await expect(last).toContainText(lowest[0].split('/').at(-1)!);
    await page.keyboard.press('Home');
    await expect(grid(page).locator('[role=option][aria-selected=true]')).toHaveAttribute('aria-posinset', '1');
  });

  await test.step('filters keep as many images as the server counts by itself', async () => {
    await page.getByRole('button', { name: 'All labels' }).click();
    await page.getByRole('menuitemcheckbox', { name: /^scratch/ }).click();
    await page.keyboard.press('Escape');
    const scratched = await countOf(page.request, evaluationIds[0]!, 'scratch');
    expect(scratched).toBeGreaterThan(0);
    await expect.poll(() => kept(page)).toBe(scratched);
    await page.getByRole('button', { name: 'scratch' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'All labels' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^FN/ }).click();
    await expect.poll(() => kept(page)).toBe(missed(tables[0]!).length);
    await page.getByRole('combobox', { name: 'Whose outcome' }).click();
    await page.getByRole('option', { name: /^of any/ }).click();
    await expect.poll(() => kept(page)).toBe(new Set(tables.flatMap(missed)).size);
    await page.getByRole('button', { name: /^FN/ }).click();
    await expect.poll(() => kept(page)).toBe(images);
  });

  await test.step('what A catches and B misses comes first and is counted', async () => {
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: /^A catches, B misses/ }).click();
    const [a, b] = tables as [Scores, Scores];
    const caught = missed(b).filter((name) => a.images.get(name)!.score >= a.threshold).length;
    await expect(page.getByText(`A catches ${new Intl.NumberFormat('en-US').format(caught)} that B misses`)).toBeVisible();
    await expect(page).toHaveURL(/sort=catches/);
  });

  await test.step('the key 2 makes B lead, an opened image leads back to the same place, and a reload shows the same', async () => {
    await grid(page).focus();
    await page.keyboard.press('2');
    await expect(page.getByRole('group', { name: 'Evaluations' }).getByRole('button', { pressed: true })).toContainText('B');
    for (const key of ['End', 'PageUp', 'k']) await page.keyboard.press(key);
    const place = grid(page).locator('[role=option][aria-selected=true]');
    const before = await place.getAttribute('aria-posinset');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(place).toBeVisible();
    await expect(place).toHaveAttribute('aria-posinset', before!);
    await expect(page).toHaveURL(/lead=2/);
    await page.reload();
    await expect(place).toBeVisible();
    await expect(place).toHaveAttribute('aria-posinset', before!);
  });

  await test.step('one is taken out and comes back, and what follows its place follows', async () => {
    await page.getByRole('button', { name: /^More about A,/ }).click();
    await page.getByRole('menuitem', { name: 'Take out' }).click();
    const bar = page.getByRole('group', { name: 'Evaluations' });
    await expect(bar.getByRole('button', { name: /^More about/ })).toHaveCount(3);
    await expect(bar.getByRole('button', { pressed: true })).toContainText('A');
    await page.goBack();
    await expect(bar.getByRole('button', { name: /^More about/ })).toHaveCount(4);
    await expect(bar.getByRole('button', { pressed: true })).toContainText('B');
  });

  await test.step('memory stays bounded while all images go by, again and again', async () => {
    const passes: number[] = [];
    for (let pass = 0; pass < 4; pass++) {
      await scrollThrough(page, 'listbox', Math.min(40, Math.ceil(images / 8)));
      passes.push(await heapOf(page));
      expect(await grid(page).getByRole('option').count()).toBeLessThan(400);
    }
    figure('heap of the page after each pass', passes.map((bytes) => `${Math.round(bytes / 1e6)} MB`).join(', '));
    expect(passes[3]!).toBeLessThan(1.25 * passes[1]! + 20e6);
    figure('scrolling the grid', framesText(await framesWhileScrolling(page, 'listbox')));
  });

  await test.step('all four variants of an image zoom and pan together', async () => {
    await grid(page).focus();
    await page.keyboard.press('Enter');
    const panes = page.getByRole('dialog').getByRole('img', { name: /^Residual of the image, [ABCD] / });
    await expect(panes).toHaveCount(4);
    await expect(
      page
        .getByRole('dialog')
        .getByRole('img', { name: /of the image, [ABCD] / })
        .last(),
    ).toBeVisible();
    figure('zooming and panning', framesText(await framesWhileZooming(panes.first())));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });
  expect(await ruleBreaks(page)).toEqual([]);

  if (minutes > 0)
    await test.step(`memory stays bounded over ${minutes} minutes of browsing`, async () => {
      const samples = await browseFor(page, minutes, (line) => figure('browsing', line));
      const [early, late] = [samples[Math.floor(samples.length / 3)]!, samples.at(-1)!];
      expect(late.heap).toBeLessThan(1.25 * early.heap + 20e6);
      expect(late.renderers).toBeLessThan(1.25 * early.renderers + 100e6);
    });
});

test('the dataset of many images scrolls from the first to the last', async ({ page }) => {
  test.setTimeout(300_000);
  await signIn(page);
  const { projectId } = await seedMany(images);
  await page.goto(`/projects/${projectId}/datasets`);
  const began = performance.now();
  await page.getByRole('link', { name: 'textures' }).click();
  const list = page.getByRole('list', { name: 'Images', exact: true });
  await expect(list.locator('img').first()).toBeVisible();
  figure('from the click to the first images', `${Math.round(performance.now() - began)} ms`);
  figure('scrolling the dataset', framesText(await framesWhileScrolling(page, 'list', 5)));
  const asked = performance.now();
  await scrollThrough(page, 'list', 1);
  // What is last by the order of the list is seen, not only a place kept for it.
  await expect(list.getByRole('button').last()).toBeInViewport({ timeout: 120_000 });
  await expect(list.locator('.animate-pulse')).toHaveCount(0, { timeout: 120_000 });
  figure('from the jump to the end until its images', `${Math.round(performance.now() - asked)} ms`);
  figure('heap of the page', `${Math.round((await heapOf(page)) / 1e6)} MB`);
  figure('scrolling again', framesText(await framesWhileScrolling(page, 'list', 5)));
  expect(await list.locator('img').count()).toBeLessThan(400);
});

test('an address that names more than eight evaluations, foreign ones or none says so and shows the rest', async ({ page }) => {
  await signIn(page);
  const { data } = (await (
    await page.request.post('/graphql', {
      data: {
        query: '{ me { teams { team { projects { id evaluations(first: 100, state: [succeeded]) { edges { node { id } } } } } } } }',
      },
      headers: { origin: new URL(page.url()).origin },
    })
  ).json()) as { data: { me: { teams: { team: { projects: { id: string; evaluations: { edges: { node: { id: string } }[] } }[] } }[] } } };
  const projects = data.me.teams.flatMap(({ team }) => team.projects);
  const project = projects.find(({ evaluations }) => evaluations.edges.length >= 4)!;
  const own = project.evaluations.edges.map(({ node }) => node.id);
  const unknown = Array.from({ length: 7 }, (_, at) => `evl_00000000-0000-7000-8000-00000000000${at}`);
  await page.goto(`/projects/${project.id}/compare/images?evaluations=${[own[0], own[1], ...unknown].join(',')}`);
  await expect(page.getByText(/^At most 8 evaluations are looked at together and the address names 9/)).toContainText(
    '6 evaluations are not in this project, or deleted.',
  );
  await expect(page.getByRole('group', { name: 'Evaluations' }).getByRole('button', { name: /^More about/ })).toHaveCount(2);
  await page.goto(`/projects/${project.id}/compare/images`);
  await page.getByRole('button', { name: 'Choose evaluations' }).click();
  await page.getByRole('dialog').getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Look at 1 evaluation' }).click();
  await expect(page.getByRole('listbox', { name: 'Images of the evaluation' })).toBeVisible();
});
