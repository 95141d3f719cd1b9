import { notifyChange } from '@plumbline/jobs';
import type { Dataset, Prisma, Project } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn, teamsWith } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { isDuplicate, longTransaction, parse } from '../../validation.ts';
import { lockDataset, ownDataset, refuseWhileImporting } from './service.ts';

/** What refers to a dataset, so that deleting it would tear a result from its data. */
export interface DatasetReferences {
  readonly versions: number;
  readonly runs: number;
  readonly evaluations: number;
}

export async function readReferences(
  { db }: { readonly db: Prisma.TransactionClient },
  { id }: Pick<Dataset, 'id'>,
): Promise<DatasetReferences> {
  const [row] = await db.$queryRaw<DatasetReferences[]>`
    select (select count(*)::int from "DatasetVersion" where "datasetId" = ${id}::uuid) as "versions",
      (select count(*)::int from "TrainingRun" r join "DatasetVersion" v on v."id" = r."datasetVersionId" where v."datasetId" = ${id}::uuid) as "runs",
      (select count(*)::int from "Evaluation" e join "DatasetVersion" v on v."id" = e."datasetVersionId" where v."datasetId" = ${id}::uuid) as "evaluations"`;
  return row ?? { versions: 0, runs: 0, evaluations: 0 };
}

const deleteSchema = z.object({ id: z.string(), confirmName: z.string() });

/**
 * Deletes a dataset that no run or evaluation refers to. Its images and files stay for the days of grace, in which it can be restored.
 * @throws InvalidInput, NotAllowed, NotFound
 */
export async function deleteDataset(context: Context, raw: unknown): Promise<string> {
  const actor = signedIn(context);
  const { id, confirmName } = parse(deleteSchema, raw);
  const dataset = await ownDataset(context, id, 'dataset.delete');
  if (confirmName.trim() !== dataset.name) throw InvalidInput.at('confirmName', `Type ${dataset.name} to delete the dataset.`);
  await context.db.$transaction(async (tx) => {
    // A training that starts now waits here, and then finds no dataset.
    await lockDataset(tx, dataset.id);
    const { runs, evaluations } = await readReferences({ db: tx }, dataset);
    if (runs + evaluations > 0) throw InvalidInput.at('id', `${inWords({ runs, evaluations })} to ${dataset.name}, so it stays.`);
    await refuseWhileImporting(tx, dataset, 'id');
    await tx.dataset.update({ where: { id: dataset.id }, data: { deletedAt: new Date() } });
    await recordAudit(tx, actor, 'dataset.delete', { teamId: dataset.project.teamId, subject: dataset.name, subjectId: id });
    await notifyChange(tx, { kind: 'project', projectId: dataset.projectId });
  }, longTransaction);
  return id;
}

function inWords({ runs, evaluations }: Pick<DatasetReferences, 'runs' | 'evaluations'>): string {
  const words = (count: number, what: string) => (count === 0 ? [] : [`${count === 1 ? 'A' : count} ${what}${count === 1 ? '' : 's'}`]);
  const all = [...words(runs, 'training run'), ...words(evaluations, 'evaluation').map((one) => (runs > 0 ? one.toLowerCase() : one))];
  return `${all
    .join(' and ')
    .replace(/ and a evaluation/, ' and an evaluation')
    .replace(/^A evaluation/, 'An evaluation')} ${runs + evaluations === 1 ? 'refers' : 'refer'}`;
}

/** Brings a deleted dataset back. @throws InvalidInput where its name is taken by now; NotAllowed, NotFound */
export async function restoreDataset(context: Context, rawId: string): Promise<Dataset> {
  const actor = signedIn(context);
  const id = rowIdOf('Dataset', rawId);
  const dataset = await context.db.dataset.findFirst({ where: { id, deletedAt: { not: null } }, include: { project: true } });
  if (!dataset) throw new NotFound('Dataset');
  assertPermission(context, 'dataset.restore', dataset.project.teamId, 'Dataset');
  try {
    return await context.db.$transaction(async (tx) => {
      const restored = await tx.dataset.update({ where: { id }, data: { deletedAt: null } });
      await recordAudit(tx, actor, 'dataset.restore', { teamId: dataset.project.teamId, subject: dataset.name, subjectId: rawId });
      await notifyChange(tx, { kind: 'project', projectId: dataset.projectId });
      return restored;
    });
  } catch (error) {
    throw isDuplicate(error)
      ? InvalidInput.at('id', `The project has another dataset named ${dataset.name} by now; rename that one, then restore this.`)
      : error;
  }
}

/** Deleted datasets of a project that can still be restored, the last deleted first. */
export function listDeleted(context: Context, project: Project): Promise<Dataset[]> {
  if (!teamsWith(context, 'dataset.restore').includes(project.teamId)) return Promise.resolve([]);
  return context.db.dataset.findMany({
    where: { projectId: project.id, deletedAt: { not: null } },
    orderBy: { deletedAt: 'desc' },
    take: 100,
  });
}
