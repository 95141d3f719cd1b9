export interface StepFacts {
  readonly images: number;
  readonly running: boolean;
  readonly trained: boolean;
  readonly evaluating: boolean;
  readonly evaluated: boolean;
  /** The person has opened a finished evaluation. */
  readonly looked: boolean;
}

export type StepState = 'done' | 'now' | 'next' | 'later';

/** Where a new team stands: bring data, train, look. The first step that is not done is the next one unless it already goes on by itself. */
export function firstSteps(facts: StepFacts): [data: StepState, train: StepState, look: StepState] {
  const data: StepState = facts.images > 0 ? 'done' : 'next';
  const train: StepState = facts.trained ? 'done' : facts.running ? 'now' : data === 'done' ? 'next' : 'later';
  const look: StepState = facts.evaluated ? (facts.looked ? 'done' : 'next') : facts.evaluating ? 'now' : 'later';
  return [data, train, look];
}
