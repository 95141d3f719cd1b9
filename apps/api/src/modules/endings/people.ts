import { addNotification, isTerminal } from '@plumbline/jobs';
import type { Prisma } from '@plumbline/prisma';
import { publicId } from '../../ids.ts';
import { readSummaries } from '../experiments/loaders.ts';
import { stateOf } from '../experiments/state.ts';
import { pathOf, type EndedRun, type EndedThing } from './subject.ts';

type Tx = Prisma.TransactionClient;

/** Tells who started it: of a run of their own, or, once all of it has ended, of their experiment. What they ended themselves they know. */
export async function tellPeople(tx: Tx, thing: EndedThing): Promise<void> {
  const { run, evaluation } = thing;
  if (run.experimentId !== null) return tellExperiment(tx, run);
  if (evaluation || run.createdById === null || !isTerminal(thing.state)) return;
  if (thing.state === 'cancelled' && (await cancelledBy(tx, publicId('TrainingRun', run.id))) === run.createdById) return;
  await addNotification(tx, {
    userId: run.createdById,
    teamId: run.project.teamId,
    kind: 'run.ended',
    payload: {
      state: thing.state,
      variant: run.variant.name,
      dataset: run.datasetVersion.dataset.name,
      seed: run.seed,
      reason: run.reason,
    },
    link: pathOf(thing),
    occasion: `run ${run.id}`,
  });
}

/** Who cancelled a run or an experiment last, as the audit has it. */
async function cancelledBy(tx: Tx, subjectId: string): Promise<string | null> {
  const event = await tx.auditEvent.findFirst({
    where: { subjectId, action: { in: ['training.cancel', 'experiment.cancel'] } },
    orderBy: { id: 'desc' },
    select: { actorId: true },
  });
  return event?.actorId ?? null;
}

/** An experiment has finished once nothing of it runs, waits or is being evaluated; a run made anew in it lets it finish again. */
async function tellExperiment(tx: Tx, { experiment, project }: EndedRun): Promise<void> {
  if (!experiment || experiment.createdById === null) return;
  // Two of its runs that end at once follow one another: the later one sees that all have ended.
  await tx.$queryRaw`select 1 as locked from "Experiment" where "id" = ${experiment.id}::uuid for no key update`;
  const [summary] = await readSummaries(tx, [experiment.id]);
  if (!summary || !isTerminal(stateOf(summary))) return;
  const publicExperiment = publicId('Experiment', experiment.id);
  if (stateOf(summary) === 'cancelled' && (await cancelledBy(tx, publicExperiment)) === experiment.createdById) return;
  const count = (wanted: string): number => summary.states.find(({ state }) => state === wanted)?.count ?? 0;
  const runs = await tx.trainingRun.count({ where: { experimentId: experiment.id } });
  await addNotification(tx, {
    userId: experiment.createdById,
    teamId: project.teamId,
    kind: 'experiment.finished',
    payload: { name: experiment.name, succeeded: count('succeeded'), failed: count('failed'), cancelled: count('cancelled') },
    link: `/projects/${publicId('Project', project.id)}/experiments/${publicExperiment}`,
    occasion: `experiment ${experiment.id} with ${runs} runs`,
  });
}
