import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { terminalStates } from '@plumbline/jobs';
import type { WorkerContext } from '../context.ts';

/** `<id of the run>`, or with what it begins with beside it: `<id>.orientation`, `<id>.restoring`. */
const ofRun = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.\w+)?$/;

/**
 * Removes the folders of runs that have ended, or are gone, without this machine having had them in hand: one that was cancelled while it waited or
 * was paused. @returns how many
 */
export async function removeLeftFolders({ prisma, runsFolder }: Pick<WorkerContext, 'prisma' | 'runsFolder'>): Promise<number> {
  const folders = (await readdir(runsFolder)).flatMap((name) => {
    const id = ofRun.exec(name)?.[1];
    return id ? [{ name, id }] : [];
  });
  const runs = await prisma.trainingRun.findMany({
    where: { id: { in: folders.map(({ id }) => id) }, state: { notIn: [...terminalStates] } },
    select: { id: true },
  });
  const needed = new Set(runs.map(({ id }) => id));
  const left = folders.filter(({ id }) => !needed.has(id));
  for (const { name } of left) await rm(join(runsFolder, name), { recursive: true, force: true });
  return left.length;
}
