'use client';

import Link from 'next/link';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, Spinner } from '#web/components/ui/button.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Banner } from '#web/components/ui/state.tsx';
import { MeasureChoice } from '#web/features/evaluation/measure-choice.tsx';
import type { EngineChoice } from '#web/features/networks/open-engine.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';
import { bytes } from '#web/lib/numbers.ts';
import type { ModelState } from './session.ts';
import { ModelChoice } from './model-choice.tsx';
import type { useLiveModel } from './use-live-model.ts';

interface ModelBarProps {
  readonly found: ReturnType<typeof useLiveModel>['found'];
  readonly state: ModelState;
  readonly engine: EngineChoice;
  readonly measure: Measure;
  readonly onChoose: (evaluationId: string) => void;
  readonly onEngine: (engine: EngineChoice) => void;
  readonly onRetry: () => void;
}

const engineNames: Readonly<Record<EngineChoice, string>> = { auto: 'Fastest engine', webgpu: 'WebGPU', wasm: 'WebAssembly' };

/** Which model, by which measure, on what it computes, and how that stands. */
export function ModelBar({ found, state, engine, measure, onChoose, onEngine, onRetry }: ModelBarProps) {
  const project = useProject();
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <ModelChoice chosen={found?.evaluation ?? null} onChoose={onChoose} />
        <MeasureChoice measure={measure} />
        <Select
          label="Engine"
          className="w-40!"
          value={engine}
          onValueChange={(value) => onEngine(value as EngineChoice)}
          options={(Object.keys(engineNames) as EngineChoice[]).map((value) => ({ value, label: engineNames[value] }))}
        />
      </div>
      <p className="flex min-h-5 flex-wrap items-center gap-x-2 text-xs text-ink-2" role="status">
        {state.kind === 'opening' ? (
          <>
            <Spinner /> The model is being loaded
          </>
        ) : state.kind === 'open' ? (
          <>
            <span>
              Computes on {state.opened.engine.kind === 'webgpu' ? 'WebGPU' : 'WebAssembly'} ({state.opened.engine.device}), model of{' '}
              {bytes(state.opened.bytes)}.
            </span>
            {state.opened.engine.reason ? <span className="text-ink-3">{state.opened.engine.reason}</span> : null}
            {state.opened.regime === 'sampler-only' ? (
              <span className="text-ink-3">Its patches are turned by chance, here by the file’s name.</span>
            ) : null}
            {found ? (
              <Link className="text-accent-ink underline" href={`/projects/${project.id}/evaluations/${found.evaluation.id}`}>
                Threshold {found.protocol.thresholds[measure].origin}
              </Link>
            ) : null}
          </>
        ) : null}
      </p>
      {state.kind === 'failed' ? (
        <Banner tone="error" title="The model could not be opened" action={<Button onClick={onRetry}>Try again</Button>}>
          {state.reason}
        </Banner>
      ) : null}
    </div>
  );
}
