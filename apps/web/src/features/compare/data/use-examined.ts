'use client';

import { useEffect, useState } from 'react';
import type { ExamineAnswer, ExamineRequest } from './examine-tasks.ts';

/** What a worker finds out about one picture; null while it works. The request is told apart by its content. */
export function useExamined(request: ExamineRequest | null): ExamineAnswer | null {
  const wanted = request && JSON.stringify(request);
  const [found, setFound] = useState<{ readonly wanted: string; readonly answer: ExamineAnswer } | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    const worker = new Worker(new URL('./examine-worker.ts', import.meta.url), { type: 'module', name: 'examine' });
    worker.onmessage = ({ data }: MessageEvent<ExamineAnswer>) => setFound({ wanted, answer: data });
    worker.onerror = ({ message }) => setFound({ wanted, answer: { refused: message || 'The picture could not be examined.' } });
    worker.postMessage(JSON.parse(wanted) as ExamineRequest);
    return () => worker.terminate();
  }, [wanted]);
  return found && found.wanted === wanted ? found.answer : null;
}
