import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Explained } from '../setup/console.mjs';

/** Made at first start, never printed, never in code. */
export interface Secrets {
  readonly sessions: string;
  readonly internal: string;
  readonly database: string;
}

const names = ['sessions', 'internal', 'database'] as const;

/** Reads `secrets.json` of a data directory, or makes it (32 random bytes each, readable by its owner alone). */
export function readSecrets(data: string): Secrets {
  const file = join(data, 'secrets.json');
  if (!existsSync(file)) {
    const made = Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('base64url')]));
    writeFileSync(`${file}.new`, JSON.stringify(made, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  chmodSync(file, 0o600);
  const read = parse(readFileSync(file, 'utf8'));
  for (const name of names) {
    if ((read[name] ?? '').length >= 32) continue;
    throw new Explained(
      `${file} is damaged: "${name}" is missing or too short. Restore it from a backup; the database is closed without it.`,
    );
  }
  return read as unknown as Secrets;
}

function parse(text: string): Partial<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Partial<Record<string, string>>) : {};
  } catch {
    return {};
  }
}
