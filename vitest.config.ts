import { defineConfig } from 'vitest/config';

/** unit: pure, no process, no network. integration: real PostgreSQL, queue and engine; a file has a database of its own, and two run at once. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.ts?(x)', '{prisma,samples,scripts}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.integration.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        // Vite would take graphql's ES modules where Node, and so every package, takes its CommonJS ones: two copies refuse each other's objects.
        resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
        test: {
          name: 'integration',
          include: ['{apps,packages}/*/src/**/*.integration.test.ts', '{prisma,samples,scripts}/**/*.integration.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['packages/postgres/src/testSetup.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
