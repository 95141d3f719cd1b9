import type { APIRequestContext, Browser } from '@playwright/test';
import type { SignedIn } from './photograph.ts';

/** Who looks at the pages, and who answers their comment. */
export const owner = { name: 'Ada Owner', email: 'ada@example.org', password: 'a long enough password' };
export const colleague = { name: 'Ben Colleague', email: 'ben@example.org', password: 'four words are enough' };

/** Fills the welcome form and returns the cookies of the owner. */
export async function becomeOwner(browser: Browser, welcome: string): Promise<SignedIn> {
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

/** Signs somebody in who has an account. */
export async function signIn(browser: Browser, address: string, { email, password }: typeof owner): Promise<SignedIn> {
  const context = await browser.newContext({ baseURL: address });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/projects\/[^/]+$/);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Asks the API as somebody, as the pages do. @throws where it answers errors */
export type Ask = <Data>(query: string, variables?: object) => Promise<Data>;

/** @param address where the platform is; the API refuses requests of other origins */
export const asking =
  (request: APIRequestContext, address: string): Ask =>
  async <Data>(query: string, variables: object = {}) => {
    const answer = await request.post(`${address}/graphql`, { data: { query, variables }, headers: { origin: address } });
    const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
    if (errors !== undefined) throw new Error(`The API answered ${JSON.stringify(errors)} to ${query}`);
    return data;
  };
