/** `pnpm bench NAME …`: runs packages/ml/bench/NAME.ts. A benchmark prints figures and judges nothing. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Explained, program } from './setup/console.mjs';

const folder = fileURLToPath(new URL('../packages/ml/bench/', import.meta.url));

await program(async () => {
  const [name, ...args] = process.argv.slice(2);
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => file.slice(0, -3))
    : [];
  if (name === undefined || !names.includes(name)) {
    throw new Explained(
      `${name === undefined ? 'Name a benchmark' : `There is no benchmark "${name}"`}: ${names.join(', ') || 'none exist yet'}.`,
    );
  }
  process.exitCode = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', `${folder}${name}.ts`, ...args], { stdio: 'inherit' });
    child.once('close', (code) => resolve(code ?? 1));
  });
});
