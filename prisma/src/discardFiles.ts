import type { Prisma } from '../generated/client/client.ts';

/**
 * Leaves a note of files that a row refers to which goes or changes in this transaction: they are removed once nothing refers to them any more. One
 * that something does refer to loses nothing by it.
 */
export async function discardFiles(tx: Prisma.TransactionClient, files: readonly (string | null)[]): Promise<void> {
  const addresses = [...new Set(files.filter((file) => file !== null))];
  await tx.discardedFile.createMany({ data: addresses.map((address) => ({ address })), skipDuplicates: true });
}

/** Deletes evaluations with a note of their pictures. @returns how many there were */
export async function deleteEvaluations(tx: Prisma.TransactionClient, where: Prisma.EvaluationWhereInput): Promise<number> {
  const ids = (await tx.evaluation.findMany({ where, select: { id: true } })).map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx.$executeRaw`
    insert into "DiscardedFile" ("address")
    select distinct f."address" from "Reconstruction" r cross join lateral (values (r."inputSha256"), (r."reconstructionSha256")) f ("address")
    where r."evaluationId" = any(${ids}::uuid[]) on conflict do nothing`;
  return (await tx.evaluation.deleteMany({ where: { AND: [where, { id: { in: ids } }] } })).count;
}
