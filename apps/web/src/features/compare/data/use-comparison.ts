'use client';

import type { CompareOptions, IouKind } from '@plumbline/ml/experiment';
import { useEffect, useMemo, useRef, useState } from 'react';
import { storedEvaluations, type CompareAnswer, type CompareReply, type CompareRequest } from './compare-tasks.ts';
import type { ComparedSet } from './set.ts';

export interface TableOptions {
  readonly iou: IouKind;
  /** Null for the first column. */
  readonly reference: string | null;
}

export interface MadeComparison {
  /** Null while the first one of the set is made; with other options the earlier one stays until the later one is done. */
  readonly answer: CompareAnswer | null;
  /** Whether the answer is not yet the one of the options. */
  readonly busy: boolean;
}

interface Found {
  readonly set: ComparedSet;
  readonly answer: CompareAnswer;
  /** Null where the worker broke down, whatever it was asked. */
  readonly options: CompareOptions | null;
}

/** The comparison of a set by the code of `plumbline compare`, made by a worker that keeps the set, and what does not depend on the options. */
export function useComparison(set: ComparedSet | undefined, { iou, reference }: TableOptions): MadeComparison {
  const [found, setFound] = useState<Found | null>(null);
  const asked = useRef<Worker | null>(null);
  useEffect(() => {
    if (!set || set.evaluations.length === 0) return;
    const worker = new Worker(new URL('./compare-worker.ts', import.meta.url), { type: 'module', name: 'compare' });
    worker.onmessage = ({ data: { options, answer } }: MessageEvent<CompareReply>) => setFound({ set, answer, options });
    worker.onerror = ({ message }) =>
      setFound({ set, answer: { refused: message || 'The tables could not be made; load the page again.' }, options: null });
    worker.postMessage({ evaluations: storedEvaluations(set) } satisfies CompareRequest);
    asked.current = worker;
    return () => {
      worker.terminate();
      asked.current = null;
    };
  }, [set]);
  const options = useMemo<CompareOptions>(() => ({ iou, ...(reference ? { reference } : {}) }), [iou, reference]);
  useEffect(() => {
    asked.current?.postMessage({ options } satisfies CompareRequest);
  }, [set, options]);
  const own = found && found.set === set ? found : null;
  return { answer: own?.answer ?? null, busy: !own || (own.options !== null && !same(own.options, options)) };
}

const same = (a: CompareOptions, b: CompareOptions): boolean => a.iou === b.iou && a.reference === b.reference;
