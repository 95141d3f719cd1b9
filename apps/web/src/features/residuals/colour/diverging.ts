import { packRgba, type ColourMap } from './colour-map.ts';

/** Ten colours of Fabio Crameri's "vik" (Scientific colour maps, 2018; MIT licence), from the lowest to the highest value: blue, light, brown. */
const anchors = ['#001261', '#033e7d', '#1e6f9d', '#71a8c4', '#c9dde7', '#eacebd', '#d39774', '#be6533', '#8b2706', '#590008'];

type Triple = readonly [number, number, number];

const toLinear = (byte: number): number => (byte <= 10.31475 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
const toByte = (linear: number): number => {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
};

/** OKLab of an sRGB colour (Björn Ottosson, 2020): lightness and two axes of hue, in which equal steps look equal. */
export function toOklab(red: number, green: number, blue: number): Triple {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const mixed = (a: Triple, b: Triple, t: number): Triple => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];

function build(): ColourMap {
  const points = anchors.map((hex) => {
    const value = Number.parseInt(hex.slice(1), 16);
    return toOklab(value >> 16, (value >> 8) & 255, value & 255);
  });
  const rgb = new Uint8Array(3 * 256);
  const packed = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (points.length - 1);
    const from = Math.min(points.length - 2, Math.floor(at));
    const colour = fromOklab(mixed(points[from]!, points[from + 1]!, at - from));
    rgb.set(colour, 3 * i);
    packed[i] = packRgba(...colour, 255);
  }
  return { name: 'vik', rgb, packed };
}

/** For differences: 0 in the light middle, the first variant higher to brown, the second to blue; as light on both sides and so readable without hue. */
export const diverging: ColourMap = build();
