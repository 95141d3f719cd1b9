import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { addColleague } from '../support/addColleague.ts';
import { askApi } from '../support/askApi.ts';
import { ensureOwner } from '../support/ensureOwner.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn, signInAs } from '../support/signIn.ts';
import { expect, platform, test } from '../support/test.ts';

const colleague = { name: 'Cora Colleague', email: 'cora@example.org', password: 'four words are enough' };

/** Rows of the list of runs, without its head. */
const rows = (page: Page) => page.getByRole('main').locator('tbody tr');
const rowOf = (page: Page, variant: string) => rows(page).filter({ hasText: variant });

/** A server that a webhook calls. */
async function receiver() {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, stop: () => server.close() };
}

test('runs are found, ordered, saved as a view and acted on together, while others look; people and programs are told', async ({
  page,
  browser,
}) => {
  await ensureOwner(page.request);
  const project = await signIn(page);
  const projectId = project.split('/').pop() ?? '';

  await test.step('the images that are trained on are there', async () => {
    const imports = async () => {
      const query = 'query ($id: ID!) { project(id: $id) { datasets { imports { state } } } }';
      const { project: found } = await askApi<{ project: { datasets: { imports: { state: string }[] }[] } }>(page.request, query, {
        id: projectId,
      });
      return found.datasets[0]?.imports.map(({ state }) => state);
    };
    await expect.poll(imports, { timeout: 60_000 }).toEqual(['succeeded']);
  });

  await test.step('a worker that is drained takes nothing new, as its page says live', async () => {
    await page.goto(`${project}/workers`);
    await expect(page.getByRole('region', { name: 'Workers' })).toContainText('cores');
    await page.getByRole('button', { name: /^Drain / }).click();
    await expect(page.getByRole('button', { name: /^Undrain / })).toBeVisible();
    await expect(page.getByText(/^1 worker alive, 1 draining\.$/)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Workers' })).toContainText(/drained|draining/);
    expect(await ruleBreaks(page)).toEqual([]);
  });

  await test.step('three trainings wait', async () => {
    const { project: found } = await askApi<{ project: { datasets: { id: string }[]; team: { id: string } } }>(
      page.request,
      'query ($id: ID!) { project(id: $id) { datasets { id } team { id } } }',
      { id: projectId },
    );
    for (const [seed, variantName] of [
      [31, 'alpha one'],
      [32, 'alpha two'],
      [33, 'beta'],
    ] as const) {
      const recipe = { base: 'sample/ae', sets: [`model.latent=${seed}`] };
      await askApi(page.request, 'mutation ($input: StartTrainingInput!) { startTraining(input: $input) { __typename } }', {
        input: { datasetId: found.datasets[0]?.id, recipe, variantName, seed },
      });
    }
    await page.goto(`${project}/runs`);
    await expect(rowOf(page, 'alpha one')).toContainText('queued');
    await expect(rowOf(page, 'beta')).toContainText('queued');
  });

  await test.step('text and order stand in the address, and another column in the list', async () => {
    await page.getByRole('searchbox', { name: /^Text in names/ }).fill('ALPHA');
    await expect(page).toHaveURL(/text=ALPHA/);
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole('columnheader', { name: 'Seed' }).getByRole('button').click();
    await expect(page).toHaveURL(/sort=seed&order=ascending/);
    await expect(rows(page).first()).toContainText('alpha one');
    await page.getByRole('columnheader', { name: 'Seed' }).getByRole('button').click();
    await expect(page.getByRole('columnheader', { name: 'Seed' })).toHaveAttribute('aria-sort', 'descending');
    await expect(rows(page).first()).toContainText('alpha two');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Recipe' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Priority' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('columnheader', { name: 'Recipe' })).toHaveCount(0);
    await expect(page.getByRole('columnheader', { name: 'Priority' })).toBeVisible();
    expect(await ruleBreaks(page)).toEqual([]);
  });

  await test.step('what is listed becomes a file', async () => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^id,state,variant,dataset,version,seed,priority,/);
    expect(lines[1]).toMatch(/^run_.*,queued,alpha two,/);
  });

  await test.step('a view is saved, opened again after everything was shown, and comes back after it was deleted', async () => {
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: /^Save what is shown/ }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Alphas');
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.goto(`${project}/runs`);
    await expect(rowOf(page, 'beta')).toBeVisible();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Alphas' }).first().click();
    await expect(page).toHaveURL(/text=ALPHA&sort=seed/);
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole('button', { name: 'Alphas' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page.getByText('The view Alphas was deleted.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('button', { name: 'Alphas' })).toBeVisible();
  });

  const other = await browser.newContext({ baseURL: platform.address, viewport: { width: 390, height: 844 } });
  const watching = await other.newPage();

  await test.step('a colleague joins by an invitation, which the bell tells live and leads to', async () => {
    await addColleague(page.request, colleague);
    await page.getByRole('button', { name: /^Notifications, \d+ unread$/ }).click();
    const told = page.getByRole('list', { name: 'Notifications' }).getByRole('link', { name: /Cora Colleague joined .+ as engineer/ });
    await expect(told).toBeVisible();
    expect(await ruleBreaks(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await signInAs(watching, colleague);
    await watching.goto(`${project}/runs?text=alpha`);
    await expect(rows(watching)).toHaveCount(2);
  });

  await test.step('two runs are chosen by keyboard and paused together, and the colleague sees it', async () => {
    await page.getByRole('checkbox', { name: 'Choose all that are shown' }).focus();
    await page.keyboard.press('Space');
    await expect(page.getByRole('toolbar', { name: 'Chosen runs' })).toContainText('2 runs chosen');
    await page.getByRole('toolbar', { name: 'Chosen runs' }).getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('2 runs paused.')).toBeVisible();
    await expect(rows(page).filter({ hasText: 'paused' })).toHaveCount(2);
    await expect(rows(watching).filter({ hasText: 'paused' })).toHaveCount(2);
  });

  await test.step('the colleague cancels one of them, and the owner sees it in the list and at the bell', async () => {
    await watching.getByRole('checkbox', { name: /^Choose alpha one/ }).check();
    await watching.getByRole('button', { name: /^Cancel …/ }).click();
    await watching.getByRole('dialog').getByRole('button', { name: 'Cancel 1 training' }).click();
    await expect(rowOf(page, 'alpha one')).toContainText('cancelled');
    await page.getByRole('button', { name: /^Notifications, \d+ unread$/ }).click();
    const told = page.getByRole('link', { name: /Your training of alpha one on .+, seed 31, was cancelled\./ });
    await told.click();
    await expect(page).toHaveURL(/\/runs\/run_/);
    await expect(page.getByText(`Cancelled by ${colleague.name}.`).first()).toBeVisible();
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('a webhook is made, tested once the worker takes jobs again, and called when a run is cancelled', async () => {
    const hook = await receiver();
    await page.goto(`${project}/workers`);
    await page.getByRole('button', { name: /^Undrain / }).click();
    await expect(page.getByRole('button', { name: /^Drain / })).toBeVisible();
    await page.getByRole('button', { name: /^Team / }).click();
    await page.getByRole('menuitem', { name: 'Members' }).click();
    await page.getByRole('navigation', { name: 'Team' }).getByRole('link', { name: 'Webhooks' }).click();
    await page.getByRole('button', { name: 'New webhook' }).click();
    await page.getByLabel('Address').fill(hook.url);
    await page.getByRole('button', { name: 'Make webhook' }).click();
    const secret = await page.getByLabel('the secret', { exact: true }).innerText();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Send a test' }).first().click();
    const deliveries = page.getByRole('list', { name: 'Deliveries' });
    await expect(deliveries).toContainText('HTTP 200', { timeout: 30_000 });
    const [{ headers, body }] = hook.received as [(typeof hook.received)[number]];
    const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-plumbline-signature'])) ?? [];
    expect(createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')).toBe(signature);
    expect(await ruleBreaks(page)).toEqual([]);

    const { project: found } = await askApi<{ project: { trainingRuns: { edges: { node: { id: string } }[] } } }>(
      page.request,
      'query ($id: ID!) { project(id: $id) { trainingRuns(text: "alpha two") { edges { node { id } } } } }',
      { id: projectId },
    );
    await askApi(page.request, 'mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }', {
      id: found.trainingRuns.edges[0]?.node.id,
    });
    await expect(deliveries).toContainText('run.cancelled', { timeout: 30_000 });
    await expect.poll(() => hook.received.map(({ headers: { 'x-plumbline-event': event } }) => event)).toContain('run.cancelled');
    await page.getByRole('button', { name: 'Delete …' }).click();
    await page.getByRole('button', { name: 'Delete webhook' }).click();
    await expect(page.getByText('No webhooks')).toBeVisible();
    hook.stop();
  });

  await test.step('the last one, which the worker has taken, is cancelled as well', async () => {
    await page.goto(`${project}/runs?text=beta`);
    await page.getByRole('checkbox', { name: /^Choose beta/ }).check();
    await page.getByRole('button', { name: /^Cancel …/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel 1 training' }).click();
    await expect(rowOf(page, 'beta')).toContainText('cancelled');
  });
  await other.close();
});
