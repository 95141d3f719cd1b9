/** Fails when the generated GraphQL documents of apps/web no longer follow from the schema and the queries. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('../apps/web/', import.meta.url));
const generated = join(web, 'src/graphql/generated');
const kept = mkdtempSync(join(tmpdir(), 'plumbline-codegen-'));

const contents = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

try {
  cpSync(generated, kept, { recursive: true });
  execFileSync(join(web, 'node_modules/.bin/graphql-codegen'), ['--config', 'codegen.ts'], { cwd: web, stdio: ['ignore', 'pipe', 'pipe'] });
  const before = contents(kept);
  const after = contents(generated);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
  cpSync(kept, generated, { recursive: true });
  if (changed.length > 0) {
    console.error(`apps/web/src/graphql/generated is out of date (${changed.join(', ')}): run pnpm generate and commit the result.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(kept, { recursive: true, force: true });
}
