'use client';

import type { IouKind } from '@plumbline/ml/experiment';
import { useEffect, useState } from 'react';
import { storedEvaluations, type CompareAnswer, type CompareRequest } from './compare-tasks.ts';
import type { ComparedSet } from './set.ts';

export interface TableOptions {
  readonly iou: IouKind;
  /** Null for the first column. */
  readonly reference: string | null;
}

/** The comparison of a set by the code of `plumbline compare`, made by a worker; null while the first one is made. A later one replaces it when it is done. */
export function useComparison(set: ComparedSet | undefined, { iou, reference }: TableOptions): CompareAnswer | null {
  const [answer, setAnswer] = useState<CompareAnswer | null>(null);
  useEffect(() => {
    if (!set || set.evaluations.length === 0) return;
    const worker = new Worker(new URL('./compare-worker.ts', import.meta.url), { type: 'module', name: 'compare' });
    worker.onmessage = ({ data }: MessageEvent<CompareAnswer>) => setAnswer(data);
    worker.onerror = ({ message }) => setAnswer({ refused: message || 'The tables could not be made; load the page again.' });
    worker.postMessage({ evaluations: storedEvaluations(set), options: { iou, ...(reference ? { reference } : {}) } } satisfies CompareRequest);
    return () => worker.terminate();
  }, [set, iou, reference]);
  return answer;
}
