'use client';

import { Tooltip } from '#web/components/ui/tooltip.tsx';
import { count, fixed } from '#web/lib/numbers.ts';
import type { MeasureFormat } from '#web/features/residuals/view/protocol.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';
import type { DefectMetrics, EvaluationMetrics } from '../data/parse.ts';
import { Help, prevalenceText } from './metrics-table.tsx';

const DECIMALS = 3;

interface Column {
  readonly name: string;
  readonly help: string;
  readonly text: (metrics: DefectMetrics['measures'][Measure] & object) => string;
  readonly prevalence?: (metrics: DefectMetrics['measures'][Measure] & object) => number | null;
  /** Why there is none. */
  readonly missing: string;
}

const noGood = 'it needs good test images and outlined defects of this type';
const columns: readonly Column[] = [
  {
    name: 'detected',
    help: 'Share of the images of the type whose score is at or above the fitted image threshold.',
    text: ({ image }) => (image.detectionRate === null ? '–' : `${Math.round(100 * image.detectionRate)} %`),
    missing: 'there were no good validation images to fit a threshold on',
  },
  {
    name: 'image ROC-AUC',
    help: 'Chance that an image of the type scores higher than a good one. 0.5 is guessing.',
    text: ({ image }) => fixed(image.rocAuc, DECIMALS),
    missing: 'there are no good test images',
  },
  {
    name: 'pixel ROC-AUC',
    help: 'Chance that a pixel of such a defect scores higher than a good one, over the good images and those of the type.',
    text: ({ pixel }) => fixed(pixel.rocAuc, DECIMALS),
    missing: noGood,
  },
  {
    name: 'pixel AP',
    help: 'Area under precision over recall of the pixels. Guessing reaches the prevalence printed beside it.',
    text: ({ pixel }) => fixed(pixel.averagePrecision, DECIMALS),
    prevalence: ({ pixel }) => pixel.prevalence,
    missing: noGood,
  },
  {
    name: 'AUPRO to 0.3',
    help: 'Mean overlap with each region of the type over false-positive rates up to 0.3, divided by 0.3. A random map has 0.15.',
    text: ({ pixel }) => fixed(pixel.aupro30, DECIMALS),
    missing: noGood,
  },
];

interface DefectsTableProps {
  readonly byDefect: EvaluationMetrics['byDefect'];
  readonly measure: Measure;
  readonly format: MeasureFormat;
}

/** How well each defect type is told from the good images; the type that is found least comes first. */
export function DefectsTable({ byDefect, measure, format }: DefectsTableProps) {
  if (!byDefect)
    return <p className="text-xs text-ink-3">This evaluation is older than the figures by defect type: evaluate again to have them.</p>;
  const rows = Object.entries(byDefect)
    .map(([label, defect]) => ({ label, defect, metrics: defect.measures[measure] }))
    .sort((a, b) => (a.metrics?.image.rocAuc ?? 2) - (b.metrics?.image.rocAuc ?? 2) || a.label.localeCompare(b.label));
  if (rows.length === 0) return <p className="text-xs text-ink-3">No test image has a defect.</p>;
  return (
    <div className="relative overflow-x-auto rounded-md border bg-panel px-3 pb-1">
      <table className="w-full border-collapse text-xs">
        <caption className="sr-only">Metrics of each defect type by {format.name}</caption>
        <thead>
          <tr className="border-b border-line-strong text-ink-3">
            <th scope="col" className="h-7 text-left font-medium">
              Defect type, {format.name}
            </th>
            <th scope="col" className="pl-3 text-right font-medium">
              images
            </th>
            {columns.map(({ name, help }) => (
              <th key={name} scope="col" className="pl-3 text-right font-medium whitespace-nowrap">
                {name}
                <Help name={name} text={help} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, defect, metrics }) => (
            <tr key={label} className="border-b last:border-b-0">
              <th scope="row" className="py-1 text-left font-normal">
                {label}
              </th>
              <td className="pl-3 text-right whitespace-nowrap tabular-nums">
                {count(defect.images)}
                {defect.withoutMask > 0 && <span className="ml-1 text-2xs text-ink-3">{count(defect.withoutMask)} not outlined</span>}
              </td>
              {columns.map((column) => (
                <DefectCell key={column.name} column={column} metrics={metrics} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DefectCell({ column, metrics }: { column: Column; metrics: DefectMetrics['measures'][Measure] }) {
  const text = metrics ? column.text(metrics) : '–';
  const prevalence = (metrics && column.prevalence?.(metrics)) ?? null;
  return (
    <td className="pl-3 text-right whitespace-nowrap">
      {prevalence !== null && <span className="mr-2 text-2xs text-ink-3">prev. {prevalenceText(prevalence)}</span>}
      {text === '–' ? (
        <Tooltip content={`Undefined: ${column.missing}`}>
          <button type="button" className="rounded-sm font-mono underline decoration-dotted underline-offset-2">
            {text}
          </button>
        </Tooltip>
      ) : (
        <span className="font-mono">{text}</span>
      )}
    </td>
  );
}
