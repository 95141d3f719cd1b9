import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EngineUnavailableError } from './failure.ts';

/** sha256 of a file's bytes, in lower-case hex. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Refuses a file that is not the pinned one, and removes it so that the next attempt fetches afresh.
 * @throws EngineUnavailableError naming both checksums
 */
export async function verifyChecksum(path: string, expected: string): Promise<void> {
  const actual = await sha256OfFile(path);
  if (actual === expected) return;
  await rm(path, { force: true });
  throw new EngineUnavailableError(
    `the downloaded ${basename(path)} has sha256 ${actual}, not the expected ${expected}, and was thrown away`,
    'run `npm run setup` again; if it happens again, ask whoever keeps your Python package index which file it serves',
  );
}
