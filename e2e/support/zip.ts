import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A zip as Python writes it; the keys are the paths in it. */
export function zipOf(files: Readonly<Record<string, Buffer>>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-e2e-zip-'));
  try {
    const entries = Object.entries(files);
    entries.forEach(([, bytes], index) => writeFileSync(join(folder, String(index)), bytes));
    const script = 'import sys,zipfile\nwith zipfile.ZipFile("out.zip","w") as z:\n for i,n in enumerate(sys.argv[1:]): z.write(str(i),n)';
    execFileSync('python3', ['-c', script, ...entries.map(([path]) => path)], { cwd: folder });
    return readFileSync(join(folder, 'out.zip'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
