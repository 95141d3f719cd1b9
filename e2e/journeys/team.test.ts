import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { ensureOwner } from '../support/ensureOwner.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn } from '../support/signIn.ts';
import { expect, owner, platform, test } from '../support/test.ts';

const password = 'four words are enough';
const engineer = { name: 'Eva Engineer', email: 'eva@example.org' };
const viewer = { name: 'Victor Viewer', email: 'victor@example.org' };

test.beforeAll(async ({ request }) => {
  await ensureOwner(request);
});

async function openMembers(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Team / }).click();
  await page.getByRole('menuitem', { name: 'Members' }).click();
  await expect(page.getByRole('region', { name: 'Members' }).getByRole('row', { name: /Ada Owner/ })).toBeVisible();
}

async function invite(page: Page, role: string, email?: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('combobox', { name: 'Role', exact: true }).click();
  await page.getByRole('option', { name: new RegExp(`^${role}`) }).click();
  if (email) await page.getByLabel(/^E-mail/).fill(email);
  await page.getByRole('button', { name: 'Make link' }).click();
  const link = await page.getByLabel('the link', { exact: true }).innerText();
  await page.getByRole('button', { name: 'Done' }).click();
  return link;
}

/** Another person's browser, which joins by the link with a new account. */
async function joinAs(
  browser: Browser,
  link: string,
  person: { name: string; email: string },
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: platform.address, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const secret = new URL(link).hash.slice(1);
  const told: string[] = [];
  page.on('request', (request) => {
    const sent = `${decodeURIComponent(request.url())} ${decodeURIComponent(request.postData() ?? '')}`;
    if (!request.url().endsWith('/graphql') && sent.includes(secret)) told.push(request.url());
  });
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Join My team' })).toBeVisible();
  await page.getByLabel('Your name').fill(person.name);
  const email = page.getByLabel('E-mail');
  if ((await email.getAttribute('readonly')) === null) await email.fill(person.email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account and join' }).click();
  await page.waitForURL(/\/projects\/[^/]+$/);
  // The API is asked with it; addresses, signing in and cookies never hold it.
  expect(told).toEqual([]);
  expect((await context.cookies()).filter(({ value }) => decodeURIComponent(value).includes(secret))).toEqual([]);
  return { context, page };
}

test('a team grows by links: an engineer works, a viewer sees why not, and a role that is taken away stops in the open page', async ({
  page,
  browser,
}) => {
  await signIn(page);
  await openMembers(page);
  const [first, second] = [await invite(page, 'engineer'), await invite(page, 'viewer', viewer.email)];
  await expect(page.getByRole('region', { name: 'Invitations' }).getByRole('row')).toHaveCount(3);
  expect(await ruleBreaks(page)).toEqual([]);

  const eva = await joinAs(browser, first, engineer);
  const victor = await joinAs(browser, second, viewer);
  await page.goto(first);
  await expect(page.getByText('This invitation is not valid')).toBeVisible();

  const project = new URL(eva.page.url()).pathname;
  await eva.page.goto(`${project}/runs`);
  const start = eva.page.getByRole('link', { name: 'New training' }).first();
  await expect(start).toBeVisible();
  await victor.page.goto(`${project}/runs`);
  await expect(victor.page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await expect(victor.page.getByRole('link', { name: 'New training' })).toHaveCount(0);
  await victor.page.getByRole('button', { name: 'You are a viewer: what that means' }).click();
  await expect(victor.page.getByText('Viewers look and compare')).toBeVisible();
  await victor.page.keyboard.press('Escape');

  await page.goto('/');
  await openMembers(page);
  await page.getByRole('combobox', { name: `Role of ${engineer.name}` }).click();
  await page.getByRole('option', { name: /^viewer/ }).click();
  await expect(page.getByText(`${engineer.name} is now viewer.`)).toBeVisible();
  await expect(start).toBeHidden();
  await page.getByRole('button', { name: `Remove ${viewer.name}` }).click();
  await page.getByRole('button', { name: 'Remove member' }).click();
  await expect(page.getByRole('row', { name: new RegExp(viewer.name) })).toHaveCount(0);
  await expect(victor.page.getByText('No such project')).toBeVisible();

  await page.getByRole('navigation', { name: 'Team' }).getByRole('link', { name: 'Who did what' }).click();
  await expect(page.getByText(`${owner.name} changed the role of ${engineer.name} (engineer → viewer).`)).toBeVisible();
  await page.getByRole('combobox', { name: 'About' }).click();
  await page.getByRole('option', { name: 'Members' }).click();
  await expect(page).toHaveURL(/area=members/);
  await expect(page.getByText(`${owner.name} removed ${viewer.name} (viewer).`)).toBeVisible();
  await expect(page.getByText(/ signed in \(/)).toHaveCount(0);
  expect(await ruleBreaks(page)).toEqual([]);
  await eva.context.close();
  await victor.context.close();
});

test('an API token made in the account page works through the public address until it is revoked, and opens no internal address', async ({
  page,
  playwright,
}) => {
  await signIn(page);
  await page.goto('/account');
  await page.getByRole('button', { name: 'New token' }).first().click();
  await page.getByLabel('Name').fill('Nightly import');
  await page.getByRole('button', { name: 'Make token' }).click();
  const secret = await page.getByLabel('the token', { exact: true }).innerText();
  await page.getByRole('button', { name: 'Done' }).click();

  const outside = await playwright.request.newContext({ baseURL: platform.address });
  const ask = async (headers: Record<string, string>) => {
    const query = '{ me { name teams { team { projects { datasets { images(first: 1) { edges { node { thumbnailUrl } } } } } } } } }';
    const answer = await outside.post('/graphql', { headers, data: { query } });
    return ((await answer.json()) as { data: { me: { name: string } | null } }).data.me;
  };
  const bearing = { authorization: `Bearer ${secret}` };
  expect((await ask(bearing))?.name).toBe(owner.name);
  let thumbnail = '';
  // The sample's images may still be on their way in.
  await expect
    .poll(async () => (thumbnail = /"(\/files\/[^"]+)"/.exec(JSON.stringify(await ask(bearing)))?.[1] ?? ''), { timeout: 60_000 })
    .not.toBe('');
  expect((await outside.get(thumbnail, { headers: bearing })).status()).toBe(200);
  expect((await outside.get(thumbnail)).status()).toBe(401);

  // Even with the secret that our own web server has.
  const secrets = JSON.parse(await readFile(join(platform.data, 'secrets.json'), 'utf8')) as Record<string, string>;
  for (const value of Object.values(secrets))
    for (const path of ['/internal/sign-in', '/files/..%2finternal/sign-in', '/graphql/../internal/sign-in']) {
      const data = { email: owner.email, password: owner.password };
      const answer = await outside.post(path, { headers: { 'x-plumbline-internal': value }, data });
      expect([400, 404, 405], path).toContain(answer.status());
      expect(await answer.text()).not.toContain('sessionId');
    }

  await page.getByRole('button', { name: 'Revoke Nightly import' }).click();
  await page.getByRole('button', { name: 'Revoke token' }).click();
  await expect(page.getByText('Nightly import was revoked.')).toBeVisible();
  await expect.poll(() => ask(bearing)).toBeNull();
  await outside.dispose();
});
