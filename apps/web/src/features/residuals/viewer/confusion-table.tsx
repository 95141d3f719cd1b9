import { count, fixed } from '#web/lib/numbers.ts';
import { iou, type Confusion } from '../pixels/confusion.ts';
import { MASK_COLOURS } from '../drawing/value-look.ts';

const swatch = ([r, g, b]: readonly [number, number, number]) => ({ background: `rgb(${r} ${g} ${b})` });

const rows = [
  ['found (TP)', 'truePositive', MASK_COLOURS.found],
  ['false alarm (FP)', 'falsePositive', MASK_COLOURS.falsely],
  ['missed (FN)', 'falseNegative', MASK_COLOURS.missed],
  ['passed (TN)', 'trueNegative', null],
] as const;

interface ConfusionTableProps {
  /** Of this image; null while its map is on its way, or where its defect is not outlined. */
  readonly image: Confusion | null;
  /** Of the images counted so far; null where none is. */
  readonly set: Confusion | null;
}

const overlapText = (confusion: Confusion | null): string => (confusion === null ? '–' : fixed(iou(confusion), 3));

/** Pixels at the threshold against ground truth, of this image and of the whole set, with the IoU; also the legend of the mask's colours. */
export function ConfusionTable({ image, set }: ConfusionTableProps) {
  return (
    <table className="w-full border-collapse text-xs">
      <thead>
        <tr className="border-b text-2xs text-ink-3">
          <th scope="col" className="text-left font-normal">
            pixels, original size
          </th>
          <th scope="col" className="text-right font-normal">
            this image
          </th>
          <th scope="col" className="pl-2 text-right font-normal">
            whole set
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, key, colour]) => (
          <tr key={key} className="border-b last:border-b-0">
            <th scope="row" className="h-6 text-left font-normal whitespace-nowrap text-ink-2">
              <span
                aria-hidden
                className="mr-1.5 inline-block size-2.5 rounded-[2px] border border-line-strong"
                style={colour ? swatch(colour) : undefined}
              />
              {name}
            </th>
            <td className="text-right font-mono">{image ? count(image[key]) : '–'}</td>
            <td className="pl-2 text-right font-mono">{set ? count(set[key]) : '–'}</td>
          </tr>
        ))}
        <tr className="border-t border-line-strong font-semibold">
          <th scope="row" className="h-7 text-left" title="Found ÷ (found + false alarm + missed); of the set over all its pixels together">
            IoU
          </th>
          <td className="text-right font-mono" title={image && iou(image) === null ? 'undefined: nothing found, nothing there' : undefined}>
            {overlapText(image)}
          </td>
          <td className="pl-2 text-right font-mono">{overlapText(set)}</td>
        </tr>
      </tbody>
    </table>
  );
}
