import type { APIRequestContext, Page } from '@playwright/test';
import { ensureOwner } from '../support/ensureOwner.ts';
import { keyboardFaults } from '../support/keyboard.ts';
import { productPages, routesOfPages, type PageIds, type ProductPage } from '../support/pages.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn } from '../support/signIn.ts';
import { expect, platform, test } from '../support/test.ts';

/** Every page, for everybody: with a screen reader, on any screen, without a mouse. */
const widths = [390, 1440, 2560];

async function ask<Data>(request: APIRequestContext, query: string, variables: object = {}): Promise<Data> {
  const answer = await request.post(`${platform.address}/graphql`, { data: { query, variables }, headers: { origin: platform.address } });
  return ((await answer.json()) as { data: Data }).data;
}

interface Team {
  readonly id: string;
  readonly projects: readonly {
    readonly id: string;
    readonly datasets: readonly {
      readonly id: string;
      readonly images: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
    }[];
    readonly experiments: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
    readonly trainingRuns: {
      readonly edges: readonly {
        readonly node: { readonly id: string; readonly evaluations: readonly { readonly id: string; readonly state: string }[] };
      }[];
    };
  }[];
}

const query = `{ me { teams { team { id projects { id
  datasets { id images(first: 1) { edges { node { id } } } }
  experiments(first: 1) { edges { node { id } } }
  trainingRuns(first: 50) { edges { node { id evaluations { id state } } } } } } } } }`;

let ids: PageIds;
test.beforeAll(async ({ browser }) => {
  // The sample's own first training, unless an earlier journey has left an evaluation.
  test.setTimeout(600_000);
  const context = await browser.newContext({ baseURL: platform.address });
  const page = await context.newPage();
  await ensureOwner(context.request);
  await signIn(page);
  const find = async (): Promise<Partial<PageIds>> => {
    const { me } = await ask<{ me: { teams: { team: Team }[] } }>(context.request, query);
    for (const { team } of me.teams) {
      for (const project of team.projects) {
        const run = project.trainingRuns.edges.find(({ node }) => node.evaluations.some(({ state }) => state === 'succeeded'))?.node;
        const evaluation = run?.evaluations.find(({ state }) => state === 'succeeded')?.id;
        const dataset = project.datasets.find(({ images }) => images.edges.length > 0);
        const image = dataset?.images.edges[0]?.node.id;
        const experiment = project.experiments.edges[0]?.node.id ?? '';
        if (run && evaluation && dataset && image)
          return { team: team.id, project: project.id, dataset: dataset.id, image, run: run.id, evaluation, experiment };
      }
    }
    return {};
  };
  await expect.poll(async () => (await find()).evaluation, { timeout: 560_000, intervals: [2_000] }).toBeTruthy();
  const found = (await find()) as PageIds;
  ids = found.experiment ? found : { ...found, experiment: await makeExperiment(context.request, found) };
  await context.close();
});

/** One that begins no work: its runs are cancelled before a worker takes them. */
async function makeExperiment(request: APIRequestContext, { project, dataset }: PageIds): Promise<string> {
  const create = `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { __typename ... on CreateExperimentSuccess { experiment { id } } } }`;
  const variants = [{ recipe: { base: 'ae' }, name: 'seen by everybody' }];
  const input = { projectId: project, datasetIds: [dataset], seeds: [1], variants, name: 'Seen by everybody', clientKey: 'access journey' };
  const { createExperiment } = await ask<{ createExperiment: { experiment: { id: string } } }>(request, create, { input });
  const { id } = createExperiment.experiment;
  await ask(request, 'mutation ($id: ID!) { controlExperiment(id: $id, act: cancel) { __typename } }', { id });
  return id;
}

/** Nothing is loading any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

const sideways = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

async function open(page: Page, { address, door }: ProductPage): Promise<void> {
  if (!door) await signIn(page);
  await page.goto(address(ids));
  await settle(page);
}

test('every page of the app router is looked at here', async () => {
  expect((await routesOfPages()).sort(), 'pages to be added to e2e/support/pages.ts').toEqual(Object.keys(productPages).sort());
});

for (const [route, product] of Object.entries(productPages)) {
  test(`${route} breaks no rule of accessibility, light and dark, and never scrolls sideways`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await open(page, product);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await settle(page);
      expect.soft(await sideways(page), `pixels to scroll sideways at ${width} px`).toBe(0);
      if (width !== 2560) expect.soft(await ruleBreaks(page), `light, ${width} px`).toEqual([]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveClass(/dark/);
    expect.soft(await ruleBreaks(page), 'dark, 1440 px').toEqual([]);
  });
}

for (const [route, product] of Object.entries(productPages).filter(([, { main }]) => main)) {
  test(`${route} is gone through by Tab, and the focus is seen`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, product);
    const { unreached, unseen, stops } = await keyboardFaults(page);
    expect(stops).toBeGreaterThan(2);
    expect.soft(unreached, 'not reached by Tab').toEqual([]);
    expect.soft(unseen, 'focused without its being seen').toEqual([]);
  });
}
