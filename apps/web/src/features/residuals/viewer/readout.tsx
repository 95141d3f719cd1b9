'use client';

import { useSyncExternalStore } from 'react';
import type { CameraStore } from '../camera/camera-store.ts';
import type { MeasuredImage } from '../data/images.ts';
import type { Picture } from '../pixels/decode.ts';
import { photographPixel } from '../pixels/photograph.ts';
import { formatResidual, type MeasureFormats } from '../view/protocol.ts';
import type { OpenedImage } from './use-opened-image.ts';

function levels({ width, channels, rgba }: Picture, x: number, y: number): string {
  const p = 4 * (y * width + x);
  const [r, g, b] = [rgba[p] ?? 0, rgba[p + 1] ?? 0, rgba[p + 2] ?? 0];
  return channels === 1 || (r === g && g === b) ? String(r) : `${r} ${g} ${b}`;
}

/** Ground truth below a network-scale pixel: how much of it is defect. */
function truthShare({ truth, input }: OpenedImage, x: number, y: number): number | null {
  if (!truth) return null;
  const [sx, sy] = [truth.width / input.width, truth.height / input.height];
  const [x0, y0] = [Math.floor(x * sx), Math.floor(y * sy)];
  const [x1, y1] = [Math.max(x0 + 1, Math.floor((x + 1) * sx)), Math.max(y0 + 1, Math.floor((y + 1) * sy))];
  let inside = 0;
  for (let v = y0; v < y1; v++) for (let u = x0; u < x1; u++) inside += truth.data[v * truth.width + u] ?? 0;
  return inside / ((x1 - x0) * (y1 - y0));
}

const pair = ({ x, y }: { readonly x: number; readonly y: number }): string => `${x}, ${y}`;

/** The raw values of all panes at the pixel under the cursor. */
export function Readout({
  store,
  image,
  opened,
  good,
  threshold,
  aligned,
  formats,
}: {
  store: CameraStore;
  image: MeasuredImage;
  opened: OpenedImage | null;
  good: boolean;
  threshold: number | null;
  /** False where no pixel shown is one of the photograph's. */
  aligned: boolean;
  formats: MeasureFormats;
}) {
  const cursor = useSyncExternalStore(
    store.onCursor,
    () => store.cursor,
    () => null,
  );
  const at = opened && cursor && cursor.x < opened.map.width && cursor.y < opened.map.height ? cursor : null;
  const value = at && opened ? opened.map.data[at.y * opened.map.width + at.x]! : null;
  const format = formats[opened?.measure ?? 'ssim'];
  const share = at && opened ? truthShare(opened, at.x, at.y) : null;
  const rows: readonly (readonly [string, string])[] = [
    ['Photograph x, y', at && aligned ? pair(photographPixel(at, image)) : '–'],
    ['Network input x, y', at ? pair(at) : '–'],
    ['Input', at && opened ? levels(opened.input, at.x, at.y) : '–'],
    ['Reconstruction', at && opened ? levels(opened.reconstruction, at.x, at.y) : '–'],
    [format.name, value === null ? '–' : formatResidual(format, value)],
    ['At the threshold', value === null || threshold === null ? '–' : value >= threshold ? 'defective' : 'good'],
    [
      'Ground truth',
      !at
        ? '–'
        : good
          ? 'good'
          : share === null
            ? 'not outlined'
            : share === 0
              ? 'good'
              : share === 1
                ? 'defective'
                : `${Math.round(100 * share)} % defective`,
    ],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs">
      {rows.map(([name, text]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="text-right font-mono whitespace-nowrap">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
