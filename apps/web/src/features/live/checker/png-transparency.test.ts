import { decode, encode } from 'fast-png';
import { expect, test } from 'vitest';
import { withoutTransparency } from './png-transparency.ts';

const opaque = encode({ width: 3, height: 1, channels: 3, depth: 8, data: Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90) });
/** Behind signature and header. */
const begin = 8 + 25;
/** tRNS of the colour 10, 20, 30, with its checksum. */
const transparency = Uint8Array.of(0, 0, 0, 6, 0x74, 0x52, 0x4e, 0x53, 0, 10, 0, 20, 0, 30, 0xc5, 0x36, 0x29, 0xff);
const join = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(parts.flatMap((part) => [...part]));
const transparent = join([opaque.subarray(0, begin), transparency, opaque.subarray(begin)]);

test('a PNG with a transparent colour becomes the same PNG without one, byte for byte', () => {
  expect(decode(transparent).transparency).toEqual(Uint16Array.of(10, 20, 30));
  expect(join(withoutTransparency(transparent))).toEqual(Uint8Array.from(opaque));
});

test('other PNGs, cut off ones too, stay as they are', () => {
  for (const bytes of [Uint8Array.from(opaque), transparent.slice(0, begin + 6), transparent.slice(0, 10)])
    expect(join(withoutTransparency(bytes))).toEqual(bytes);
});
