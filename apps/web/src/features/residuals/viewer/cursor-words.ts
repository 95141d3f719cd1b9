import type { FloatMap } from '@plumbline/ml/geometry';
import type { Point, Size } from '../camera/camera.ts';
import type { Picture } from '../pixels/decode.ts';
import { formatResidual, type MeasureFormat } from '../view/protocol.ts';
import { letterOf } from '../view/shown-evaluation.ts';
import type { Measure } from '../view/view-state.ts';
import { pictureValues } from './scene.ts';

/** The pixel of a variant of another scale that lies there. */
export const inScale = ({ x, y }: Point, world: Size, own: Size): Point => ({
  x: Math.min(own.width - 1, Math.floor(((x + 0.5) * own.width) / world.width)),
  y: Math.min(own.height - 1, Math.floor(((y + 0.5) * own.height) / world.height)),
});

export interface SpokenVariant {
  readonly place: number;
  /** null while it is loaded, or where there is nothing of the image. */
  readonly opened: { readonly map: FloatMap; readonly input: Picture } | null;
  readonly format: MeasureFormat;
  /** Whether the leading variant's pixels name its own. */
  readonly shares: boolean;
}

/**
 * The raw values under the cursor in a few words: "x 120, y 64: A 0.123, B 0.210 SSIM; image 87". Variants that have nothing there are left out.
 * @param cursor a pixel of `world`, the network image of the variant at the place `lead`
 */
export function cursorWords(
  cursor: Point,
  world: Size,
  variants: readonly SpokenVariant[],
  { lead, measure }: { readonly lead: number; readonly measure: Measure },
): string {
  const read = variants.flatMap(({ place, opened, format, shares }) => {
    if (!opened || !shares) return [];
    const { x, y } = inScale(cursor, world, opened.map);
    return [{ place, format, value: formatResidual(format, opened.map.data[y * opened.map.width + x]!) }];
  });
  const units = new Set(read.map(({ format }) => format.unit));
  const values = read.map(({ place, format, value }) =>
    [variants.length > 1 ? letterOf(place) : '', value, units.size > 1 ? format.unit : ''].filter((part) => part !== '').join(' '),
  );
  const input = variants.find(({ place }) => place === lead)?.opened?.input;
  const at = input && inScale(cursor, world, input);
  return [
    `x ${cursor.x}, y ${cursor.y}`,
    values.length > 0 ? `: ${values.join(', ')} ${measure.toUpperCase()}` : '',
    at ? `; image ${pictureValues(input)(at.x, at.y).lines.join(' ')}` : '',
  ].join('');
}
