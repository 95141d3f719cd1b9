import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const drawings = 64;

/** Every entry has bytes of its own: a text chunk with its number goes into one of the drawings. Python's zipfile writes it, not the library under test. */
const zipper = `
import os, struct, sys, zipfile, zlib
folder, out, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
files = [open(os.path.join(folder, f), 'rb').read() for f in sorted(os.listdir(folder))]
with zipfile.ZipFile(out, 'w', zipfile.ZIP_STORED, allowZip64=True) as z:
    for i in range(count):
        png = files[i % len(files)]
        text = b'tEXtComment\\0%d' % i
        chunk = struct.pack('>I', len(text) - 4) + text + struct.pack('>I', zlib.crc32(text))
        z.writestr('part/train/good/%05d.png' % i, png[:-12] + chunk + png[-12:])
`;

/**
 * Writes a zip of grey PNG pictures that all differ in content, in MVTec AD's folders.
 * @param folder an empty one to work in
 * @param side of the pictures in px
 * @returns the zip's path
 */
export async function zipOfPictures(folder: string, images: number, side: number): Promise<string> {
  await mkdir(join(folder, 'drawings'), { recursive: true });
  for (let i = 0; i < drawings; i++) {
    const grey = Buffer.from(
      Array.from({ length: side * side }, (_, at) => {
        const [x, y] = [at % side, Math.floor(at / side)];
        return 128 + 50 * Math.sin(x / (5 + (i % 7)) + i) * Math.cos(y / 9) + ((at * 2654435761 + i * 40503) >>> 27);
      }),
    );
    await writeFile(
      join(folder, 'drawings', `${i}.png`),
      await sharp(grey, { raw: { width: side, height: side, channels: 1 } })
        .png()
        .toBuffer(),
    );
  }
  const zip = join(folder, 'set.zip');
  execFileSync('python3', ['-c', zipper, join(folder, 'drawings'), zip, String(images)], { stdio: 'inherit' });
  return zip;
}
