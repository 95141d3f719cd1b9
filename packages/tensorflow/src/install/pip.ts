import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lastErrorLine, runCommand } from './command.ts';
import { EngineUnavailableError } from './failure.ts';
import type { Progress } from './progress.ts';

/** A way to start pip: program and leading arguments. */
export type Pip = readonly [program: string, ...args: string[]];

const candidates: readonly Pip[] = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']];

/**
 * The user's own pip, with the user's own index and settings.
 * @throws EngineUnavailableError when no Python with pip is there
 */
export async function findPip(signal?: AbortSignal): Promise<Pip> {
  for (const pip of candidates) {
    const [program, ...args] = pip;
    const { code } = await runCommand(program, [...args, '--version'], { signal });
    if (code === 0) return pip;
  }
  throw new EngineUnavailableError(
    'there is no Python 3 with pip here to fetch TensorFlow with',
    'install python3 and python3-pip, or point PLUMBLINE_TENSORFLOW at a folder with libtensorflow',
  );
}

/**
 * Runs pip with its temporary files inside `folder`, so that an interrupted download leaves nothing elsewhere and its growth can be watched.
 * @throws EngineUnavailableError with pip's own last error line
 */
export async function runPip(pip: Pip, args: readonly string[], folder: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  const [program, ...leading] = pip;
  const env = { ...process.env, TMPDIR: folder, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1', PIP_RESUME_RETRIES: '5' };
  const watch = setInterval(() => void sizeOf(folder).then((bytes) => progress.update(bytes)), 250);
  try {
    const { code, output } = await runCommand(program, [...leading, ...args], { env, signal });
    if (code === 0) return;
    throw new EngineUnavailableError(
      `pip could not fetch TensorFlow (${lastErrorLine(output)})`,
      'check the network or your pip index and run `npm run setup` again',
    );
  } finally {
    clearInterval(watch);
    progress.finish();
  }
}

/** Bytes of all files below a folder that may change meanwhile. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        (s) => s.size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
