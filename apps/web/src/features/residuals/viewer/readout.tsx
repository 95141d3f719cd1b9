'use client';

import { useSyncExternalStore } from 'react';
import { resizedMapValue } from '@plumbline/ml/geometry';
import type { CameraStore } from '../camera/camera-store.ts';
import type { Point, Size } from '../camera/camera.ts';
import { truthAt, type EvaluatedImage } from '../data/images.ts';
import { photographPixel } from '../pixels/photograph.ts';
import { formatResidual, type MeasureFormat } from '../view/protocol.ts';
import { letterOf } from '../view/shown-evaluation.ts';
import type { OpenedVariant } from './use-opened-variants.ts';
import { inScale } from './cursor-words.ts';
import { pictureValues } from './scene.ts';

/** The shortest text from which the same float32 is read again. */
export function exactText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}

/** Ground truth below a network-scale pixel: how much of it is defect. */
function truthShare({ truth, input }: OpenedVariant, { x, y }: Point): number | null {
  if (!truth) return null;
  const [sx, sy] = [truth.width / input.width, truth.height / input.height];
  const [x0, y0] = [Math.floor(x * sx), Math.floor(y * sy)];
  const [x1, y1] = [Math.max(x0 + 1, Math.floor((x + 1) * sx)), Math.max(y0 + 1, Math.floor((y + 1) * sy))];
  let inside = 0;
  for (let v = y0; v < y1; v++) for (let u = x0; u < x1; u++) inside += truth.data[v * truth.width + u] ?? 0;
  return inside / ((x1 - x0) * (y1 - y0));
}

function truthText(lead: OpenedVariant, at: Point, good: boolean): string {
  if (good) return 'good';
  const share = truthShare(lead, at);
  if (share === null) return 'not outlined';
  return share === 0 ? 'good' : share === 1 ? 'defective' : `${Math.round(100 * share)} % defective`;
}

const pair = ({ x, y }: Point): string => `${x}, ${y}`;

export interface ReadVariant {
  readonly place: number;
  readonly name: string;
  readonly opened: OpenedVariant | null;
  readonly threshold: number | null;
  readonly format: MeasureFormat;
  readonly aligned: boolean;
  /** Whether the leading variant's pixels name its own. */
  readonly shares: boolean;
}

interface ReadoutProps {
  readonly store: CameraStore;
  readonly image: EvaluatedImage;
  readonly variants: readonly ReadVariant[];
  /** Whose pixels the coordinates are. */
  readonly lead: number;
  /** What the cursor counts in. */
  readonly world: Size;
}

/** The raw values of all variants at the pixel under the cursor. */
export function Readout({ store, image, variants, lead, world }: ReadoutProps) {
  const cursor = useSyncExternalStore(
    store.onCursor,
    () => store.cursor,
    () => null,
  );
  const leading = variants.find(({ place }) => place === lead);
  const opened = leading?.opened ?? null;
  const at = opened && cursor && cursor.x < opened.map.width && cursor.y < opened.map.height ? cursor : null;
  const inPhotograph =
    at && opened && leading?.aligned
      ? photographPixel(at, { width: image.width, height: image.height, networkWidth: opened.map.width, networkHeight: opened.map.height })
      : null;
  return (
    <div className="flex flex-col gap-1.5 text-xs">
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        <Row name="Photograph x, y" text={inPhotograph ? pair(inPhotograph) : '–'} />
        <Row name="Network input x, y" text={at ? pair(at) : '–'} />
        <Row name="Ground truth" text={at && opened ? truthText(opened, at, !truthAt(image, lead).defective) : '–'} />
      </dl>
      <div className="overflow-x-auto">
        <table className="w-full border-collapse">
          <thead>
            <tr className="text-2xs text-ink-3">
              {variants.length > 1 && <td />}
              <th scope="col" className="h-5 text-right font-normal">
                input
              </th>
              <th scope="col" className="text-right font-normal">
                reconstr.
              </th>
              <th scope="col" className="pl-2 text-right font-normal" title="At network scale, as printed in the pixel">
                residual
              </th>
              <th
                scope="col"
                className="pl-2 text-right font-normal"
                title="At the photograph’s pixel, as in the exported TIFF, every digit of it"
              >
                in the TIFF
              </th>
            </tr>
          </thead>
          <tbody>
            {variants.map((variant) => (
              <Values
                key={variant.place}
                variant={variant}
                many={variants.length > 1}
                at={at && variant.shares && variant.opened ? inScale(at, world, variant.opened.map) : null}
                photograph={inPhotograph}
                original={image}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Row({ name, text }: { name: string; text: string }) {
  return (
    <div className="contents">
      <dt className="text-ink-3">{name}</dt>
      <dd className="text-right font-mono whitespace-nowrap">{text}</dd>
    </div>
  );
}

interface ValuesProps {
  readonly variant: ReadVariant;
  readonly many: boolean;
  readonly at: Point | null;
  readonly photograph: Point | null;
  /** The photograph's size. */
  readonly original: Size;
}

function Values({ variant, many, at, photograph, original }: ValuesProps) {
  const { place, name, opened, threshold, format, aligned } = variant;
  const inside = opened !== null && at !== null && at.x < opened.map.width && at.y < opened.map.height;
  const value = inside ? opened.map.data[at.y * opened.map.width + at.x]! : null;
  const exported =
    opened && aligned && photograph ? resizedMapValue(opened.map, original.width, original.height, photograph.x, photograph.y) : undefined;
  const over = value !== null && threshold !== null && value >= threshold;
  return (
    <tr>
      {many && (
        <th scope="row" title={name} className="h-5 pr-1 text-left font-normal text-ink-2">
          {letterOf(place)}
        </th>
      )}
      <td className="h-5 text-right font-mono">{inside ? pictureValues(opened.input)(at.x, at.y).lines.join(' ') : '–'}</td>
      <td className="text-right font-mono">{inside ? pictureValues(opened.reconstruction)(at.x, at.y).lines.join(' ') : '–'}</td>
      <td className="pl-2 text-right font-mono" title={over ? 'at or above the threshold' : undefined}>
        {value === null ? '–' : formatResidual(format, value)}
        {over && <span className="text-bad"> ≥ T</span>}
      </td>
      <td className="pl-2 text-right font-mono" data-exported={many ? letterOf(place) : ''}>
        {exported === undefined ? '–' : exactText(exported)}
      </td>
    </tr>
  );
}
