import { join } from 'node:path';
import { Explained, tail } from '../setup/console.mjs';
import type { ServiceName } from './environment.ts';
import { shown, type Folders } from './folders.ts';
import { startService, type Service } from './service.ts';

/** The programs of the platform, in the order in which a request passes them. */
const programs = [
  { name: 'api', entry: 'apps/api/src/main.ts' },
  { name: 'worker', entry: 'apps/worker/src/main.ts' },
  { name: 'web', entry: 'apps/web/server.ts' },
] as const;

/** Time a process gets to end by itself; the database needs the rest of the ten seconds. */
const grace = 6_500;

export interface Services {
  /** Resolves when all of them serve. @throws Explained with the end of its log when one does not start */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts api, worker and web, each in its own process with a log of its own. */
export function startServices(
  folders: Folders,
  environment: Readonly<Record<ServiceName, Record<string, string>>>,
  hooks: { onCrash: (sentence: string) => void; onProcesses: (pids: number[]) => void },
): Services {
  const logOf = (name: string): string => join(folders.logs, `${name}.log`);
  const services: Service[] = [];
  const onProcess = (): void => hooks.onProcesses(services.flatMap(({ pid }) => (pid === null ? [] : [pid])));
  for (const { name, entry } of programs) {
    services.push(startService({ name, entry, environment: environment[name], logFile: logOf(name), onCrash: hooks.onCrash, onProcess }));
    onProcess();
  }
  return {
    ready: async () => {
      await Promise.all(
        services.map(async (service) => {
          try {
            await service.ready;
          } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            throw new Explained(`${reason} The end of ${shown(logOf(service.name))}:\n${tail(logOf(service.name), 15)}`);
          }
        }),
      );
    },
    stop: async () => {
      await Promise.all(services.map((service) => service.stop(grace)));
    },
  };
}
