import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { platform } from './test.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The project of many images under four variants on the shared platform, whose worker trains and evaluates them where it is not there yet.
 * @returns the address of their images side by side
 */
export async function seedMany(images: number): Promise<{ projectId: string; evaluationIds: string[] }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/seed-many.ts', platform.data, String(images)], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  const found = /\/projects\/(prj_[^/]+)\/compare\/images\?evaluations=(\S+)/.exec(said);
  if (code !== 0 || !found) throw new Error(`The project of many images was not made:\n${said}`);
  return { projectId: found[1]!, evaluationIds: found[2]!.split(',') };
}
