import type { TrainingRun } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { signedIn } from '../../permissions.ts';
import { InvalidInput, NotAllowed, NotFound } from '../../problems.ts';
import { parse } from '../../validation.ts';
import { cancelTraining, pauseTraining, requirePriority, resumeTraining, setTrainingPriority } from './controlService.ts';
import { retryTraining } from './startService.ts';

export const trainingActs = ['cancel', 'pause', 'resume', 'retry', 'prioritise'] as const;
export type TrainingAct = (typeof trainingActs)[number];

/** As many as a page of the list holds at most. */
const mostRuns = 500;

const bulkSchema = z.object({
  ids: z.array(z.string()).min(1, 'No run is named; name at least one.').max(mostRuns, `More than ${mostRuns} runs are named; take fewer.`),
  act: z.enum(trainingActs),
  priority: z.number().int().nullish(),
});

/** What came of an act on one run. */
export interface ActOutcome {
  readonly id: string;
  /** The run as it is now, or the new one of a retry; null where nothing was done. */
  readonly trainingRun: TrainingRun | null;
  /** Why not, in one sentence. */
  readonly problem: string | null;
}

function actOf(context: Context, act: TrainingAct, priority: number | null | undefined): (id: string) => Promise<TrainingRun> {
  switch (act) {
    case 'cancel':
      return (id) => cancelTraining(context, id);
    case 'pause':
      return (id) => pauseTraining(context, id);
    case 'resume':
      return (id) => resumeTraining(context, id);
    case 'retry':
      return (id) => retryTraining(context, id);
    case 'prioritise': {
      if (priority === null || priority === undefined) throw InvalidInput.at('priority', 'The priority is missing; give one.');
      requirePriority(priority);
      return (id) => setTrainingPriority(context, id, priority);
    }
  }
}

/**
 * Does one act on many runs, one after another as if each were asked for alone: what cannot be done with one of them stops none of the others.
 * @returns an outcome for each id, in their order
 * @throws InvalidInput; NotAllowed or NotFound where that is so of every run
 */
export async function controlTrainings(context: Context, raw: unknown): Promise<ActOutcome[]> {
  signedIn(context);
  const { ids, act, priority } = parse(bulkSchema, raw);
  const perform = actOf(context, act, priority);
  const outcomes: ActOutcome[] = [];
  const refusals: (NotAllowed | NotFound)[] = [];
  const unique = [...new Set(ids)];
  for (const id of unique) {
    try {
      outcomes.push({ id, trainingRun: await perform(id), problem: null });
    } catch (error) {
      if (!(error instanceof InvalidInput || error instanceof NotAllowed || error instanceof NotFound)) throw error;
      if (!(error instanceof InvalidInput)) refusals.push(error);
      outcomes.push({ id, trainingRun: null, problem: error.message });
    }
  }
  const [refusal] = refusals;
  if (refusal && refusals.length === unique.length) throw refusal;
  return outcomes;
}
