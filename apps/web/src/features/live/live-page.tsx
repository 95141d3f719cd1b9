'use client';

import { ScanEye } from 'lucide-react';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { useMeasure } from '#web/features/evaluation/measure-choice.tsx';
import type { EngineChoice } from '#web/features/networks/open-engine.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { CheckedList } from './checked-list.tsx';
import { ModelBar } from './model-bar.tsx';
import { LiveSession } from './session.ts';
import { useLiveModel, useNewestModel } from './use-live-model.ts';

const engineOf = (text: string | null): EngineChoice => (text === 'webgpu' || text === 'wasm' ? text : 'auto');

/** A chosen model checks images and camera frames in this browser; no image leaves it. */
export function LivePage() {
  const project = useProject();
  const query = useQueryState();
  useBreadcrumb({ label: 'Live check' });
  const measure = useMeasure();
  const engine = engineOf(query.get('engine'));
  const { newest, error, refetch } = useNewestModel(project.id);
  const asked = query.get('evaluation');
  const chosen = asked ?? newest ?? null;
  const { found, missing, error: modelError, refetch: readAgain } = useLiveModel(project.id, chosen);

  const [session] = useState(() => new LiveSession());
  const state = useSyncExternalStore(session.subscribe, session.state, session.state);
  const model = found?.model ?? null;
  const open = useCallback(() => (model ? void session.open(model, engine) : undefined), [session, model, engine]);
  useEffect(() => {
    open();
    return () => session.close();
  }, [open, session]);

  const failure = error ?? modelError;
  return (
    <Page>
      <PageHeader title="Live check">A model looks at images in this browser; none of them leaves it.</PageHeader>
      {failure && !found ? (
        <ErrorState
          title="The models could not be loaded"
          reason={sentenceOf(failure)}
          onRetry={() => {
            void refetch();
            if (chosen) void readAgain();
          }}
        />
      ) : newest === null && !asked ? (
        <EmptyState
          icon={<ScanEye />}
          title="There is no model to check with yet"
          action={
            <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new`}>
              New training
            </ButtonLink>
          }
        >
          A training that succeeds is evaluated by itself; then its model stands here with its threshold.
        </EmptyState>
      ) : newest === undefined ? (
        <Skeleton className="h-96" />
      ) : (
        <>
          <ModelBar
            found={found}
            state={state.model}
            engine={engine}
            measure={measure}
            onChoose={(evaluation) => query.set({ evaluation })}
            onEngine={(choice) => query.set({ engine: choice === 'auto' ? null : choice })}
            onRetry={open}
          />
          {missing ? (
            <ErrorState
              title="There is no such model"
              reason="This evaluation does not exist in this project, or has not succeeded: choose another model above."
            />
          ) : found ? (
            <CheckedList session={session} state={state} measure={measure} protocol={found.protocol} />
          ) : (
            <Skeleton className="h-72" />
          )}
        </>
      )}
    </Page>
  );
}
