import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blankImage, type PixelImage } from '../geometry/index.ts';
import { encodePng8 } from '../images/index.ts';
import { Random } from '../random/index.ts';

/** A folder of its own for a test, and what removes it. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A striped texture with some noise; a bright blot in the middle where `blot`. */
export function texture(seed: number, side = 128, blot = false): PixelImage {
  const random = Random.of('texture', seed);
  const image = blankImage(side, side, 1);
  const phase = random.next() * 12;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const inBlot = blot && Math.hypot(x - side / 2, y - side / 2) < 9;
      image.data[y * side + x] = inBlot ? 1 : 0.4 + 0.25 * Math.sin((x + phase) / 3) + 0.1 * random.next();
    }
  }
  return image;
}

/** A class folder in MVTec AD layout: six good training images, two good and two defective test images with masks. Returns its path. */
export async function writeTinyDataset(root: string): Promise<string> {
  const folder = join(root, 'stripes');
  const write = async (path: string, image: PixelImage): Promise<void> => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), await encodePng8(image));
  };
  for (let i = 0; i < 6; i++) await write(`train/good/${i}.png`, texture(i));
  for (let i = 0; i < 2; i++) {
    await write(`test/good/${i}.png`, texture(10 + i));
    await write(`test/blot/${i}.png`, texture(20 + i, 128, true));
    const mask = blankImage(128, 128, 1);
    for (let p = 0; p < mask.data.length; p++) mask.data[p] = Math.hypot((p % 128) - 64, Math.floor(p / 128) - 64) < 9 ? 1 : 0;
    await write(`ground_truth/blot/${i}_mask.png`, mask);
  }
  return folder;
}

/** Settings that make any recipe small enough for a test: one grey channel, eight patches, two steps an epoch. */
export const TINY = [
  'geometry.scale.by=factor',
  'geometry.scale.value=1',
  'channels=1',
  'model.latent=8',
  'data.trainPatches=8',
  'training.batch=4',
  'training.epochs=2',
] as const;
