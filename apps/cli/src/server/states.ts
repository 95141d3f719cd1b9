import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { UsageError } from '../failure.ts';
import { duration } from '../progress.ts';
import type { Server } from './connection.ts';

const runStates = ['queued', 'preparing', 'running', 'succeeded', 'failed', 'cancelled', 'paused'] as const;

const evaluationSchema = z.object({
  __typename: z.literal('Evaluation'),
  id: z.string(),
  state: z.enum(runStates),
  done: z.number(),
  total: z.number(),
  reason: z.string().nullable(),
});
const runSchema = z.object({
  __typename: z.literal('TrainingRun'),
  id: z.string(),
  state: z.enum(runStates),
  seed: z.number(),
  epoch: z.number(),
  epochs: z.number(),
  progress: z.number(),
  secondsLeft: z.number().nullable(),
  trainLoss: z.number().nullable(),
  validationLoss: z.number().nullable(),
  phase: z.string().nullable(),
  reason: z.string().nullable(),
  warning: z.string().nullable(),
  variant: z.object({ id: z.string(), name: z.string() }),
  datasetVersion: z.object({ id: z.string(), number: z.number(), dataset: z.object({ id: z.string(), name: z.string() }) }),
  checkpoints: z.array(z.object({ id: z.string(), kind: z.enum(['best', 'last']), epoch: z.number() })),
  evaluations: z.array(evaluationSchema),
});
const importSchema = z.object({
  __typename: z.literal('DatasetImport'),
  id: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed']),
  source: z.string(),
  total: z.number(),
  done: z.number(),
  accepted: z.number(),
  refused: z.number(),
  duplicates: z.number(),
  ignored: z.number(),
  reason: z.string().nullable(),
});
const experimentSchema = z.object({
  __typename: z.literal('Experiment'),
  id: z.string(),
  name: z.string(),
  state: z.enum(['queued', 'running', 'evaluating', 'succeeded', 'failed', 'cancelled', 'paused']),
  progress: z.number(),
  runCount: z.number(),
  evaluatedCount: z.number(),
});

export const workSchema = z.discriminatedUnion('__typename', [runSchema, evaluationSchema, importSchema, experimentSchema]);

/** Something that the server does: a training run, an evaluation, an import or an experiment. */
export type Work = z.infer<typeof workSchema>;
export type TrainingRun = z.infer<typeof runSchema>;

const evaluation = '__typename id state done total reason';
/** What to select of a TrainingRun. */
export const RUN = `__typename id state seed epoch epochs progress secondsLeft trainLoss validationLoss phase reason warning
  variant { id name } datasetVersion { id number dataset { id name } } checkpoints { id kind epoch } evaluations { ${evaluation} }`;
export const IMPORT = '__typename id state source total done accepted refused duplicates ignored reason';
/** What to select of a thing by the beginning of its id. */
const kinds = new Map([
  ['run', `... on TrainingRun { ${RUN} }`],
  ['evl', `... on Evaluation { ${evaluation} }`],
  ['imp', `... on DatasetImport { ${IMPORT} }`],
  ['exp', '... on Experiment { id name state progress runCount evaluatedCount }'],
]);

const askEveryMs = 1000;

/** A thing by its id, as it is now. @throws UsageError where there is none, or it is nothing that is worked at */
export async function workOn(server: Server, id: string, signal: AbortSignal): Promise<Work> {
  const selection = kinds.get(id.slice(0, id.indexOf('_')));
  if (!selection)
    throw new UsageError(
      `${id} is the id of no training run, evaluation, import or experiment; those begin with run_, evl_, imp_ or exp_.`,
    );
  const query = `query Status($id: ID!) { node(id: $id) { __typename ${selection} } }`;
  const { node } = await server.askPatiently(z.object({ node: workSchema.nullable() }), query, { id }, signal);
  if (!node) throw new UsageError(`${id}: there is no such thing on ${server.url}, or this API token does not reach it.`);
  return node;
}

const over = new Set(['succeeded', 'failed', 'cancelled']);

/** Whether nothing more is going to happen: for a run that succeeded also its evaluations are over. */
export function hasEnded(work: Work): boolean {
  return over.has(work.state) && (work.__typename !== 'TrainingRun' || work.evaluations.every(({ state }) => over.has(state)));
}

/** Why a thing that is over did not come out well, in a sentence; null where it did. */
export function shortfall(work: Work): string | null {
  if (work.state === 'failed' || work.state === 'cancelled') {
    const reason = 'reason' in work && work.reason ? `: ${work.reason}` : '.';
    return `${work.id} ${work.state === 'failed' ? 'failed' : 'was cancelled'}${reason}`;
  }
  const evaluations = work.__typename === 'TrainingRun' ? work.evaluations : [];
  return evaluations.map(shortfall).find((short) => short !== null) ?? null;
}

/** Asks until it has ended. */
export async function follow(server: Server, id: string, signal: AbortSignal, onChange: (work: Work) => void): Promise<Work> {
  let told = '';
  for (;;) {
    const work = await workOn(server, id, signal);
    const now = JSON.stringify(work);
    if (now !== told) onChange(work);
    told = now;
    if (hasEnded(work)) return work;
    await wait(askEveryMs, undefined, { signal });
  }
}

const left = (seconds: number | null): string => (seconds === null ? '' : `, ${duration(seconds)} left`);

/** A thing in a line. */
export function describeWork(work: Work): string {
  switch (work.__typename) {
    case 'TrainingRun': {
      const { variant, datasetVersion: version, seed, state, epoch, epochs, phase, validationLoss } = work;
      const loss = validationLoss === null ? '' : `, validation loss ${validationLoss.toFixed(1)}`;
      const what = `${work.id} ${variant.name} on ${version.dataset.name} v${version.number}, seed ${seed}`;
      return `${what}: ${state}${phase ? ` (${phase})` : ''}, epoch ${epoch} of ${epochs}${loss}${over.has(state) ? '' : left(work.secondsLeft)}`;
    }
    case 'Evaluation':
      return `${work.id}: ${work.state}, ${work.done} of ${work.total} images`;
    case 'DatasetImport':
      return `${work.id} ${work.source}: ${work.state}, ${work.done} of ${work.total || '?'} files, ${work.accepted} taken, ${work.refused} refused`;
    case 'Experiment':
      return `${work.id} ${work.name}: ${work.state}, ${Math.round(100 * work.progress)} %, ${work.evaluatedCount} of ${work.runCount} runs evaluated`;
  }
}
