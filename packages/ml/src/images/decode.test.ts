import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage, decodeMask, encodeMaskPng, encodeFloat32Tiff, encodePng8, inspectImage, quantise8, readPng8 } from './index.ts';

function pngChunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG by its parts, for kinds that no encoder at hand writes. `rows`: filtered scan lines. */
function png(width: number, height: number, bits: number, colourType: number, rows: Buffer, extra: Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colourType], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    ...extra,
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

const noise = Buffer.from(Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 7919 + ((i * i) >> 3)) & 255));
const photo = () => sharp(noise, { raw: { width: 64, height: 48, channels: 3 } });

describe('decodeImage keeps the stored numbers', () => {
  it('of 2-bit and 4-bit grey, widened without loss', async () => {
    expect([...(await decodeImage(png(4, 1, 2, 0, Buffer.from([0, 0b00011011])))).data]).toEqual([0, 1 / 3, 2 / 3, 1].map(Math.fround));
    expect([...(await decodeImage(png(2, 1, 4, 0, Buffer.from([0, 0x3f])))).data]).toEqual([3 / 15, 1].map(Math.fround));
  });

  it('of 16-bit colour with alpha, at full precision and without the alpha', async () => {
    const row = Buffer.alloc(1 + 16);
    [1, 257, 65534, 0, 40000, 30001, 2, 65535].forEach((value, i) => row.writeUInt16BE(value, 1 + 2 * i));
    const image = await decodeImage(png(2, 1, 16, 6, row));
    expect(image.channels).toBe(3);
    expect([...image.data]).toEqual([1, 257, 65534, 40000, 30001, 2].map((value) => Math.fround(value / 65535)));
  });

  it('of a palette whose transparent entry has a colour', async () => {
    const palette = pngChunk('PLTE', Buffer.from([10, 20, 30, 200, 100, 50]));
    const transparency = pngChunk('tRNS', Buffer.from([0, 255]));
    const image = await decodeImage(png(2, 1, 8, 3, Buffer.from([0, 0, 1]), [palette, transparency]));
    expect([...quantise8(image)]).toEqual([10, 20, 30, 200, 100, 50]);
  });

  it('of a picture with a colour profile, which is not applied', async () => {
    const file = await photo().withIccProfile('p3').png().toBuffer();
    const stored = await sharp(file, { ignoreIcc: true }).raw().toBuffer();
    const converted = await sharp(file).raw().toBuffer();
    expect(converted).not.toEqual(stored);
    expect(Buffer.from(quantise8(await decodeImage(file)))).toEqual(stored);
  });

  it('whatever the file is called', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-images-'));
    const file = join(folder, 'not-a.txt');
    await writeFile(file, await photo().png().toBuffer());
    expect(Buffer.from(quantise8(await decodeImage(file)))).toEqual(noise);
    await rm(folder, { recursive: true });
  });
});

