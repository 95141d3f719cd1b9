import { describe, expect, it } from 'vitest';
import { colourIndex, colourMapNames, colourMaps, niceCeiling, packRgba, paintOverlay, paintValues } from './colour-map.ts';

/** CIE lightness of an sRGB colour. */
function lightness(red: number, green: number, blue: number): number {
  const linear = [red, green, blue].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  const y = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

describe('colour maps', () => {
  it.each(colourMapNames)('%s has 256 entries whose lightness rises steadily', (name) => {
    const { rgb } = colourMaps[name];
    expect(rgb).toHaveLength(768);
    const values = Array.from({ length: 256 }, (_, i) => lightness(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!));
    const steps = values.slice(1).map((v, i) => v - values[i]!);
    expect(Math.min(...steps)).toBeGreaterThan(-0.5);
    expect(values[255]! - values[0]!).toBeGreaterThan(70);
    for (let i = 16; i < 256; i++) expect(values[i]!).toBeGreaterThan(values[i - 16]!);
  });

  it('has the published ends and middle', () => {
    expect([
      ...colourMaps.inferno.rgb.slice(0, 3),
      ...colourMaps.inferno.rgb.slice(384, 387),
      ...colourMaps.inferno.rgb.slice(765),
    ]).toEqual([0, 0, 4, 188, 55, 84, 252, 255, 164]);
    expect([...colourMaps.cividis.rgb.slice(0, 3), ...colourMaps.cividis.rgb.slice(765)]).toEqual([0, 34, 78, 254, 232, 56]);
  });

  it('maps values on the absolute range and clamps outside it', () => {
    const range = { minimum: 0, maximum: 2 };
    expect([-1, 0, 1, 2, 9, NaN].map((v) => colourIndex(v, range))).toEqual([0, 0, 128, 255, 255, 0]);
  });

  it('paints the same colour for a value whatever else the map holds', () => {
    const range = { minimum: 0, maximum: 0.9 };
    const a = new Uint32Array(2);
    const b = new Uint32Array(2);
    paintValues(Float32Array.of(0.3, 0.9), colourMaps.inferno, range, a);
    paintValues(Float32Array.of(0.3, 0.01), colourMaps.inferno, range, b);
    expect(a[0]).toBe(b[0]);
    expect(a[1]).toBe(packRgba(252, 255, 164, 255));
  });

  it('leaves the photograph alone where the residual is at the lower end', () => {
    const out = new Uint8ClampedArray(8);
    paintOverlay(
      Float32Array.of(0, 1),
      Uint8ClampedArray.of(10, 20, 30, 255, 10, 20, 30, 255),
      colourMaps.inferno,
      { minimum: 0, maximum: 1 },
      1,
      out,
    );
    expect([...out]).toEqual([10, 20, 30, 255, 252, 255, 164, 255]);
  });

  it('chooses readable ends of a scale', () => {
    expect([0.31, 0.9, 1, 1.2, 812, 15000, 0, NaN].map(niceCeiling)).toEqual([0.4, 0.9, 1, 1.2, 900, 15000, 1, 1]);
  });
});
