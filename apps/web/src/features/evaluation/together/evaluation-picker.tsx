'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { plural } from '#web/lib/numbers.ts';
import { MOST_EVALUATIONS } from '#web/features/residuals/view/view-state.ts';
import { FinishedList, FinishedWords } from './finished-list.tsx';

interface EvaluationPickerProps {
  /** Those that are looked at now. */
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
  readonly primary?: boolean;
}

/** A button that opens the project's finished evaluations, to take some in or out. */
export function EvaluationPicker({ chosen, onChoose, primary }: EvaluationPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button tone={primary ? 'primary' : 'plain'} onClick={() => setOpen(true)}>
        <Plus /> {primary ? 'Choose evaluations' : 'Add'}
      </Button>
      {open ? (
        <PickerDialog
          chosen={chosen}
          onClose={() => setOpen(false)}
          onChoose={(ids) => {
            setOpen(false);
            onChoose(ids);
          }}
        />
      ) : null}
    </>
  );
}

function PickerDialog({ chosen, onClose, onChoose }: Omit<EvaluationPickerProps, 'primary'> & { readonly onClose: () => void }) {
  const [ids, setIds] = useState(chosen);
  const full = ids.length >= MOST_EVALUATIONS;
  const toggle = (id: string): void => setIds(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
  return (
    <Dialog
      open
      wide
      onOpenChange={(next) => (next ? undefined : onClose())}
      title="Evaluations to look at together"
      description={
        full
          ? `At most ${MOST_EVALUATIONS} evaluations are looked at together: take one out to take another in.`
          : `Up to ${MOST_EVALUATIONS}; images are joined where evaluations measured the same ones.`
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={ids.length === 0} onClick={() => onChoose(ids)}>
            Look at {plural(ids.length, 'evaluation')}
          </Button>
        </>
      }
    >
      <FinishedList
        row={(one) => (
          <label className="flex min-h-10 cursor-pointer items-center gap-3 px-1 py-1 hover:bg-hover has-disabled:opacity-50">
            <input
              type="checkbox"
              className="size-4 accent-accent-fill"
              checked={ids.includes(one.id)}
              disabled={full && !ids.includes(one.id)}
              onChange={() => toggle(one.id)}
            />
            <FinishedWords one={one} />
          </label>
        )}
      />
    </Dialog>
  );
}
