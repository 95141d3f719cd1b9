'use client';

import { imageMetrics, pointsOfImages, prCurve, rocCurve, scoreHistogram } from '@plumbline/ml/metrics';
import { memo, useMemo } from 'react';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { scoreOf, type EvaluatedImage } from '#web/features/residuals/data/images.ts';
import type { EvaluatedImages } from '#web/features/residuals/data/use-evaluated-images.ts';
import { formatResidual, formatsOf, type ResidualProtocol } from '#web/features/residuals/view/protocol.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';
import { CurveChart } from './charts/curve-chart.tsx';
import { HistogramChart } from './charts/histogram-chart.tsx';
import type { Curves, EvaluationMetrics } from './data/parse.ts';
import { DefectsTable } from './metrics/defects-table.tsx';
import { MetricsTable } from './metrics/metrics-table.tsx';

export type Level = 'image' | 'pixel';

interface ResultsProps {
  /** Dataset, variant and seed: in the names and titles of figures that are taken away. */
  readonly name: readonly string[];
  readonly metrics: EvaluationMetrics;
  readonly curves: Curves;
  readonly protocol: ResidualProtocol;
  readonly list: Pick<EvaluatedImages, 'images' | 'complete'>;
  readonly measure: Measure;
  readonly imageThreshold: number | null;
  readonly onImageThreshold: (value: number) => void;
  readonly level: Level;
  readonly onLevel: (level: Level) => void;
}

function scored(images: readonly EvaluatedImage[], measure: Measure): { scores: number[]; defective: boolean[] } {
  const known = images.flatMap((image) => {
    const score = scoreOf(image, 0, measure);
    return score === null ? [] : [{ score, defective: image.defective }];
  });
  return { scores: known.map(({ score }) => score), defective: known.map(({ defective }) => defective) };
}

/** Curves of the image scores, by the library's own code. */
function imageCurves(images: readonly EvaluatedImage[], measure: Measure) {
  const { scores, defective } = scored(images, measure);
  if (scores.length === 0) return null;
  const points = pointsOfImages(scores, defective);
  return { roc: rocCurve(points, 256), pr: prCurve(points, 256), metrics: imageMetrics(scores, defective) };
}

/** The numbers and curves of a finished evaluation. Remembered, so that dragging a slider of the residual browser does not draw it anew. */
export const Results = memo(function Results(props: ResultsProps) {
  const { name, metrics, curves, protocol, list, measure, imageThreshold, onImageThreshold, level, onLevel } = props;
  const formats = formatsOf(protocol);
  const complete = list.complete ? list.images : null;
  const histogram = useMemo(() => {
    if (!complete) return null;
    const { scores, defective } = scored(complete, measure);
    return scoreHistogram(scores, defective, 40);
  }, [complete, measure]);
  const ofImages = useMemo(
    () => (complete ? { ssim: imageCurves(complete, 'ssim'), mse: imageCurves(complete, 'mse') } : null),
    [complete],
  );
  const shown = level === 'pixel' ? curves : { ssim: ofImages?.ssim ?? null, mse: ofImages?.mse ?? null };
  const area = (key: 'rocAuc' | 'averagePrecision') => ({
    ssim: metrics.measures.ssim?.[level][key] ?? null,
    mse: metrics.measures.mse?.[level][key] ?? null,
  });
  const ofLevel = [...name, `${level}s`];
  const prevalence = metrics.measures[measure]?.[level].prevalence ?? null;

  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(400px,460px)_minmax(0,1fr)]">
      <div className="overflow-x-auto rounded-md border bg-panel px-3 pb-2">
        <MetricsTable metrics={metrics} protocol={protocol} />
      </div>
      <div className="grid min-w-0 gap-3 lg:grid-cols-2">
        <div className="min-w-0 lg:col-span-2">
          {histogram ? (
            <>
              <HistogramChart
                of={[...name, measure.toUpperCase()]}
                format={formats[measure]}
                histogram={histogram}
                threshold={imageThreshold}
                onThreshold={onImageThreshold}
              />
              <ThresholdOrigin protocol={protocol} measure={measure} threshold={imageThreshold} onThreshold={onImageThreshold} />
            </>
          ) : (
            <Skeleton className="h-64 w-full" />
          )}
        </div>
        <div className="flex items-center gap-2 lg:col-span-2">
          <Segmented
            label="Curves of images or pixels"
            value={level}
            onValueChange={onLevel}
            options={[
              { value: 'image', label: 'Images' },
              { value: 'pixel', label: 'Pixels' },
            ]}
          />
          <span className="text-xs text-ink-3">
            {level === 'image' ? 'curves over image scores' : 'curves over the pixels of all test images together'}
          </span>
        </div>
        <CurveChart
          title="ROC"
          of={ofLevel}
          xLabel="false positive rate"
          yLabel="true positive rate"
          curves={{ ssim: shown.ssim?.roc ?? null, mse: shown.mse?.roc ?? null }}
          chance="diagonal"
          areas={area('rocAuc')}
          formats={formats}
        />
        <CurveChart
          title="Precision–recall"
          of={ofLevel}
          xLabel="recall"
          yLabel="precision"
          curves={{ ssim: shown.ssim?.pr ?? null, mse: shown.mse?.pr ?? null }}
          chance={prevalence}
          areas={area('averagePrecision')}
          formats={formats}
        />
      </div>
      <div className="min-w-0 xl:col-span-2">
        <DefectsTable byDefect={metrics.byDefect} measure={measure} format={formats[measure]} />
      </div>
    </div>
  );
});

interface ThresholdOriginProps {
  readonly protocol: ResidualProtocol;
  readonly measure: Measure;
  readonly threshold: number | null;
  readonly onThreshold: (value: number) => void;
}

/** Where the threshold in the histogram comes from, and the way back to it where somebody moved it. */
function ThresholdOrigin({ protocol, measure, threshold, onThreshold }: ThresholdOriginProps) {
  const { image: fitted, origin } = protocol.thresholds[measure];
  const format = formatsOf(protocol)[measure];
  if (fitted === null) return <p className="mt-1 text-xs text-ink-3">Image threshold {origin}.</p>;
  return (
    <p className="mt-1 text-xs text-ink-3">
      {threshold === fitted ? 'Image threshold' : 'Moved by hand; fitted is'}{' '}
      <span className="font-mono text-ink-2">{formatResidual(format, fitted)}</span>, {origin}
      {threshold !== fitted && (
        <button type="button" className="ml-2 rounded-sm text-accent-ink hover:underline" onClick={() => onThreshold(fitted)}>
          Set it back
        </button>
      )}
    </p>
  );
}
