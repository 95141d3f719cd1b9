'use client';

import { Button } from '#web/components/ui/button.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { Banner } from '#web/components/ui/state.tsx';
import type { WorkState } from '#web/components/ui/state-badge.tsx';
import { count } from '#web/lib/numbers.ts';

interface EvaluationProgressProps {
  readonly state: WorkState;
  readonly done: number;
  readonly total: number;
  readonly reason: string | null;
  readonly canEdit: boolean;
  readonly retrying: boolean;
  readonly onRetry: () => void;
}

/** How far an evaluation is, or why there is none; nothing when it has succeeded. */
export function EvaluationProgress({ state, done, total, reason, canEdit, retrying, onRetry }: EvaluationProgressProps) {
  if (state === 'succeeded') return null;
  if (state === 'failed' || state === 'cancelled')
    return (
      <Banner
        tone={state === 'failed' ? 'error' : 'warning'}
        title={state === 'failed' ? 'This evaluation failed' : 'This evaluation was cancelled'}
        action={
          canEdit ? (
            <Button size="small" busy={retrying} onClick={onRetry}>
              Evaluate again
            </Button>
          ) : undefined
        }
      >
        {reason ?? (state === 'failed' ? 'No reason was recorded; the worker’s log has it.' : 'Nothing was kept.')}
      </Banner>
    );
  const waiting = state === 'queued' || total === 0;
  return (
    <div className="rounded-md border bg-panel px-4 py-3">
      <div className="mb-2 flex items-baseline justify-between gap-4 text-xs">
        <span className="font-medium">
          {state === 'queued' ? 'Waiting for a worker' : total === 0 ? 'Preparing' : 'Reconstructing and scoring the test images'}
        </span>
        {!waiting && (
          <span className="font-mono text-ink-2">
            {count(done)} of {count(total)} images
          </span>
        )}
      </div>
      <Progress value={waiting ? null : done / total} label="Progress of the evaluation" />
      <p className="mt-2 text-xs text-ink-3">Metrics and residual maps appear here when it is done.</p>
    </div>
  );
}
