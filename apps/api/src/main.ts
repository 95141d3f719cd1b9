import { pino } from 'pino';
import { readEnvironment, type ApiEnvironment } from './environment.ts';
import { createServer } from './server.ts';

/** The API process: started by `npm start`, ends within ten seconds after SIGTERM. */

const stopWithinMs = 8_000;
const log = pino({ name: 'api', level: process.env.LOG_LEVEL ?? 'info' });

function environmentOrExit(): ApiEnvironment {
  try {
    return readEnvironment();
  } catch (error) {
    log.fatal(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

const environment = environmentOrExit();
process.on('unhandledRejection', (reason) =>
  log.error({ reason: reason instanceof Error ? reason.stack : String(reason) }, 'a promise failed unheard'),
);
try {
  const server = await createServer({ environment, log });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), stopWithinMs).unref();
    void server.stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  log.info({ address: server.url }, 'ready');
} catch (error) {
  log.fatal({ reason: error instanceof Error ? error.message : String(error) }, 'The API cannot start.');
  process.exit(1);
}
