'use client';

import { useEffect, useState, type RefObject } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import type { CameraStore } from '#web/features/residuals/camera/camera-store.ts';
import type { Point, Size } from '#web/features/residuals/camera/camera.ts';
import { useImageComments } from './image-comments.tsx';
import { pointAt, regionBetween } from './region.ts';

export interface PlaceByKeys {
  /** Whether a place is asked for. */
  readonly placing: boolean;
  /** What a screen reader is told of it. */
  readonly said: string;
  /** Asks for a place; once more: a corner of a region is where the cursor is. */
  readonly begin: () => void;
  /** The comment is on the point under the cursor, or on the region from the corner to it. */
  readonly take: () => void;
  readonly giveUp: () => void;
}

const words = ({ x, y }: Point): string => `x ${x}, y ${y}`;

/** Places a comment of the opened image by keys: the cursor, which keys move, says where. @param world what the cursor counts in */
export function usePlaceByKeys(camera: CameraStore, world: Size): PlaceByKeys {
  const { canEdit } = useProject();
  const comments = useImageComments();
  const [said, setSaid] = useState('');
  const placing = comments?.draft.kind === 'placing';
  const corner = comments?.draft.kind === 'placing' ? comments.draft.corner : null;
  /** The pixel under the cursor, which is brought to the middle where it is nowhere. */
  const cursor = (): Point | null => {
    camera.moveCursor(0, 0);
    return camera.cursor;
  };
  return {
    ...{ placing, said },
    begin: () => {
      const at = canEdit ? cursor() : null;
      if (!comments || !at) return;
      comments.setDraft({ kind: 'placing', corner: placing ? at : null });
      setSaid(
        placing
          ? `Corner at ${words(at)}. Move to the other corner and press Enter.`
          : `Where is the comment? Now at ${words(at)}. Arrows move it, Enter takes the point, C sets a corner of a region, Escape gives up.`,
      );
    },
    take: () => {
      // Where the pointer left the image there is no place to take: it is shown and told first.
      const lost = camera.cursor === null;
      const at = cursor();
      if (!comments || !at) return;
      if (lost) return setSaid(`Now at ${words(at)}. Enter takes it.`);
      comments.setDraft({ kind: 'writing', region: corner ? regionBetween(corner, at, world) : pointAt(at, world) });
      setSaid(corner ? `Region from ${words(corner)} to ${words(at)}. Write the comment.` : `Point at ${words(at)}. Write the comment.`);
    },
    giveUp: () => {
      comments?.setDraft({ kind: 'none' });
      setSaid('No place was chosen.');
    },
  };
}

/** Gives the image the focus while a place is asked for, and back when the form that had it is gone. */
export function useImageFocus(image: RefObject<HTMLElement | null>): void {
  const kind = useImageComments()?.draft.kind;
  useEffect(() => {
    if (kind === 'placing' || (kind === 'none' && document.activeElement === document.body)) image.current?.focus({ preventScroll: true });
  }, [kind, image]);
}
