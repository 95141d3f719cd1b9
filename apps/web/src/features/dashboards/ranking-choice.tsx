'use client';

import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { useQueryState } from '#web/lib/query-state.ts';
import { metricNames, rankingMetrics, readMetric, type RankingMetric } from './ranking.ts';

export interface Ranking {
  readonly metric: RankingMetric;
  readonly measure: 'ssim' | 'mse';
}

/** By what the page ranks, from its address. */
export function useRanking(): Ranking {
  const query = useQueryState();
  return { metric: readMetric(query.get('metric')), measure: query.get('measure') === 'mse' ? 'mse' : 'ssim' };
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
      <Segmented
        label="Measure"
        value={measure}
        onValueChange={(value) => query.set({ measure: value === 'ssim' ? null : value })}
        options={[
          { value: 'ssim', label: '1 − SSIM' },
          { value: 'mse', label: 'Squared error' },
        ]}
      />
    </span>
  );
}
