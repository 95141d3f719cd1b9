import type { Jobs } from '@plumbline/jobs';
import type { PrismaClient } from '@plumbline/prisma';
import type { Logger } from 'pino';

const lookMilliseconds = 1000;

/** Takes no new job while somebody drains this worker, and takes jobs again once nobody does; what is under way goes on. @returns what ends it */
export function followDraining(prisma: PrismaClient, jobs: Pick<Jobs, 'rest' | 'takeUp'>, workerId: string, log: Logger): () => void {
  let resting = false;
  const look = async (): Promise<void> => {
    const worker = await prisma.worker.findUnique({ where: { id: workerId }, select: { drainingSince: true } });
    const wanted = Boolean(worker?.drainingSince);
    if (wanted === resting) return;
    resting = wanted;
    log.info(wanted ? 'draining' : 'taking jobs again');
    if (wanted) jobs.rest();
    else jobs.takeUp();
  };
  const timer = setInterval(() => {
    look().catch((error: Error) => log.warn({ error: error.message }, 'draining cannot be read'));
  }, lookMilliseconds);
  return () => clearInterval(timer);
}
