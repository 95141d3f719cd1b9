/** Writes apps/api/schema.graphql from the code; with --check only compares, and fails where they differ. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './schema.ts';

const path = fileURLToPath(new URL('../schema.graphql', import.meta.url));
const text = `${printSchema(lexicographicSortSchema(schema))}\n`;
if (process.argv.includes('--check')) {
  const same = readFileSync(path, 'utf8') === text;
  if (!same) console.error('apps/api/schema.graphql is not what the code says; run `pnpm generate` and commit it.');
  process.exitCode = same ? 0 : 1;
} else {
  writeFileSync(path, text);
  console.log(path);
}
