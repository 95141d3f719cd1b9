'use client';

import { useState } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { classes } from '#web/lib/classes.ts';
import { plural } from '#web/lib/numbers.ts';
import { PREVIEWED, toggled } from './preview-images.ts';
import type { PreviewImage } from './preview-tasks.ts';

export interface ImagePickerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly datasets: readonly { readonly id: string; readonly name: string; readonly imageCount: number }[];
  readonly datasetId: string;
  readonly onDataset: (id: string) => void;
  readonly images: readonly PreviewImage[];
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

/** Which four images the preview leads through the steps. */
export function ImagePicker({ open, onOpenChange, datasets, datasetId, onDataset, images, chosen, onChoose }: ImagePickerProps) {
  const [draft, setDraft] = useState<readonly string[]>(chosen);
  const here = draft.filter((id) => images.some((image) => image.id === id));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Images of the preview"
      description={`Up to ${PREVIEWED}; a fifth takes the place of the first.`}
      wide
      footer={
        <Button
          tone="primary"
          disabled={here.length === 0}
          onClick={() => {
            onChoose(here);
            onOpenChange(false);
          }}
        >
          Show {plural(here.length, 'image')}
        </Button>
      }
    >
      <Select
        label="Dataset"
        value={datasetId}
        onValueChange={onDataset}
        className="mb-3"
        options={datasets.map(({ id, name, imageCount }) => ({ value: id, label: name, detail: plural(imageCount, 'image') }))}
      />
      <div className="grid grid-cols-4 gap-1.5 sm:grid-cols-6">
        {images.map((image) => {
          const place = here.indexOf(image.id);
          return (
            <button
              key={image.id}
              type="button"
              aria-pressed={place >= 0}
              aria-label={`${image.name}, ${image.label}`}
              title={`${image.name}, ${image.label}`}
              onClick={() => setDraft(toggled(here, image.id))}
              className={classes(
                'relative aspect-square overflow-hidden rounded-sm border bg-well',
                place >= 0 && 'border-accent ring-2 ring-accent',
              )}
            >
              <img src={image.thumbnailUrl} alt="" loading="lazy" className="size-full object-cover" />
              <span className="absolute inset-x-0 bottom-0 truncate bg-scrim px-1 text-2xs text-white">{image.label}</span>
              {place >= 0 ? (
                <span className="absolute top-1 right-1 rounded-full bg-accent-fill px-1.5 text-2xs text-on-accent">{place + 1}</span>
              ) : null}
            </button>
          );
        })}
      </div>
    </Dialog>
  );
}
