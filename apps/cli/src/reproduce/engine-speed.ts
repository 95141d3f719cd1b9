import { existsSync, readFileSync } from 'node:fs';
import { UnfinishedError } from '../failure.ts';
import { runChild } from './child.ts';
import type { MeasuredStep } from './estimate.ts';
import type { ExperimentFolder } from './experiment-folder.ts';

export interface EngineSpeed {
  readonly kind: 'native' | 'wasm';
  readonly device: string;
  readonly tensorflow: string | null;
  readonly threads: number | null;
  readonly step: MeasuredStep;
}

/** The engine here and its measured step with the given number of threads; measured once a folder, by `plumbline engine` in a process of its own. */
export async function engineSpeed(folder: ExperimentFolder, threads: number, signal: AbortSignal): Promise<EngineSpeed> {
  const file = folder.at('engine.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as EngineSpeed;
  const { code, stdout, lastLine } = await runChild({ args: ['engine', '--json'], threads, signal, log: folder.at('logs', 'engine.log') });
  if (signal.aborted) throw new DOMException('stopped', 'AbortError');
  if (code !== 0) throw new UnfinishedError(`The engine cannot be measured: ${lastLine}`);
  await folder.write(file, stdout);
  return JSON.parse(stdout) as EngineSpeed;
}
