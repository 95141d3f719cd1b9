/** Whether the live connection stands, and a signal when it came back (events in between were missed, so pages refetch). */

type Listener = () => void;

const listeners = new Set<Listener>();
const returned = new Set<Listener>();
let connected = true;

export const connectionState = {
  set(now: boolean, wasRetry: boolean): void {
    const changed = connected !== now;
    connected = now;
    if (changed) for (const listener of listeners) listener();
    if (now && wasRetry) for (const listener of returned) listener();
  },
  get: (): boolean => connected,
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  onReturn(listener: Listener): () => void {
    returned.add(listener);
    return () => returned.delete(listener);
  },
};
