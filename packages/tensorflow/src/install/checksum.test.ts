import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyChecksum } from './checksum.ts';

const sha256OfAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-checksum-'));
  file = join(folder, 'some.whl');
  await writeFile(file, 'abc');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('verifyChecksum', () => {
  it('accepts and keeps the pinned bytes', async () => {
    await verifyChecksum(file, sha256OfAbc);
    expect(existsSync(file)).toBe(true);
  });

  it('refuses other bytes, naming file and both checksums, and removes them', async () => {
    await writeFile(file, 'abd');
    await expect(verifyChecksum(file, sha256OfAbc)).rejects.toThrow(/some\.whl has sha256 [0-9a-f]{64}, not the expected ba7816bf/);
    expect(existsSync(file)).toBe(false);
  });
});
