/**
 * `pnpm screenshots`: photographs every page of the running sample project at 1440 and 390 px, light and dark, into docs/screenshots.
 * Starts a platform of its own on a new data directory and waits until its first model has been evaluated (a few minutes).
 * `pnpm screenshots NAME …` keeps to the pages whose name contains one of the words.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import sharp from 'sharp';
import { launchPlatform } from './platform/launch.ts';
import { needChromium } from './setup/chromium.mjs';
import { Explained, program, root, say, step } from './setup/console.mjs';

const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
const schemes = ['light', 'dark'] as const;
const owner = { name: 'Ada Owner', email: 'ada@example.org', password: 'a long enough password' };
const folder = join(root, 'docs/screenshots');
const wanted = process.argv.slice(2);

interface Photographed {
  readonly name: string;
  readonly path: string;
  /** What has to be done or seen before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

async function photograph(
  browser: Browser,
  address: string,
  pages: readonly Photographed[],
  state?: Awaited<ReturnType<BrowserContext['storageState']>>,
): Promise<void> {
  const chosen = pages.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
  for (const viewport of widths) {
    for (const colorScheme of schemes) {
      const context = await browser.newContext({
        baseURL: address,
        viewport,
        colorScheme,
        reducedMotion: 'reduce',
        ...(state ? { storageState: state } : {}),
      });
      const page = await context.newPage();
      for (const { name, path, prepare } of chosen) {
        await page.goto(path, { waitUntil: 'networkidle' });
        await prepare?.(page);
        await settled(page);
        const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
        await writeFile(
          join(folder, `${name}-${viewport.width}-${colorScheme}.webp`),
          await sharp(picture).webp({ quality: 86, effort: 5 }).toBuffer(),
        );
      }
      await context.close();
    }
  }
}

/** Nothing is loading any more and two pictures in a row are the same. */
async function settled(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  let before = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  for (let attempt = 0; attempt < 12; attempt++) {
    await page.waitForTimeout(300);
    const busy = await page.locator('[aria-busy="true"]').count();
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    if (busy === 0 && now.equals(before)) return;
    before = now;
  }
}

/** Fills the welcome form and returns the cookies of the owner. */
async function becomeOwner(browser: Browser, welcome: string): Promise<Awaited<ReturnType<BrowserContext['storageState']>>> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(welcome);
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/projects\//);
  const state = await context.storageState();
  await context.close();
  return state;
}

interface Ids {
  readonly team: string;
  readonly project: string;
  readonly dataset: string;
  readonly run: string;
  readonly evaluation: string;
}

/** The sample project's dataset, run and evaluation, asked of the API as the pages do. */
async function findIds(browser: Browser, address: string, state: Awaited<ReturnType<BrowserContext['storageState']>>): Promise<Ids> {
  const context = await browser.newContext({ baseURL: address, storageState: state });
  const query = `{ me { teams { team { id projects { id sample datasets { id name }
    trainingRuns(first: 1) { edges { node { id evaluations { id } } } } } } } } }`;
  const response = await context.request.post('/graphql', { data: { query }, headers: { origin: address } });
  const body = (await response.json()) as { data?: { me: { teams: { team: { id: string; projects: SampleProject[] } }[] } } };
  await context.close();
  const team = body.data?.me.teams.map((membership) => membership.team).find(({ projects }) => projects.some(({ sample }) => sample));
  const project = team?.projects.find(({ sample }) => sample);
  const run = project?.trainingRuns.edges[0]?.node;
  const dataset = project?.datasets.find(({ name }) => name === 'brick');
  const evaluation = run?.evaluations[0];
  if (!team || !project || !dataset || !run || !evaluation)
    throw new Explained(`The sample project is not complete: ${JSON.stringify(body)}`);
  return { team: team.id, project: project.id, dataset: dataset.id, run: run.id, evaluation: evaluation.id };
}

