import { openEngine, type Engine } from '@plumbline/tensorflow';

/** The engine of this process; says on stderr when it is not the native one, and why. */
export async function openEngineHere(): Promise<Engine> {
  return await openEngine({ log: (line) => process.stderr.write(`${line}\n`) });
}
