import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Runs a script as a person would; what is tested here ends before it does anything. */
function run(script: string, ...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', timeout: 15_000 });
  return { code: status, stdout, stderr };
}

describe.each(['start.mjs', 'setup.mjs', 'test.mjs'])('%s', (script) => {
  it('prints its help and does nothing else', () => {
    for (const asked of ['--help', '-h']) {
      const { code, stdout, stderr } = run(script, asked);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^npm /);
      expect(stdout).not.toMatch(/Setting up|Preparing|Installing packages$/m);
    }
  });

  it('refuses what it does not know with one sentence and code 2', () => {
    for (const given of ['--port=1', '--prot', '-x', 'somewhere']) {
      const { code, stdout, stderr } = run(script, given);
      expect([code, stdout], given).toEqual([2, '']);
      expect(stderr).toMatch(/^"[^"]+" is unknown to npm [^\n]+\.\n$/);
    }
  });
});
