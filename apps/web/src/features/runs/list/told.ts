import type { TrainingAct } from '#web/graphql/generated/graphql.ts';
import { plural } from '#web/lib/numbers.ts';

const words: Readonly<Record<TrainingAct, string>> = {
  cancel: 'cancelled',
  pause: 'paused',
  resume: 'resumed',
  retry: 'started again',
  prioritise: 'ordered',
};

interface Outcome {
  readonly problem?: string | null;
}

/** What an act on many runs came to, and the reasons why not with all of them, each reason once. */
export function told(act: TrainingAct, outcomes: readonly Outcome[]): { readonly done: string; readonly problem: string | null } {
  const refused = outcomes.flatMap(({ problem }) => (problem ? [problem] : []));
  const reasons = [...new Set(refused)];
  const done = `${plural(outcomes.length - refused.length, 'run')} ${words[act]}.`;
  if (refused.length === 0) return { done, problem: null };
  return { done, problem: `${plural(refused.length, 'run')} not: ${reasons.slice(0, 3).join(' ')}${reasons.length > 3 ? ' …' : ''}` };
}
