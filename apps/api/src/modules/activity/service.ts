import type { Context } from '../../context.ts';
import { publicId } from '../../ids.ts';

export interface Activity {
  readonly at: Date;
  readonly kind: 'run' | 'evaluation' | 'import';
  readonly sentence: string;
  /** Path of the page that shows it. */
  readonly link: string;
}

const runWords = {
  queued: 'waits for a worker',
  preparing: 'is being prepared',
  running: 'is running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  paused: 'is paused',
} as const;
const importWords = {
  queued: 'waits for a worker',
  running: 'is being read',
  failed: 'failed',
} as const;

const usualLength = 20;
const longestLength = 100;

/** What happened lately in a project that the person may see: runs, evaluations and imports, newest first. */
export async function listActivity(
  { db }: Context,
  project: { readonly id: string },
  first: number | null | undefined,
): Promise<Activity[]> {
  const take = Math.min(Math.max(first ?? usualLength, 0), longestLength);
  const base = `/projects/${publicId('Project', project.id)}`;
  const [runs, evaluations, imports] = await Promise.all([
    db.trainingRun.findMany({
      where: { projectId: project.id },
      orderBy: { createdAt: 'desc' },
      take,
      include: { variant: true, datasetVersion: { include: { dataset: true } } },
    }),
    db.evaluation.findMany({
      where: { checkpoint: { run: { projectId: project.id } } },
      orderBy: { createdAt: 'desc' },
      take,
      select: {
        id: true,
        state: true,
        reason: true,
        createdAt: true,
        finishedAt: true,
        datasetVersion: { select: { dataset: { select: { name: true } } } },
        checkpoint: { select: { kind: true, run: { select: { variant: { select: { name: true } } } } } },
      },
    }),
    db.datasetImport.findMany({
      where: { dataset: { projectId: project.id } },
      orderBy: { createdAt: 'desc' },
      take,
      select: { state: true, source: true, accepted: true, refused: true, reason: true, createdAt: true, finishedAt: true, dataset: true },
    }),
  ]);
  const because = (reason: string | null) => (reason ? `: ${reason}` : '.');
  const entries: Activity[] = [
    ...runs.map((run) => ({
      at: run.finishedAt ?? run.startedAt ?? run.createdAt,
      kind: 'run' as const,
      sentence: `Training of ${run.variant.name} on ${run.datasetVersion.dataset.name} (seed ${run.seed}) ${runWords[run.state]}${because(run.reason)}`,
      link: `${base}/runs/${publicId('TrainingRun', run.id)}`,
    })),
    ...evaluations.map(({ id, state, reason, createdAt, finishedAt, datasetVersion, checkpoint }) => ({
      at: finishedAt ?? createdAt,
      kind: 'evaluation' as const,
      sentence: `Evaluation of ${checkpoint.run.variant.name} on ${datasetVersion.dataset.name} ${runWords[state]}${because(reason)}`,
      link: `${base}/evaluations/${publicId('Evaluation', id)}`,
    })),
    ...imports.map(({ state, source, accepted, refused, reason, createdAt, finishedAt, dataset }) => ({
      at: finishedAt ?? createdAt,
      kind: 'import' as const,
      sentence:
        state !== 'succeeded'
          ? `Import of ${source} into ${dataset.name} ${importWords[state]}${because(reason)}`
          : accepted === 0
            ? `Nothing of ${source} was imported into ${dataset.name}.`
            : `Import of ${source} into ${dataset.name}: ${accepted} accepted, ${refused} refused.`,
      link: `${base}/datasets/${publicId('Dataset', dataset.id)}`,
    })),
  ];
  return entries.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, take);
}
