import { arch, availableParallelism, hostname, platform, release, totalmem } from 'node:os';
import { notifyChange } from '@plumbline/jobs';
import type { Prisma, PrismaClient } from '@plumbline/prisma';
import type { EngineDescription } from '@plumbline/tensorflow';
import type { Logger } from 'pino';

const heartbeatMilliseconds = 5000;

/** JSON as the database takes it. */
export const asJson = (value: unknown): Prisma.InputJsonValue => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;

export interface Registration {
  readonly id: string;
  tellEngine(engine: EngineDescription): Promise<void>;
  end(): Promise<void>;
}

/** The worker's row, with a heartbeat every 5 s: who works here, with which engine, and whether still. */
export async function register(prisma: PrismaClient, log: Logger): Promise<Registration> {
  const machine = {
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
  };
  const { id } = await prisma.worker.create({ data: { name: hostname(), pid: process.pid, machine }, select: { id: true } });
  const change = async (data: Prisma.WorkerUpdateInput): Promise<void> => {
    await prisma.worker.update({ where: { id }, data });
    await notifyChange(prisma, { kind: 'worker', id });
  };
  const beat = (): void => {
    change({ heartbeatAt: new Date() }).catch((error: Error) => log.warn({ error: error.message }, 'heartbeat'));
  };
  const timer = setInterval(beat, heartbeatMilliseconds);
  return {
    id,
    tellEngine: (engine) => change({ engine: asJson(engine) }),
    end: async () => {
      clearInterval(timer);
      await change({ stoppedAt: new Date() });
    },
  };
}
