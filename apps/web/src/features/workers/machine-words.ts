import { bytes, plural } from '#web/lib/numbers.ts';

/** "2 cores, 24.0 GB, linux 6.1 x64" of what a worker tells of its machine; empty where it told nothing. */
export function machineInWords(machine: unknown): string {
  if (typeof machine !== 'object' || machine === null) return '';
  const { cores, memoryBytes, system } = machine as Record<string, unknown>;
  return [
    ...(typeof cores === 'number' ? [plural(cores, 'core')] : []),
    ...(typeof memoryBytes === 'number' ? [bytes(memoryBytes)] : []),
    ...(typeof system === 'string' ? [system] : []),
  ].join(', ');
}

const laneNames: Readonly<Record<string, string>> = {
  training: 'Trainings',
  evaluation: 'Evaluations',
  import: 'Imports',
  leakCheck: 'Leak checks',
  webhook: 'Webhooks',
};

/** What the screen calls a queue. */
export const laneName = (lane: string): string => laneNames[lane] ?? lane;
