import { setTimeout as sleep } from 'node:timers/promises';
import { createPrisma } from '@plumbline/prisma';
import { bold, dim, duration, onInterrupt, say, step, yellow } from '../setup/console.mjs';
import { chooseAddress } from './address.ts';
import { externalDatabase, migrate, startDatabase } from './database.ts';
import { serviceEnvironment } from './environment.ts';
import { openFolders, shown } from './folders.ts';
import { firstOwnerLink } from './firstOwner.ts';
import { birthOf, takeLock } from './lock.ts';
import { anyFreePort } from './ports.ts';
import { fillSampleProject, makeSampleProject } from './sample.ts';
import { readSecrets } from './secrets.ts';
import { startServices } from './services.ts';

/** What has to be ended, newest first; each runs even when one before it failed. */
class Undo {
  readonly #steps: (() => Promise<void> | void)[] = [];
  add(undo: () => Promise<void> | void): void {
    this.#steps.unshift(undo);
  }
  /** True from the moment it began to run. */
  done = false;
  get pending(): boolean {
    return this.#steps.length > 0;
  }
  async run(): Promise<void> {
    this.done = true;
    for (const undo of this.#steps.splice(0)) {
      try {
        await undo();
      } catch (error) {
        say(`  ${yellow('!')} ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}

/**
 * Brings up database, API, worker and web on one data directory, prints the address, and stays until it is interrupted (Ctrl-C, SIGTERM, or the
 * terminal goes), when it ends everything it started within ten seconds.
 * @throws Explained when it cannot start; whatever was started by then is ended.
 */
export async function startPlatform(): Promise<void> {
  const undo = new Undo();
  const { promise: interrupted, stop } = untilInterrupted();
  onInterrupt(stop);
  // A terminal that went away takes its output with it; that must not end the platform half-way.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const started = performance.now();
  const bringing = bringUp(undo, started);
  try {
    await Promise.race([bringing, interrupted]);
    await interrupted;
  } finally {
    const stopped = performance.now();
    const something = undo.pending;
    if (something) say(`\n  ${dim('…')} Stopping`);
    await undo.run();
    // Interrupted half-way up, it may have started one thing more before it noticed.
    await Promise.race([bringing.catch(() => undefined), sleep(1_500)]);
    await undo.run();
    if (something) say(`  Stopped ${dim(duration(performance.now() - stopped))}`);
  }
  // A browser's open connection or a pending timer must not hold the terminal.
  process.exit(0);
}

function untilInterrupted(): { promise: Promise<void>; stop: () => void } {
  let count = 0;
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  const stop = (): void => {
    count++;
    resolve();
    // Who interrupts three times wants out now; the next start ends what is left.
    if (count >= 3) process.exit(130);
  };
  return { promise, stop };
}

async function bringUp(undo: Undo, started: number): Promise<void> {
  const warn = (sentence: string): void => say(`  ${yellow('!')} ${sentence}`);
  const folders = openFolders();
  const lock = takeLock(folders.data);
  undo.add(() => lock.release());
  const secrets = readSecrets(folders.data);
  const address = await chooseAddress();

  const database = await step('Starting the database', async () => {
    const running = externalDatabase() ?? (await startDatabase(folders.postgres, secrets.database, warn));
    undo.add(() => running.stop());
    await migrate(running.url);
    return running;
  });
  const prisma = createPrisma(database.url);
  undo.add(() => prisma.$disconnect());

  const environment = serviceEnvironment({ databaseUrl: database.url, folders, secrets, address, apiPort: await anyFreePort() });
  await step('Starting API, worker and web', async () => {
    const services = startServices(folders, environment, {
      onCrash: warn,
      onProcesses: (pids) => lock.update({ children: pids.map((pid) => ({ pid, born: birthOf(pid) })) }),
    });
    undo.add(() => services.stop());
    await services.ready();
  });
  lock.update({ address: address.url });

  await makeSampleProject(prisma);
  const welcome = await firstOwnerLink(prisma, address.url);
  say(`\n  ${bold('Plumbline is ready')} ${dim(`after ${duration(performance.now() - started)}`)}\n`);
  say(`  Open     ${bold(address.url)}`);
  if (welcome !== null) say(`  Welcome  ${welcome}\n           ${dim('Nobody has an account yet: this link makes the owner’s, once.')}`);
  say(`  Data     ${shown(folders.data)} ${dim(`(logs in ${shown(folders.logs)})`)}`);
  say(`  Stop     Ctrl-C\n`);

  try {
    await fillSampleProject({ prisma, databaseUrl: database.url, storage: folders.storage, address: address.url, say });
  } catch (error) {
    // Without its sample the platform is whole; on the way down the database is gone before the sample is.
    if (!undo.done) warn(`The sample project is not complete: ${error instanceof Error ? error.message : String(error)}`);
  }
}
