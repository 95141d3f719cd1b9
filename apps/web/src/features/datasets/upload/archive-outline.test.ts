import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chosenArchives, outlineOf } from './archive-outline.ts';

/** A zip that Python wrote. */
function zipOf(names: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-outline-'));
  try {
    const out = join(folder, 'a.zip');
    const script = 'import sys,zipfile\nwith zipfile.ZipFile(sys.argv[1],"w") as z:\n for n in sys.argv[2:]: z.writestr(n,b"x")';
    execFileSync('python3', ['-c', script, out, ...names]);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the outline of an archive', () => {
  it('tells where images and masks go, what nothing tells, and what is left out, from the names of the real file', async () => {
    const bytes = zipOf([
      'brick/train/good/1.png',
      'brick/train/good/2.png',
      'brick/test/grün/3.png',
      'brick/ground_truth/grün/3_mask.png',
      'brick/licence.txt',
      'brick/',
    ]);
    const file = new File([new Uint8Array(bytes)], 'brick.zip');
    const [archive] = await chosenArchives([
      { path: 'brick.zip', file },
      { path: 'a.png', file: new File(['x'], 'a.png') },
    ]);
    expect(archive?.outline).toEqual({
      places: [
        { place: 'masks', files: 1 },
        { place: 'test/grün', files: 1 },
        { place: 'train/good', files: 2 },
      ],
      untold: { files: 0, examples: [] },
      bystanders: 1,
      classes: [],
    });
  });

  it('understands what an import of the archive understands, and says what it does not', () => {
    expect(outlineOf(['ok/1.png', 'scratch/1.png', 'scratch/1_mask.png']).places).toEqual([
      { place: 'masks', files: 1 },
      { place: 'test/scratch', files: 1 },
      { place: 'train/good', files: 1 },
    ]);
    expect(outlineOf(['1.png', '2.png', 'photos/3.png', 'photos/4.png']).untold).toEqual({
      files: 4,
      examples: ['1.png', '2.png', 'photos/3.png'],
    });
    expect(outlineOf(['a/train/good/1.png', 'b/train/good/1.png']).classes).toEqual(['a', 'b']);
  });

  it('of what is no archive, or of one cut off, says that it cannot be read', async () => {
    const whole = zipOf(['train/good/1.png']);
    for (const bytes of [Buffer.from('text'), whole.subarray(0, whole.length - 40)]) {
      const file = new File([new Uint8Array(bytes)], 'x.zip');
      expect((await chosenArchives([{ path: 'x.zip', file }]))[0]?.outline).toBeNull();
    }
  });
});