interface SampleProject {
  readonly id: string;
  readonly sample: boolean;
  readonly datasets: readonly { readonly id: string; readonly name: string }[];
  readonly trainingRuns: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly evaluations: readonly { readonly id: string }[] } }[];
  };
}

/** The defective image with the highest score, full screen. */
async function openDefect(page: Page): Promise<void> {
  const images = page.getByRole('listbox', { name: 'Images of the evaluation' });
  await images
    .getByRole('option', { name: /warp|transplant|dent|scratch|stain|fibre|blur/ })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('img', { name: /^Residual/ })
    .waitFor();
  await page.waitForTimeout(1_000);
}

async function openNotifications(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await page.getByRole('heading', { name: 'Notifications' }).waitFor();
}

function signedInPages({ team, project, dataset, run, evaluation }: Ids): Photographed[] {
  const base = `/projects/${project}`;
  return [
    { name: 'overview', path: base },
    { name: 'datasets', path: `${base}/datasets` },
    { name: 'dataset', path: `${base}/datasets/${dataset}` },
    { name: 'versions', path: `${base}/datasets/${dataset}/versions` },
    { name: 'recipes', path: `${base}/recipes` },
    { name: 'recipe-form', path: `${base}/recipes/form?from=paper%2Fstn-frozen&set=model.latent%3D64` },
    { name: 'recipe-differences', path: `${base}/recipes/differences?a=ae&b=paper%2Fstn-frozen` },
    { name: 'runs', path: `${base}/runs` },
    { name: 'new-training', path: `${base}/runs/new` },
    { name: 'run', path: `${base}/runs/${run}` },
    { name: 'evaluations', path: `${base}/evaluations` },
    { name: 'evaluation', path: `${base}/evaluations/${evaluation}` },
    { name: 'images-side-by-side', path: `${base}/compare/images?evaluations=${evaluation}` },
    { name: 'viewer', path: `${base}/evaluations/${evaluation}`, prepare: openDefect },
    { name: 'viewer-values', path: `${base}/evaluations/${evaluation}?view=128,128,40&pane=residual`, prepare: openDefect },
    { name: 'comparisons', path: `${base}/compare` },
    { name: 'new-comparison', path: `${base}/compare/new` },
    ...['tables', 'curves', 'roc', 'scores', 'orientation', 'sampler'].map((tab) => ({
      name: `comparison-${tab}`,
      path: `${base}/compare/view?evaluations=${evaluation}&tab=${tab}`,
    })),
    { name: 'live', path: `${base}/live`, prepare: (page) => page.getByText(/^Computes on/).waitFor() },
    { name: 'comments', path: `${base}/comments` },
    { name: 'workers', path: `${base}/workers` },
    { name: 'webhooks', path: `/teams/${team}/webhooks` },
    { name: 'notifications', path: base, prepare: openNotifications },
    { name: 'account', path: '/account' },
    { name: 'explorer', path: '/explorer' },
  ];
}

await program(async () => {
  const executablePath = await needChromium();
  await mkdir(folder, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), 'plumbline-screenshots-'));
  const platform = await step('Starting a platform of its own', () => launchPlatform({ data })).catch(async (error: unknown) => {
    await rm(data, { recursive: true, force: true });
    throw error;
  });
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--no-proxy-server'],
  });
  try {
    const { address, welcome } = platform;
    if (welcome === null) throw new Explained('The new platform printed no link for its owner.');
    await step('The doors: welcome', () => photograph(browser, address, [{ name: 'welcome', path: welcome }]));
    const state = await becomeOwner(browser, welcome);
    await step('The doors: sign-in', () => photograph(browser, address, [{ name: 'sign-in', path: '/sign-in' }]));
    await step('Waiting for the first residual maps', () => platform.printed(/The first residual maps are ready/, 420_000));
    const ids = await findIds(browser, address, state);
    await step('Every page of the sample project', () => photograph(browser, address, signedInPages(ids), state));
    say(`  In ${folder}`);
  } finally {
    await browser.close();
    await platform.stop();
    await rm(data, { recursive: true, force: true });
  }
});
