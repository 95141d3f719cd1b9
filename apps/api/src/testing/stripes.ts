import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeMaskPng, encodePng8 } from '@plumbline/ml/images';

/** Side of an image in pixels: a little more than one patch, so that an epoch takes a second. */
const side = 130;
const inSpot = (x: number, y: number): boolean => (x - 65) ** 2 + (y - 55) ** 2 < 150;

/** Grey stripes with noise that differs by seed, and a bright spot where asked for. */
export function stripes(seed: number, spot: boolean): Promise<Buffer> {
  let noise = seed * 7919 + 1;
  const data = Float32Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    noise = (noise * 1103515245 + 12345) & 0x7fffffff;
    return (spot && inSpot(x, y) ? 250 : Math.round(90 + 50 * Math.sin(x / 5 + seed) + (noise % 20))) / 255;
  });
  return encodePng8({ width: side, height: side, channels: 1, data });
}

/** A class folder in MVTec AD's layout: six good training images, two good and two defective test images with masks. */
export async function writeStripes(folder: string): Promise<void> {
  const write = async (path: string, bytes: Buffer): Promise<void> => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), bytes);
  };
  const mask = Uint8Array.from({ length: side * side }, (_, at) => Number(inSpot(at % side, Math.floor(at / side))));
  for (let i = 0; i < 6; i++) await write(`train/good/${i}.png`, await stripes(i, false));
  for (let i = 6; i < 8; i++) await write(`test/good/${i}.png`, await stripes(i, false));
  for (let i = 8; i < 10; i++) {
    await write(`test/spot/${i}.png`, await stripes(i, true));
    await write(`ground_truth/spot/${i}_mask.png`, await encodeMaskPng({ width: side, height: side, data: mask }));
  }
}
