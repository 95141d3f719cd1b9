/**
 * Does a task for every item, a few at a time; the first that fails stops the rest.
 * @throws what that one threw, when none goes on any more
 */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  signal: AbortSignal,
  task: (item: Item, at: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const waiting = items.entries();
  const stopped = new AbortController();
  const stop = AbortSignal.any([signal, stopped.signal]);
  let failure: unknown;
  const lane = async (): Promise<void> => {
    try {
      for (const [at, item] of waiting) {
        stop.throwIfAborted();
        await task(item, at, stop);
      }
    } catch (error) {
      failure ??= error;
      stopped.abort();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failure !== undefined) throw failure;
}
