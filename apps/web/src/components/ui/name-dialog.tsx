'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import { sentenceOf } from '#web/graphql/failure.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './field.tsx';

export interface NameDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  /** What it is called now. */
  readonly present?: string;
  readonly placeholder?: string;
  readonly hint?: string;
  /** What the button says. */
  readonly action: string;
  /** Given the name without spaces around it; answers a sentence where it could not be done, and otherwise closes or leads on by itself. */
  readonly onSubmit: (name: string) => Promise<string | null>;
}

/** Asks for the name of something, new or present. */
export function NameDialog({ open, onOpenChange, title, description, present = '', action, onSubmit, ...field }: NameDialogProps) {
  const [name, setName] = useState(present);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    const refused = await onSubmit(name.trim()).catch(sentenceOf);
    setBusy(false);
    setProblem(refused);
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={problem}
          autoFocus
          required
          maxLength={80}
          {...field}
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
