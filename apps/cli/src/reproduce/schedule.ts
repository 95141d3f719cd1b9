import type { PlannedTask } from '@plumbline/ml/experiment';

export interface ScheduleOptions {
  readonly tasks: readonly PlannedTask[];
  readonly isDone: (task: PlannedTask) => boolean;
  /** Executes one task; resolves to null, or to the reason why it failed for good. An error counts as its message. */
  readonly execute: (task: PlannedTask) => Promise<string | null>;
  /** Most tasks at once. */
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** Why a task is not done when somebody ended it, which is no failure. */
export const STOPPED = 'stopped';

export interface Unfinished {
  readonly id: string;
  readonly reason: string;
}

/**
 * Executes the tasks in their order, each once all it needs is done, `jobs` at a time. A task that fails keeps only those from running that need it.
 * After the signal nothing new is begun; what runs is waited for.
 * @returns what is not done, with its reason; empty when everything is
 */
export async function runTasks({ tasks, isDone, execute, jobs, signal }: ScheduleOptions): Promise<Unfinished[]> {
  const done = new Set(tasks.filter(isDone).map((task) => task.id));
  const reasons = new Map<string, string>();
  const running = new Map<string, Promise<void>>();
  const waiting = tasks.filter((task) => !done.has(task.id));
  const begin = (task: PlannedTask): void => {
    waiting.splice(waiting.indexOf(task), 1);
    const work = execute(task)
      .catch((error: Error) => error.message)
      .then((reason) => {
        if (reason === null) done.add(task.id);
        else reasons.set(task.id, reason);
        running.delete(task.id);
      });
    running.set(task.id, work);
  };
  for (;;) {
    for (const task of [...waiting]) {
      const failed = task.needs.find((need) => reasons.has(need));
      if (failed !== undefined) {
        waiting.splice(waiting.indexOf(task), 1);
        reasons.set(task.id, `needs ${failed}`);
      } else if (!signal.aborted && running.size < jobs && task.needs.every((need) => done.has(need))) begin(task);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  for (const task of waiting) reasons.set(task.id, 'stopped before it began');
  return tasks.flatMap(({ id }) => (reasons.has(id) ? [{ id, reason: reasons.get(id)! }] : []));
}
