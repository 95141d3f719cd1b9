import { test as base } from '@playwright/test';

/** The platform that the journeys share: its data directory, its address and the owner's one-time link. */
export const platform = {
  get data(): string {
    return process.env['PLUMBLINE_E2E_DATA'] ?? '';
  },
  get address(): string {
    return process.env['PLUMBLINE_E2E_ADDRESS'] ?? '';
  },
  get welcome(): string {
    return process.env['PLUMBLINE_E2E_WELCOME'] ?? '';
  },
};

export const owner = { name: 'Ada Owner', email: 'ada@example.org', password: 'a long enough password' };

/** Playwright's test, fails also when a page throws or logs an error. */
export const test = base.extend<{ errors: string[] }>({
  // Set by the global set-up before any test is loaded to run.
  baseURL: platform.address,
  errors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      await use(errors);
      // One line, so that also the summary of a long run says what it was.
      base.expect(errors.join(' · '), 'errors in the browser').toBe('');
    },
    { auto: true },
  ],
});
export { expect } from '@playwright/test';
