import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { launchPlatform, type LaunchedPlatform } from '../../scripts/platform/launch.ts';
import { startOidcProvider, type OidcProviderHere } from '../support/oidcProvider.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signInAs } from '../support/signIn.ts';
import { owner } from '../support/test.ts';

// The first one makes the owner, whom the others know.
base.describe.configure({ mode: 'serial' });

/** A platform of its own, that knows a real OIDC provider. */
let provider: OidcProviderHere;
let platform: LaunchedPlatform;
let data: string;
base.beforeAll(async () => {
  provider = await startOidcProvider();
  data = await mkdtemp(join(tmpdir(), 'plumbline-e2e-oidc-'));
  platform = await launchPlatform({
    data,
    settings: {
      PLUMBLINE_OIDC_ISSUER: provider.issuer,
      PLUMBLINE_OIDC_CLIENT_ID: provider.client.id,
      PLUMBLINE_OIDC_CLIENT_SECRET: provider.client.secret,
      PLUMBLINE_OIDC_NAME: 'Example Login',
    },
  });
  provider.serve(platform.address);
});
base.afterAll(async () => {
  const code = await platform.stop();
  await provider.stop();
  await rm(data, { recursive: true, force: true });
  expect(code).toBe(0);
});

/** A browser of a person who has been nowhere yet. */
const test = base.extend<{ newcomer: () => Promise<Page> }>({
  newcomer: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL: platform.address, viewport: { width: 1440, height: 900 } });
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

const go = (page: Page) => page.getByRole('button', { name: 'Continue with Example Login' }).click();

