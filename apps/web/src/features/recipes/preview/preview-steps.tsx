'use client';

import type { Recipe } from '@plumbline/ml/recipes';
import { useState } from 'react';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import type { PreviewImage } from './preview-tasks.ts';
import { StepCanvas } from './step-canvas.tsx';
import { degrees, stepNote, stepTitle } from './step-words.ts';
import { usePreview } from './use-preview.ts';

/** A row a step, a column an image. */
export function PreviewSteps({ recipe, images, roll }: { recipe: Recipe; images: readonly PreviewImage[]; roll: number }) {
  const [outlines, setOutlines] = useState(true);
  const { answers, pending } = usePreview(images, recipe, roll);
  const results = images.map(({ id }) => {
    const answer = answers.get(id);
    return answer && 'result' in answer ? answer.result : null;
  });
  const shown = results.find((result) => result !== null)?.steps ?? [];
  return (
    <div aria-busy={pending} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2 text-xs text-ink-3">
        <label className="inline-flex items-center gap-1.5">
          <input type="checkbox" checked={outlines} onChange={(event) => setOutlines(event.target.checked)} className="accent-accent" />
          Outlines
        </label>
        <span className="flex items-center gap-3">
          <span>white: patch, region of interest</span>
          <span className="text-accent-ink">teal: defect</span>
        </span>
      </div>
      <div className="grid grid-cols-4 gap-1.5 text-2xs text-ink-3">
        {images.map((image, i) => {
          const answer = answers.get(image.id);
          const result = results[i];
          return (
            <div key={image.id} className="min-w-0">
              <p className="truncate" title={`${image.name}, ${image.label}`}>
                {image.label} <span className="font-mono">{image.name}</span>
              </p>
              {answer && 'error' in answer ? (
                <p role="alert" className="text-bad">
                  {answer.error}
                </p>
              ) : result ? (
                <p className="tabular-nums">
                  {result.place.turned ? `cut at ${degrees(result.place.angle)}` : 'cut straight'}
                  {result.alpha === null ? '' : `, α ${degrees(result.alpha)}`}
                </p>
              ) : (
                <Skeleton className="mt-1 h-3 w-16" />
              )}
            </div>
          );
        })}
      </div>
      {shown.length === 0 && images.some(({ id }) => !answers.has(id))
        ? [0, 1, 2].map((row) => <Skeleton key={row} className="h-36 rounded-sm" />)
        : null}
      {shown.map(({ kind }) => {
        const note = stepNote(kind, recipe);
        return (
          <section key={kind} className="min-w-0" data-step={kind}>
            <h3 className="text-xs font-medium">{stepTitle(kind, recipe)}</h3>
            {note ? <p className="text-2xs text-ink-3">{note}</p> : null}
            <div className="mt-1 grid grid-cols-4 gap-1.5">
              {images.map((image, i) => {
                const result = results[i];
                const step = result?.steps.find((one) => one.kind === kind);
                return (
                  <div key={image.id} className="aspect-square overflow-hidden rounded-sm bg-well">
                    {step && result ? (
                      <StepCanvas
                        step={step}
                        place={kind === 'scaled' ? result.place : null}
                        outlines={outlines}
                        label={`${stepTitle(kind, recipe)}: ${image.name}, ${image.label}`}
                      />
                    ) : null}
                  </div>
                );
              })}
            </div>
          </section>
        );
      })}
    </div>
  );
}
