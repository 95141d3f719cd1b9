import type { Page } from '@playwright/test';
import type { Photographed } from './photograph.ts';
import type { Scene } from './scene.ts';

/** Pages that need no account. */
export const doors = (scene: Scene): Photographed[] => [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'join', path: `/join#${scene.invitation}` },
  { name: 'shared', path: `/shared#${scene.shareLink}` },
];

/** Pages of somebody who signed in. */
export function signedInPages(scene: Scene): Photographed[] {
  const { team, project, dataset, run, evaluation, experiment, variants, comparison, defect } = scene;
  const base = `/projects/${project}`;
  const together = `${base}/compare/images?evaluations=${[...variants, evaluation].join(',')}`;
  return [
    { name: 'team', path: `/teams/${team}/home` },
    { name: 'overview', path: base },
    { name: 'activity', path: `${base}/activity` },
    { name: 'datasets', path: `${base}/datasets` },
    { name: 'dataset', path: `${base}/datasets/${dataset}` },
    { name: 'dataset-image', path: `${base}/datasets/${dataset}?image=${defect.image.id}` },
    { name: 'mask', path: `${base}/datasets/${dataset}/mask?image=${defect.image.id}` },
    { name: 'versions', path: `${base}/datasets/${dataset}/versions` },
    { name: 'recipes', path: `${base}/recipes` },
    { name: 'recipe-form', path: `${base}/recipes/form?from=paper%2Fstn-frozen&set=model.latent%3D64` },
    { name: 'recipe-differences', path: `${base}/recipes/differences?a=ae&b=paper%2Fstn-frozen` },
    { name: 'experiments', path: `${base}/experiments` },
    { name: 'new-experiment', path: `${base}/experiments/new` },
    { name: 'experiment', path: `${base}/experiments/${experiment}` },
    { name: 'runs', path: `${base}/runs` },
    { name: 'new-training', path: `${base}/runs/new` },
    { name: 'run', path: `${base}/runs/${run}` },
    { name: 'evaluations', path: `${base}/evaluations` },
    { name: 'evaluation', path: `${base}/evaluations/${evaluation}` },
    { name: 'browser', path: `${base}/evaluations/${evaluation}`, prepare: toImages },
    { name: 'viewer', path: `${base}/evaluations/${evaluation}`, prepare: openDefect },
    { name: 'viewer-values', path: `${base}/evaluations/${evaluation}?view=70,60,40&pane=residual`, prepare: openDefect },
    { name: 'together', path: together },
    { name: 'viewer-variants', path: `${together}&image=${defect.image.id}`, prepare: opened },
    { name: 'viewer-swipe', path: `${together}&image=${defect.image.id}&compare=swipe&pair=1,3`, prepare: opened },
    { name: 'viewer-difference', path: `${together}&image=${defect.image.id}&compare=difference&pair=1,3`, prepare: opened },
    { name: 'comparisons', path: `${base}/compare` },
    { name: 'new-comparison', path: `${base}/compare/new` },
    ...['tables', 'curves', 'roc', 'scores', 'ranks', 'orientation', 'sampler'].map((tab) => ({
      name: `comparison-${tab}`,
      path: `${base}/compare/${comparison}?tab=${tab}`,
    })),
    { name: 'share', path: `${base}/compare/${comparison}`, prepare: openShare },
    { name: 'live', path: `${base}/live?evaluation=${evaluation}`, prepare: checkImage(defect.image.id) },
    { name: 'comments', path: `${base}/comments`, prepare: (page) => page.getByRole('article').first().waitFor() },
    { name: 'workers', path: `${base}/workers` },
    { name: 'members', path: `/teams/${team}` },
    { name: 'webhooks', path: `/teams/${team}/webhooks` },
    { name: 'audit', path: `/teams/${team}/audit` },
    { name: 'notifications', path: base, prepare: openNotifications },
    { name: 'palette', path: base, prepare: openPalette },
    { name: 'account', path: '/account' },
    { name: 'explorer', path: '/explorer', prepare: runQuery },
  ];
}

const imagesOf = (page: Page) => page.getByRole('listbox', { name: 'Images of the evaluation' });

/** The grid of images at the top of the screen. */
async function toImages(page: Page): Promise<void> {
  await imagesOf(page).waitFor();
  await page.evaluate(`[...document.querySelectorAll('h2')].find((heading) => heading.textContent === 'Residual maps')?.scrollIntoView()`);
}

/** The image is there, full screen, with its residual painted. */
async function opened(page: Page): Promise<void> {
  await page
    .getByRole('dialog')
    .getByRole('img', { name: /^Residual/ })
    .first()
    .waitFor();
  await page.getByText(/^So far:/).waitFor({ state: 'hidden' });
}

/** The defective image with the highest score, full screen. */
async function openDefect(page: Page): Promise<void> {
  await imagesOf(page)
    .getByRole('option', { name: /warp|transplant|dent|scratch|stain|fibre|blur/ })
    .first()
    .click();
  await opened(page);
}

async function openShare(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make link' }).waitFor();
}

/** The live check with its result of an image. */
const checkImage = (id: string) => async (page: Page) => {
  await page.getByText(/^Computes on/).waitFor();
  const file = await page.request.get(`/files/images/${id}/original`);
  await page.getByLabel('Images to check').setInputFiles({ name: 'part 0417.png', mimeType: 'image/png', buffer: await file.body() });
  await page.getByRole('region', { name: /^Result of/ }).waitFor({ timeout: 120_000 });
};

async function openNotifications(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await page.getByRole('heading', { name: 'Notifications' }).waitFor();
}

async function runQuery(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await page.getByText('"data"').waitFor();
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('brick');
}