/** Signs in at the provider's own pages, and agrees there to what we ask for. */
async function loginAs(page: Page, login: string): Promise<void> {
  await page.waitForURL(`${provider.issuer}/**`);
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${platform.address}/**`);
}

async function enter(page: Page, login: string): Promise<void> {
  await page.goto('/sign-in');
  await go(page);
  await loginAs(page, login);
}

const refusal = (page: Page) => page.getByRole('main').getByRole('alert');

test('nobody gets in by the provider before the owner has an account', async ({ newcomer }) => {
  provider.people.set('early', { email: 'early@example.org', verified: true, name: 'Early Bird' });
  const page = await newcomer();
  await enter(page, 'early');
  await expect(refusal(page)).toContainText('Open the one-time link');

  await page.goto(platform.welcome ?? '');
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: /account/i }).click();
  await page.waitForURL(/\/projects\/[^/]+$/);
});

test('the owner signs in by the provider, with PKCE, state and nonce, and comes back to the page that was asked for', async ({
  newcomer,
}) => {
  provider.people.set('ada', { email: owner.email.toUpperCase(), verified: true, name: 'Ada' });
  const page = await newcomer();
  const asked: URL[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(`${provider.issuer}/auth?`)) asked.push(new URL(request.url()));
  });
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  expect(await ruleBreaks(page)).toEqual([]);
  await go(page);
  await loginAs(page, 'ada');
  await expect(page).toHaveURL(`${platform.address}/account`);
  const parameters = asked[0]!.searchParams;
  expect(Object.fromEntries(parameters)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', client_id: 'plumbline' });
  for (const name of ['code_challenge', 'state', 'nonce']) expect((parameters.get(name) ?? '').length, name).toBeGreaterThan(20);

  await expect(page.getByRole('heading', { level: 1, name: owner.name })).toBeVisible();
  const ways = page.getByRole('region', { name: 'How you sign in' });
  await expect(ways.getByRole('row', { name: /Example Login/ })).toContainText(owner.email);
  expect(await ruleBreaks(page)).toEqual([]);
  await page.getByRole('button', { name: 'Unlink Example Login' }).click();
  await page.getByRole('button', { name: 'Unlink', exact: true }).click();
  await expect(page.getByText('You no longer sign in by Example Login.')).toBeVisible();
  await expect(ways.getByRole('row', { name: /Example Login/ })).toHaveCount(0);
  await expect(page.getByText(/To link Example Login/)).toBeVisible();
});

test('an unverified e-mail, and one without an account, open nothing', async ({ newcomer }) => {
  provider.people.set('imposter', { email: owner.email, verified: false, name: 'Ada' });
  provider.people.set('stranger', { email: 'stranger@example.org', verified: true, name: 'Stranger' });
  for (const [login, sentence] of [
    ['imposter', 'does not vouch for your e-mail address'],
    ['stranger', 'neither an account nor an invitation'],
  ] as const) {
    const page = await newcomer();
    await enter(page, login);
    await expect(refusal(page)).toContainText(sentence);
    await page.goto('/account');
    await expect(page).toHaveURL(/\/sign-in/);
  }
});

test('an answer that was not asked for in this browser is refused', async ({ newcomer }) => {
  const [victim, attacker] = [await newcomer(), await newcomer()];
  provider.people.set('mallory', { email: owner.email, verified: true, name: 'Mallory' });
  // The attacker stops before the answer reaches the platform, and gives it to somebody else.
  let answer = '';
  await attacker.goto('/sign-in');
  await go(attacker);
  await attacker.waitForURL(`${provider.issuer}/**`);
  await attacker.getByPlaceholder('Enter any login').fill('mallory');
  await attacker.getByPlaceholder('and password').fill('any');
  await attacker.getByRole('button', { name: 'Sign-in' }).click();
  await attacker.getByRole('button', { name: 'Continue' }).waitFor();
  await attacker.route(`${provider.issuer}/interaction/**`, async (route) => {
    let next = (await route.fetch({ maxRedirects: 0 })).headers()['location'];
    while (next && !next.startsWith(platform.address)) {
      const step = await attacker.request.get(new URL(next, provider.issuer).href, { maxRedirects: 0 });
      next = step.headers()['location'];
    }
    answer = next ?? '';
    await route.abort();
  });
  await attacker.getByRole('button', { name: 'Continue' }).click();
  await expect.poll(() => answer).toContain('code=');
  await victim.goto(answer);
  await expect(refusal(victim)).toContainText('did not sign you in');
  await victim.goto('/account');
  await expect(victim).toHaveURL(/\/sign-in/);
});

test("a person without an account takes an invitation's link by the provider, sets a password, and its secret goes nowhere", async ({
  newcomer,
}) => {
  const admin = await newcomer();
  await signInAs(admin, owner);
  await admin.getByRole('button', { name: /^Team / }).click();
  await admin.getByRole('menuitem', { name: 'Members' }).click();
  await admin.getByRole('button', { name: 'Invite' }).click();
  await admin.getByRole('button', { name: 'Make link' }).click();
  const link = await admin.getByLabel('the link', { exact: true }).innerText();
  const secret = new URL(link).hash.slice(1);

  provider.people.set('eva', { email: 'eva@example.org', verified: true, name: 'Eva Engineer' });
  const page = await newcomer();
  const told: string[] = [];
  page.on('request', (request) => {
    const sent = decodeURIComponent(
      `${request.url()} ${request.postData() ?? ''} ${JSON.stringify(request.headers())}`.replaceAll('%', '%25'),
    );
    if (!request.url().endsWith('/graphql') && sent.includes(secret)) told.push(request.url());
  });
  await page.goto(link);
  await expect(page.getByRole('heading', { name: /^Join / })).toBeVisible();
  expect(await ruleBreaks(page)).toEqual([]);
  await go(page);
  await loginAs(page, 'eva');
  await page.waitForURL(/\/projects\/[^/]+$/);
  expect(told).toEqual([]);
  await page.goto('/account');
  await expect(page.getByRole('heading', { level: 1, name: 'Eva Engineer' })).toBeVisible();
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name)).not.toContain('plumbline.invitation-ticket');

  await page.getByRole('button', { name: 'Unlink Example Login' }).click();
  await page.getByRole('button', { name: 'Unlink', exact: true }).click();
  await expect(page.getByText('This is your only way to sign in')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByLabel('New password').fill('four words are enough');
  await page.getByRole('dialog').getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('button', { name: 'Change password' })).toBeVisible();

  // The link worked once; the second person who takes it is told so.
  provider.people.set('late', { email: 'late@example.org', verified: true, name: 'Late' });
  const late = await newcomer();
  await late.goto(link);
  await expect(late.getByText('This invitation is not valid')).toBeVisible();

  await admin.goto('/');
  await admin.getByRole('button', { name: /^Team / }).click();
  await admin.getByRole('menuitem', { name: 'Members' }).click();
  await admin.getByRole('navigation', { name: 'Team' }).getByRole('link', { name: 'Who did what' }).click();
  await expect(admin.getByText(/^Eva Engineer joined the team/)).toBeVisible();
  await expect(admin.getByText(`Eva Engineer signed in (by ${provider.issuer}, `, { exact: false })).toBeVisible();
});

test('neither the secret of the client nor what was exchanged stands in a log', async () => {
  const folder = join(data, 'logs');
  const logs = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
  const all = logs.join('\n') + platform.output();
  expect(all).toContain('/internal/oidc-sign-in');
  for (const word of [provider.client.secret, 'code_verifier', 'id_token', 'access_token', 'stranger@example.org'])
    expect(all, word).not.toContain(word);
});
