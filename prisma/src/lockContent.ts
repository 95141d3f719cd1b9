import type { Prisma } from '../generated/client/client.ts';

/**
 * Holds the content of this sha256 until the transaction ends. Who refers to a stored file in a new row, and who removes a file that no row refers
 * to, take it first, so that no file is removed between the look at storage and the row. Keep the transaction short: others wait at most 3 s.
 */
export async function lockContent(tx: Prisma.TransactionClient, sha256: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`plumbline content ${sha256}`}, 0))`;
}
