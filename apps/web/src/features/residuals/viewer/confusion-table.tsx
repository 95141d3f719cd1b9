import { count, fixed } from '#web/lib/numbers.ts';
import { iou, type Confusion } from '../pixels/confusion.ts';
import { MASK_COLOURS } from './scene.ts';

const swatch = ([r, g, b]: readonly [number, number, number]) => ({ background: `rgb(${r} ${g} ${b})` });

function Counted({
  name,
  value,
  total,
  colour,
}: {
  name: string;
  value: number;
  total: number;
  colour?: readonly [number, number, number];
}) {
  return (
    <tr className="border-b last:border-b-0">
      <th scope="row" className="h-7 text-left font-normal text-ink-2">
        <span
          aria-hidden
          className="mr-2 inline-block size-2.5 rounded-[2px] border border-line-strong"
          style={colour ? swatch(colour) : undefined}
        />
        {name}
      </th>
      <td className="text-right font-mono">{count(value)}</td>
      <td className="w-16 text-right font-mono text-ink-3">{total > 0 ? ((100 * value) / total).toFixed(2) : '–'}</td>
    </tr>
  );
}

interface ConfusionTableProps {
  readonly confusion: Confusion | null;
  readonly outlined: boolean;
  readonly good: boolean;
  /** False where the map's pixels are none of the photograph's. */
  readonly aligned: boolean;
}

/** Pixels of this image at the threshold against its ground truth, with the IoU; also the legend of the mask's colours. */
export function ConfusionTable({ confusion, outlined, good, aligned }: ConfusionTableProps) {
  if (!aligned)
    return (
      <p className="text-xs text-ink-2">
        The padded patches are shown as the network saw them; pixels are counted against ground truth in the results alone.
      </p>
    );
  if (!confusion) return <p className="text-xs text-ink-3">No threshold is set.</p>;
  const { truePositive, falsePositive, falseNegative, trueNegative } = confusion;
  const total = truePositive + falsePositive + falseNegative + trueNegative;
  if (!good && !outlined)
    return (
      <p className="text-xs text-ink-2">
        Nobody outlined this defect, so its pixels cannot be counted. {count(falsePositive)} pixels lie at or above the threshold.
      </p>
    );
  const overlap = iou(confusion);
  return (
    <table className="w-full border-collapse text-xs">
      <thead>
        <tr className="border-b text-2xs text-ink-3">
          <th scope="col" className="text-left font-normal">
            at the original size
          </th>
          <th scope="col" className="text-right font-normal">
            pixels
          </th>
          <th scope="col" className="text-right font-normal">
            % of image
          </th>
        </tr>
      </thead>
      <tbody>
        <Counted name="found (TP)" value={truePositive} total={total} colour={MASK_COLOURS.found} />
        <Counted name="false alarm (FP)" value={falsePositive} total={total} colour={MASK_COLOURS.falsely} />
        <Counted name="missed (FN)" value={falseNegative} total={total} colour={MASK_COLOURS.missed} />
        <Counted name="passed (TN)" value={trueNegative} total={total} />
        <tr className="border-t border-line-strong font-semibold">
          <th scope="row" className="h-8 text-left">
            IoU of this image
          </th>
          <td className="text-right font-mono" colSpan={2}>
            {overlap === null ? (
              <span className="font-sans font-normal text-ink-3">undefined: nothing found, nothing there</span>
            ) : (
              fixed(overlap, 3)
            )}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
