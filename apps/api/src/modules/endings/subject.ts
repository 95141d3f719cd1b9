import type { Prisma, RunState } from '@plumbline/prisma';
import { publicId } from '../../ids.ts';

const ofRun = {
  variant: true,
  recipe: { select: { name: true, hash: true } },
  datasetVersion: { include: { dataset: true } },
  experiment: true,
  createdBy: { select: { name: true } },
  project: { include: { team: true } },
} satisfies Prisma.TrainingRunInclude;
export type EndedRun = Prisma.TrainingRunGetPayload<{ include: typeof ofRun }>;
const ofEvaluation = {
  checkpoint: { include: { run: { include: ofRun } } },
  datasetVersion: { include: { dataset: true } },
} satisfies Prisma.EvaluationInclude;
type EndedEvaluation = Prisma.EvaluationGetPayload<{ include: typeof ofEvaluation }>;

/** What ended: a run, or an evaluation of one. */
export interface EndedThing {
  readonly run: EndedRun;
  readonly evaluation: EndedEvaluation | null;
  readonly state: RunState;
  readonly at: Date;
}

/** Null where it was deleted meanwhile. */
export async function readEnded(
  tx: Prisma.TransactionClient,
  { runId, evaluationId, state, at }: { runId: string | null; evaluationId: string | null; state: RunState; at: Date },
): Promise<EndedThing | null> {
  if (runId !== null) {
    const run = await tx.trainingRun.findUnique({ where: { id: runId }, include: ofRun });
    return run && { run, evaluation: null, state, at };
  }
  const evaluation = evaluationId === null ? null : await tx.evaluation.findUnique({ where: { id: evaluationId }, include: ofEvaluation });
  return evaluation && { run: evaluation.checkpoint.run, evaluation, state, at };
}

/** Path of the page that shows it. */
export function pathOf({ run, evaluation }: EndedThing): string {
  const base = `/projects/${publicId('Project', run.projectId)}`;
  return evaluation ? `${base}/evaluations/${publicId('Evaluation', evaluation.id)}` : `${base}/runs/${publicId('TrainingRun', run.id)}`;
}

const dataset = ({ number, dataset: { id, name } }: EndedRun['datasetVersion']) => ({ id: publicId('Dataset', id), name, version: number });

/** What webhooks are sent of it; documented in docs/api.md. */
export function bodyOf(thing: EndedThing, event: string, publicUrl: URL): object {
  const { run, evaluation, at } = thing;
  const { project } = run;
  return {
    event,
    at: at.toISOString(),
    team: { id: publicId('Team', project.teamId), name: project.team.name },
    project: { id: publicId('Project', project.id), name: project.name },
    run: {
      id: publicId('TrainingRun', run.id),
      kind: run.kind,
      state: run.state,
      variant: { id: publicId('Variant', run.variantId), name: run.variant.name },
      recipe: run.recipe,
      dataset: dataset(run.datasetVersion),
      experiment: run.experiment && { id: publicId('Experiment', run.experiment.id), name: run.experiment.name },
      seed: run.seed,
      epoch: run.epoch,
      epochs: run.epochs,
      trainLoss: run.trainLoss,
      validationLoss: run.validationLoss,
      reason: run.reason,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      startedBy: run.createdBy?.name ?? null,
    },
    ...(evaluation && {
      evaluation: {
        id: publicId('Evaluation', evaluation.id),
        state: evaluation.state,
        dataset: dataset(evaluation.datasetVersion),
        protocol: evaluation.protocol,
        metrics: evaluation.metrics,
        reason: evaluation.reason,
        startedAt: evaluation.startedAt,
        finishedAt: evaluation.finishedAt,
      },
    }),
    url: new URL(pathOf(thing), publicUrl).href,
  };
}
