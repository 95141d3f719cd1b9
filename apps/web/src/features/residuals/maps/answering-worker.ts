import type { PoolWorker } from './task-pool.ts';

/** What a worker of the pool would be answered, but for the task's number. */
type Said<Result> = { readonly result: Result } | { readonly error: string };

/**
 * For tests: a worker in the page's own thread.
 * @param onEnd told when it is stopped
 */
export function answeringWorker<Task, Result>(answer: (task: Task) => Said<Result>, onEnd: () => void = () => undefined): PoolWorker {
  const worker: PoolWorker = {
    onmessage: null,
    onerror: null,
    terminate: onEnd,
    postMessage: (message) => {
      const { id, task } = message as { id: number; task: Task };
      const data = { id, ...answer(task) };
      setTimeout(() => worker.onmessage?.({ data }));
    },
  };
  return worker;
}
