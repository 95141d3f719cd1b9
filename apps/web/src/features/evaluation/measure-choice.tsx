'use client';

import { Segmented } from '#web/components/ui/segmented.tsx';
import { useQueryState } from '#web/lib/query-state.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';

/** By which measure a page shows what was measured, from its address. */
export function useMeasure(): Measure {
  return useQueryState().get('measure') === 'mse' ? 'mse' : 'ssim';
}

export function MeasureSegments({ measure, onChoose }: { measure: Measure; onChoose: (measure: Measure) => void }) {
  return (
    <Segmented
      label="Measure"
      value={measure}
      onValueChange={onChoose}
      options={[
        { value: 'ssim', label: 'SSIM' },
        { value: 'mse', label: 'MSE' },
      ]}
    />
  );
}

/** Chooses it in the address. */
export function MeasureChoice({ measure }: { measure: Measure }) {
  const query = useQueryState();
  return <MeasureSegments measure={measure} onChoose={(value) => query.set({ measure: value === 'ssim' ? null : value })} />;
}