describe('decodeImage refuses by name, reason and remedy', () => {
  let jpeg: Buffer;
  let folder: string;
  beforeAll(async () => {
    jpeg = await photo().jpeg().toBuffer();
    folder = await mkdtemp(join(tmpdir(), 'plumbline-images-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const refusal = async (bytes: Buffer | string) =>
    await decodeImage(bytes, { name: 'part-7' }).then(
      () => null,
      (error: { reason: string; message: string; name: string }) => error,
    );

  it('a missing file', async () => {
    expect(await refusal(join(folder, 'gone.png'))).toMatchObject({
      reason: 'missing',
      message: expect.stringMatching(/^part-7 does not exist: check/),
    });
  });

  it('an empty file, text, an SVG and a PDF', async () => {
    expect(await refusal(Buffer.alloc(0))).toMatchObject({ reason: 'broken' });
    for (const text of ['no picture at all', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', '%PDF-1.7'])
      expect(await refusal(Buffer.from(text))).toMatchObject({ reason: 'unsupported', message: expect.stringContaining('use PNG, JPEG') });
  });

  it('a BMP', async () => {
    const bmp = Buffer.alloc(60);
    bmp.write('BM', 'latin1');
    bmp.writeUInt32LE(40, 14);
    expect(await refusal(bmp)).toMatchObject({ reason: 'unsupported', message: expect.stringContaining('save it as PNG') });
  });

  it('truncated PNG, JPEG, WebP and TIFF', async () => {
    const files = [
      await photo().png().toBuffer(),
      jpeg,
      await photo().webp({ lossless: true }).toBuffer(),
      await photo().tiff().toBuffer(),
    ];
    for (const file of files) {
      const error = await refusal(file.subarray(0, Math.floor(file.length * 0.6)));
      expect(error).toMatchObject({
        name: 'BadImageError',
        message: expect.stringMatching(/^part-7 is .*copy or export the file again\.$/s),
      });
    }
  });

  it('a PNG with a flipped byte in its pixels', async () => {
    const file = await photo().png().toBuffer();
    file[file.length >> 1]! ^= 0xff;
    expect(await refusal(file)).toMatchObject({ name: 'BadImageError' });
  });

  it('16,000 × 16,000 pixels, without decoding them', async () => {
    const file = png(16_000, 16_000, 8, 2, Buffer.alloc(64));
    expect(await refusal(file)).toMatchObject({
      reason: 'too-large',
      message: expect.stringContaining('16000 × 16000 = 256 million pixels'),
    });
  });

  it('animations and documents of several pages', async () => {
    const frames = await sharp(noise, { raw: { width: 64, height: 48, channels: 3, pageHeight: 24 } })
      .gif()
      .toBuffer();
    expect(await refusal(frames)).toMatchObject({ reason: 'unsupported', message: expect.stringContaining('2 frames or pages') });
    const control = Buffer.alloc(8);
    control.writeUInt32BE(3, 0);
    const animatedPng = png(2, 1, 8, 0, Buffer.from([0, 1, 2]), [pngChunk('acTL', control)]);
    expect(await refusal(animatedPng)).toMatchObject({ reason: 'unsupported', message: expect.stringContaining('3 frames') });
  });

  it('pixels that are not whole numbers', async () => {
    const map = encodeFloat32Tiff({ width: 4, height: 4, data: new Float32Array(16) });
    expect(await refusal(map)).toMatchObject({ reason: 'unsupported', message: expect.stringContaining('stores its pixels as float') });
  });

  it('mutated files: never a crash, a hang or half a picture', { timeout: 30_000 }, async () => {
    const files = [await photo().png().toBuffer(), jpeg, await photo().gif().toBuffer()];
    let state = 1;
    const random = (below: number) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
    for (let round = 0; round < 150; round++) {
      const file = Buffer.from(files[round % files.length]!);
      for (let hits = 1 + random(4); hits > 0; hits--) file[random(file.length)] = random(256);
      const image = await decodeImage(file).catch((error: Error) => error);
      if (image instanceof Error) expect(image.name).toBe('BadImageError');
      else expect(image.data).toHaveLength(image.width * image.height * image.channels);
    }
  });
});

describe('inspectImage', () => {
  it('tells the upright size, the format by content and what decoding gives', async () => {
    const file = await photo().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await inspectImage(file)).toMatchObject({
      width: 48,
      height: 64,
      format: 'jpeg',
      channels: 3,
      bitDepth: 8,
      frames: 1,
      animated: false,
    });
  });
});

describe('masks', () => {
  it('are 1 above 127 of grey', async () => {
    const file = await sharp(Buffer.from([0, 127, 128, 255]), { raw: { width: 4, height: 1, channels: 1 } })
      .png()
      .toBuffer();
    expect([...(await decodeMask(file)).data]).toEqual([0, 0, 1, 1]);
  });

  it('of labels 0 and 1 are refused instead of read as empty', async () => {
    const file = await sharp(Buffer.from([0, 1, 1, 0]), { raw: { width: 4, height: 1, channels: 1 } })
      .png()
      .toBuffer();
    await expect(decodeMask(file, { name: 'm.png' })).rejects.toThrow(/m\.png is a mask whose brightest value is 1.*save them as 255/);
  });

  it('survive writing and reading', async () => {
    const mask = { width: 3, height: 2, data: Uint8Array.from([0, 1, 1, 0, 0, 1]) };
    expect(await decodeMask(await encodeMaskPng(mask))).toEqual(mask);
  });
});

describe('8-bit PNG', () => {
  it.each([1, 3] as const)('gives every 255th back exactly, %d channel(s)', async (channels) => {
    const data = Float32Array.from({ length: 256 * channels }, (_, i) => Math.floor(i / channels) / 255);
    const image = await readPng8(await encodePng8({ width: 16, height: 16, channels, data }));
    expect(image).toEqual({ width: 16, height: 16, channels, data });
  });

  it('clips what lies outside [0,1] and refuses what is not a number', async () => {
    const image = { width: 4, height: 1, channels: 1 as const, data: Float32Array.from([-3, 0.5, 7, Infinity]) };
    expect([...quantise8(image)]).toEqual([0, 128, 255, 255]);
    await expect(encodePng8({ ...image, data: Float32Array.from([0, NaN, 0, 0]) })).rejects.toThrow(/not a number/);
  });
});
