/** What a worker answers to a task. */
export type Answer<Result> = { readonly id: number; readonly result: Result } | { readonly id: number; readonly error: string };

/** The part of the worker's global scope used here (the DOM library types the page's scope only). */
interface WorkerScope<Task, Result> {
  onmessage: ((event: MessageEvent<{ id: number; task: Task }>) => void) | null;
  postMessage(message: Answer<Result>, transfer: Transferable[]): void;
}

/**
 * Answers every task that the page sends to this worker.
 * @param buffersOf the memory that a result holds: handed over instead of copied
 */
export function answerTasks<Task, Result>(run: (task: Task) => Promise<Result>, buffersOf: (result: Result) => Transferable[]): void {
  const scope = self as unknown as WorkerScope<Task, Result>;
  scope.onmessage = ({ data: { id, task } }) => {
    run(task).then(
      (result) => scope.postMessage({ id, result }, buffersOf(result)),
      (error: unknown) => scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, []),
    );
  };
}
