'use client';

import { Select } from '#web/components/ui/select.tsx';
import { MeasureChoice, useMeasure } from '#web/features/evaluation/measure-choice.tsx';
import { useQueryState } from '#web/lib/query-state.ts';
import { metricNames, rankingMetrics, readMetric, type RankingMetric } from './ranking.ts';

export interface Ranking {
  readonly metric: RankingMetric;
  readonly measure: 'ssim' | 'mse';
}

/** By what the page ranks, from its address. */
export function useRanking(): Ranking {
  const query = useQueryState();
  return { metric: readMetric(query.get('metric')), measure: useMeasure() };
}

/** Chooses it. */
export function RankingChoice({ metric, measure }: Ranking) {
  const query = useQueryState();
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Select
        label="Metric"
        className="w-44!"
        value={metric}
        onValueChange={(value) => query.set({ metric: value === 'imageRocAuc' ? null : value })}
        options={rankingMetrics.map((value) => ({ value, label: metricNames[value] }))}
      />
      <MeasureChoice measure={measure} />
    </span>
  );
}
