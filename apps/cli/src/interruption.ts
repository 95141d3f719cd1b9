import { EXIT } from './failure.ts';

/** Signals closer together than this are one: a terminal sends Ctrl-C to the launcher and to us, and the launcher passes it on. */
const SAME_SIGNAL_MS = 700;

/**
 * A signal that fires on Ctrl-C or SIGTERM, so that work stops cleanly; a second Ctrl-C stops at once.
 * @param note told on stderr when it fires
 */
export function interruption(note: string): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (): void => {
    const now = Date.now();
    if (controller.signal.aborted) {
      if (now - first > SAME_SIGNAL_MS) process.exit(EXIT.interrupted);
      return;
    }
    first = now;
    process.stderr.write(`\n${note}\n`);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}

/**
 * Ends this process when its launcher is gone (kill -9 leaves no time to pass anything on): no training goes on unseen.
 * @returns what closes the channel to the launcher when the work is done
 */
export function stopWithParent(): () => void {
  const onDisconnect = (): never => process.exit(EXIT.interrupted);
  process.once('disconnect', onDisconnect);
  return () => {
    process.off('disconnect', onDisconnect);
    if (process.connected) process.disconnect();
  };
}
