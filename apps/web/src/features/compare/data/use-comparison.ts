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

/** The comparison of a set by the code of `plumbline compare`, made by a worker; null while the first one of the set is made; with other options the earlier one stays until the later one is done. */
export function useComparison(set: ComparedSet | undefined, { iou, reference }: TableOptions): CompareAnswer | null {
  const [found, setFound] = useState<{ readonly set: ComparedSet; readonly answer: CompareAnswer } | null>(null);
  useEffect(() => {
    if (!set || set.evaluations.length === 0) return;
    const worker = new Worker(new URL('./compare-worker.ts', import.meta.url), { type: 'module', name: 'compare' });
    worker.onmessage = ({ data }: MessageEvent<CompareAnswer>) => setFound({ set, answer: data });
    worker.onerror = ({ message }) => setFound({ set, answer: { refused: message || 'The tables could not be made; load the page again.' } });
    worker.postMessage({ evaluations: storedEvaluations(set), options: { iou, ...(reference ? { reference } : {}) } } satisfies CompareRequest);
    return () => worker.terminate();
  }, [set, iou, reference]);
  return found && found.set === set ? found.answer : null;
}
