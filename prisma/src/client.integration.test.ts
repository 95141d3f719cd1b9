import { testDatabase } from '@plumbline/postgres/testing';
import { expect, it } from 'vitest';
import { createPrisma } from './client.ts';

it('gives up a statement after some seconds, unless it is for work in the background', async () => {
  const { url, drop } = await testDatabase();
  const [usual, patient] = [createPrisma(url), createPrisma(url, { connections: 1, longStatements: true })];
  const [given, taken] = await Promise.allSettled([usual, patient].map((client) => client.$queryRaw`select pg_sleep(6)::text`));
  expect([given?.status, taken?.status]).toEqual(['rejected', 'fulfilled']);
  await Promise.all([usual.$disconnect(), patient.$disconnect()]);
  await drop();
});
