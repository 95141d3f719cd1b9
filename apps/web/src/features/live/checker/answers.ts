import type { CheckerResult, CheckerTask } from './messages.ts';

export type Answer = { readonly id: number; readonly result: CheckerResult } | { readonly id: number; readonly error: string };

/** The part of the worker's global scope used here (the DOM library types the page's scope only). */
interface WorkerScope {
  onmessage: ((event: MessageEvent<{ id: number; task: CheckerTask }>) => void) | null;
  postMessage(message: Answer, transfer: Transferable[]): void;
}

/** Answers every task that the page sends to this worker; pixels are handed over, not copied. */
export function wrapAnswer(run: (task: CheckerTask) => Promise<CheckerResult>): void {
  const scope = self as unknown as WorkerScope;
  scope.onmessage = ({ data: { id, task } }) => {
    run(task).then(
      (result) =>
        scope.postMessage(
          { id, result },
          'maps' in result ? [result.rgba.buffer, result.maps.ssim.buffer, result.maps.mse.buffer] : [],
        ),
      (error: unknown) => scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, []),
    );
  };
}
