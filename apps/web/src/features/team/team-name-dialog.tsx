'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';

export interface TeamNameDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: string;
  readonly present?: string;
  readonly action: string;
  /** Answers a sentence where it could not be done. */
  readonly onSubmit: (name: string) => Promise<string | null>;
}

/** Asks for the name of a team. */
export function TeamNameDialog({ open, onOpenChange, title, description, present = '', action, onSubmit }: TeamNameDialogProps) {
  const [name, setName] = useState(present);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const refused = await onSubmit(name.trim()).catch(sentenceOf);
    setBusy(false);
    setProblem(refused);
    if (refused === null) onOpenChange(false);
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} {...(description ? { description } : {})}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={problem}
          autoFocus
          required
          maxLength={80}
          placeholder="Line 4"
        />
        <div className="flex justify-end">
          <Button tone="primary" type="submit" busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
