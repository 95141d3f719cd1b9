/** `pnpm bench NAME …`: runs the benchmark of that name in a package's or app's folder bench. A benchmark prints figures and judges nothing. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { steadyMemory } from './platform/environment.ts';
import { Explained, program } from './setup/console.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Path of each benchmark by its name. */
function benchmarks(): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of ['packages', 'apps'])
    for (const room of readdirSync(`${root}${part}`)) {
      const folder = `${root}${part}/${room}/bench`;
      if (!existsSync(folder)) continue;
      for (const file of readdirSync(folder))
        if (file.endsWith('.ts') && !file.endsWith('.test.ts')) found.set(file.slice(0, -3), `${folder}/${file}`);
    }
  return found;
}

await program(async () => {
  const [name, ...args] = process.argv.slice(2);
  const known = benchmarks();
  const file = known.get(name ?? '');
  if (file === undefined) {
    throw new Explained(
      `${name === undefined ? 'Name a benchmark' : `There is no benchmark "${name}"`}: ${[...known.keys()].sort().join(', ') || 'none exist yet'}.`,
    );
  }
  process.exitCode = await new Promise<number>((resolve) => {
    // As the platform starts its worker.
    const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
      stdio: 'inherit',
      env: { ...steadyMemory, ...process.env },
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
});
