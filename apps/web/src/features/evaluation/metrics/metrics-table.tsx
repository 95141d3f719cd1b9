'use client';

import { CircleHelp } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Tooltip } from '#web/components/ui/tooltip.tsx';
import { classes } from '#web/lib/classes.ts';
import { count, fixed } from '#web/lib/numbers.ts';
import { measures } from '#web/features/residuals/view/view-state.ts';
import { describeFormat, formatResidual, formatsOf, type ResidualProtocol } from '#web/features/residuals/view/protocol.ts';
import type { EvaluationMetrics, MeasuredMetrics } from '../data/parse.ts';
import { betterMeasure, imageRows, paperRows, pixelRows, type MetricRow } from './metric-rows.ts';

const DECIMALS = 3;

export function Help({ name, text }: { name: string; text: string }) {
  return (
    <Tooltip content={text}>
      <button
        type="button"
        aria-label={`What is ${name}?`}
        className="ml-1 inline-flex size-5 items-center justify-center rounded-sm align-middle text-ink-3 hover:text-ink"
      >
        <CircleHelp aria-hidden className="size-3.5" />
      </button>
    </Tooltip>
  );
}

const countText = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : count(value));

/** Four decimals are too few for a defect of a few pixels: two significant digits then. */
export function prevalenceText(value: number): string {
  return value >= 0.01 ? value.toFixed(3) : value.toPrecision(2);
}

/** Rounded up, so that the exact value is within it. */
const boundText = (bound: number): string => (Math.ceil(bound * 10 ** DECIMALS - 1e-9) / 10 ** DECIMALS).toFixed(DECIMALS);

function MetricCell({ row, metrics, best, tie }: { row: MetricRow; metrics: MeasuredMetrics | null; best: boolean; tie: boolean }) {
  const value = metrics ? row.value(metrics) : null;
  const bound = (metrics && row.bound?.(metrics)) ?? null;
  const prevalence = metrics && row.prevalence ? row.prevalence(metrics) : null;
  const shown = <span className={classes('font-mono', best && !tie && 'font-bold')}>{fixed(value, DECIMALS)}</span>;
  return (
    <td className="py-1 pl-2 text-right whitespace-nowrap sm:pl-3">
      {prevalence !== null && <span className="mr-2 text-2xs text-ink-3 max-sm:mr-0 max-sm:block">prev. {prevalenceText(prevalence)}</span>}
      {value === null && metrics ? (
        <Tooltip content={`Undefined: ${row.reason(metrics) ?? 'the evaluation gives no value'}`}>
          <button type="button" className="rounded-sm underline decoration-dotted underline-offset-2">
            {shown}
          </button>
        </Tooltip>
      ) : (
        shown
      )}
      {bound !== null && (
        <span className="ml-1 text-2xs text-ink-3" title="the exact value is no farther from this one, before both are rounded">
          ± {boundText(bound)}
        </span>
      )}
      {tie && (
        <span className="text-ink-3" title="a tie at the printed decimals">
          {' '}
          =
        </span>
      )}
    </td>
  );
}

function GroupRow({ children }: { children: ReactNode }) {
  return (
    <tr>
      <th scope="colgroup" colSpan={3} className="border-b pt-2 pb-1 text-left text-2xs font-medium text-ink-3">
        {children}
      </th>
    </tr>
  );
}

interface MetricsTableProps {
  readonly metrics: EvaluationMetrics;
  readonly protocol: ResidualProtocol;
}

/** Every metric for both measures, with what a random score would reach, why a value is missing, and the thresholds with their origin. */
export function MetricsTable({ metrics, protocol }: MetricsTableProps) {
  const any = metrics.measures.ssim ?? metrics.measures.mse;
  const groups = [
    {
      title: `Images · ${countText(any?.image.images)} · score: ${imageScoreNames[metrics.imageScore] ?? metrics.imageScore}`,
      rows: imageRows,
    },
    {
      title: `Pixels of all images together · ${countText(any?.pixel.pixels)}${metrics.mode === 'histogram' ? ' · by histogram, within ± bound' : ''}`,
      rows: pixelRows,
    },
    ...(any?.paper ? [{ title: `Pixels by the paper’s letter · ${countText(any.paper.pixels)}`, rows: paperRows }] : []),
  ];
  const formats = formatsOf(protocol);
  const { ssim, mse } = protocol.thresholds;
  return (
    <table className="w-full border-collapse text-xs">
      <thead>
        <tr className="border-b border-line-strong text-ink-3">
          <th scope="col" className="h-7 text-left font-medium">
            Metric
          </th>
          <th scope="col" className="pl-3 text-right font-medium">
            {formats.ssim.name}
          </th>
          <th scope="col" className="pl-3 text-right font-medium">
            {formats.mse.name}
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group.title}>
            <GroupRow>{group.title}</GroupRow>
            {group.rows.map((row) => {
              const better = betterMeasure(row, metrics, DECIMALS);
              return (
                <tr key={row.key} className="border-b">
                  <th scope="row" className="py-0.5 text-left font-normal sm:whitespace-nowrap">
                    {row.name}
                    <Help name={row.name} text={row.help} />
                  </th>
                  {measures.map((measure) => (
                    <MetricCell
                      key={measure}
                      row={row}
                      metrics={metrics.measures[measure]}
                      best={better.includes(measure)}
                      tie={better.length === 2}
                    />
                  ))}
                </tr>
              );
            })}
          </Fragment>
        ))}
        <GroupRow>
          Thresholds · {describeFormat(formats.mse)} · {ssim.origin}
          {mse.origin !== ssim.origin && ` (SSIM); ${mse.origin} (squared error)`}
        </GroupRow>
        {(['image', 'pixel'] as const).map((kind) => (
          <tr key={kind} className="border-b">
            <th scope="row" className="py-1 text-left font-normal">
              {kind === 'image' ? 'Image threshold' : 'Pixel threshold'}
            </th>
            {measures.map((measure) => {
              const value = protocol.thresholds[measure][kind];
              return (
                <td key={measure} className="pl-3 text-right font-mono">
                  {value === null ? '–' : formatResidual(formats[measure], value)}
                </td>
              );
            })}
          </tr>
        ))}
        {metrics.reconstruction && (
          <>
            <GroupRow>Reconstruction{metrics.reconstruction.images === null ? '' : ` · ${count(metrics.reconstruction.images)}`}</GroupRow>
            <tr>
              <th scope="row" className="py-1 text-left font-normal">
                SSIM · MSE, grey levels²
              </th>
              <td className="pl-3 text-right font-mono">{fixed(metrics.reconstruction.ssim, DECIMALS)}</td>
              <td className="pl-3 text-right font-mono">{fixed(metrics.reconstruction.mse, 1)}</td>
            </tr>
          </>
        )}
      </tbody>
    </table>
  );
}

export const imageScoreNames: Readonly<Record<string, string>> = {
  top1pc: 'mean of the highest 1 % of pixels',
  max: 'highest pixel',
  mean: 'mean of all pixels',
};
