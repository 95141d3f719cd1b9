import { UnfinishedError } from '../failure.ts';
import { print, printJson } from '../output.ts';
import { Progress } from '../progress.ts';
import type { Server } from './connection.ts';
import { describeWork, follow, shortfall, type Work } from './states.ts';

/** Follows a thing to its end, with a bar at a terminal and a line a change of state in a log. */
export async function watch(server: Server, id: string, signal: AbortSignal): Promise<Work> {
  const progress = new Progress(false);
  let state = '';
  try {
    return await follow(server, id, signal, (work) => {
      const [stage, at, total, secondsLeft] = stageOf(work);
      if (`${stage} ${work.state}` !== state) progress.line(describeWork(work));
      state = `${stage} ${work.state}`;
      if (total > 0) progress.update(stage, at, total, secondsLeft);
    });
  } finally {
    progress.end();
  }
}

/** Prints where a thing is, a run with its evaluations. */
export function tell(work: Work, { json }: { readonly json?: boolean }): void {
  if (json) printJson(work);
  else print(describeWork(work), ...(work.__typename === 'TrainingRun' ? work.evaluations.map((one) => `  ${describeWork(one)}`) : []));
}

/** Prints how a thing ended that was watched. @throws UnfinishedError where it did not come out well */
export function tellEnd(work: Work, options: { readonly json?: boolean }): void {
  tell(work, options);
  const short = shortfall(work);
  if (short) throw new UnfinishedError(short);
}

/** What is being done now, how far it is, of how much, and the seconds left. */
function stageOf(work: Work): readonly [string, number, number, number | null] {
  if (work.__typename === 'TrainingRun') {
    const evaluation = work.state === 'succeeded' ? work.evaluations[0] : undefined;
    return evaluation ? stageOf(evaluation) : ['Training', work.epoch, work.epochs, work.secondsLeft];
  }
  if (work.__typename === 'Evaluation') return ['Evaluation', work.done, work.total, null];
  if (work.__typename === 'DatasetImport') return ['Import', work.done, work.total, null];
  return ['Experiment', Math.round(100 * work.progress), 100, null];
}
