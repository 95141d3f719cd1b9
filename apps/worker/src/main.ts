/** The worker's process: takes jobs until SIGTERM or SIGINT. */
import { pino } from 'pino';
import { readEnvironment } from './environment.ts';
import { startWorker } from './worker.ts';

const environment = readEnvironment();
const log = pino({ name: 'worker', level: environment.logLevel });
const worker = await startWorker(environment, log);
log.info({ workerId: worker.id }, 'ready');

let ending = false;
function end(signal: NodeJS.Signals): void {
  if (ending) return;
  ending = true;
  log.info({ signal }, 'stopping');
  worker
    .stop()
    .then(() => process.exit(0))
    .catch((error: Error) => {
      log.error({ error: error.message }, 'stop');
      process.exit(1);
    });
}
process.on('SIGTERM', end);
process.on('SIGINT', end);
