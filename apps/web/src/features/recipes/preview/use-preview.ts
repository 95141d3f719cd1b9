'use client';

import type { SeenRecipe } from '@plumbline/ml/preview';
import { useEffect, useRef, useState } from 'react';
import type { PreviewAnswer, PreviewImage, PreviewRequest } from './preview-tasks.ts';

/** How long a change waits for the next one before anything is drawn. */
const SETTLE_MS = 150;

export interface Previews {
  /** The last answer of each image, by its id; stays while the next is made. */
  readonly answers: ReadonlyMap<string, PreviewAnswer>;
  readonly pending: boolean;
}

/** The steps of each image under a recipe, made by a worker, 150 ms after the last change. */
export function usePreview(images: readonly PreviewImage[], recipe: SeenRecipe, roll: number): Previews {
  const worker = useRef<Worker | null>(null);
  const [answers, setAnswers] = useState<ReadonlyMap<string, PreviewAnswer>>(new Map());
  const { geometry, channels, augmentation, loss, regime, orientation } = recipe;
  const wanted = JSON.stringify({
    recipe: { geometry, channels, augmentation, loss, regime, orientation },
    draw: { seed: 1, index: roll },
    images: images.map(({ id, name, sha256, url, maskUrl }) => ({ id, name, sha256, url, maskUrl })),
  });
  const [asked, setAsked] = useState<{ readonly wanted: string; readonly id: number } | null>(null);

  useEffect(() => {
    const made = new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module', name: 'preview' });
    made.onmessage = ({ data }: MessageEvent<PreviewAnswer>) => setAnswers((now) => new Map(now).set(data.imageId, data));
    worker.current = made;
    return () => {
      made.terminate();
      worker.current = null;
    };
  }, []);
  const id = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      id.current += 1;
      setAsked({ wanted, id: id.current });
      worker.current?.postMessage({ id: id.current, ...(JSON.parse(wanted) as Omit<PreviewRequest, 'id'>) });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);

  const pending = asked?.wanted !== wanted || images.some((image) => answers.get(image.id)?.id !== asked.id);
  return { answers, pending };
}
