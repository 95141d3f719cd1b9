'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { TextField } from '#web/components/ui/field.tsx';

export interface DefectDialogProps {
  readonly image: string;
  /** Defects of the dataset, offered. */
  readonly defects: readonly string[];
  readonly busy: boolean;
  readonly error: string | null;
  readonly onCancel: () => void;
  readonly onDefect: (label: string) => void;
}

/** A good image that gets a mask shows a defect: which? */
export function DefectDialog({ image, defects, busy, error, onCancel, onDefect }: DefectDialogProps) {
  const [label, setLabel] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    if (label.trim() !== '') onDefect(label.trim());
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onCancel())}
      title="Which defect is this?"
      description={`${image} is labelled good. With a mask it is a defective image and moves to test, since trainings learn from good images alone.`}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Defect"
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          error={error}
          required
          maxLength={80}
          autoFocus
          autoComplete="off"
        />
        {defects.length > 0 ? (
          <div className="flex flex-wrap gap-1.5">
            {defects.map((defect) => (
              <Button key={defect} size="small" aria-pressed={label === defect} onClick={() => setLabel(defect)}>
                {defect}
              </Button>
            ))}
          </div>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onCancel}>Go on drawing</Button>
          <Button tone="primary" type="submit" busy={busy} disabled={label.trim() === ''}>
            Save mask
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
