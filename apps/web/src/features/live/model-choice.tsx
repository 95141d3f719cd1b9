'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { FinishedList, FinishedWords } from '#web/features/evaluation/together/finished-list.tsx';
import { classes } from '#web/lib/classes.ts';
import type { useLiveModel } from './use-live-model.ts';

interface ModelChoiceProps {
  readonly chosen: NonNullable<ReturnType<typeof useLiveModel>['found']>['evaluation'] | null;
  readonly onChoose: (evaluationId: string) => void;
}

/** The model that checks, on a button that opens all there are. */
export function ModelChoice({ chosen, onChoose }: ModelChoiceProps) {
  const [open, setOpen] = useState(false);
  const name = chosen ? `${chosen.run.variant.name} on ${chosen.datasetVersion.dataset.name}` : 'Choose a model';
  return (
    <>
      <Button
        aria-label={`Model: ${name}`}
        aria-haspopup="dialog"
        className="w-72 justify-between! font-normal!"
        onClick={() => setOpen(true)}
      >
        <span className="truncate">{name}</span>
        <ChevronDown className="text-ink-3" />
      </Button>
      {open ? (
        <Dialog open wide onOpenChange={setOpen} title="Model to check with" description="With the threshold that its evaluation set.">
          <FinishedList
            row={(one) => (
              <button
                type="button"
                aria-current={one.id === chosen?.id}
                className={classes(
                  'flex min-h-10 w-full cursor-pointer items-center px-2 py-1 text-left hover:bg-hover',
                  one.id === chosen?.id && 'bg-selected',
                )}
                onClick={() => {
                  setOpen(false);
                  onChoose(one.id);
                }}
              >
                <FinishedWords one={one} />
              </button>
            )}
          />
        </Dialog>
      ) : null}
    </>
  );
}
