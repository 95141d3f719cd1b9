'use client';

import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyText } from './copy.tsx';
import { Dialog } from './dialog.tsx';
import { Banner } from './state.tsx';

export interface ShownOnceDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly description: string;
  /** What is copied, and what it is called: "the token". */
  readonly text: string;
  readonly label: string;
  readonly warning: ReactNode;
  /** How it is used. */
  readonly children?: ReactNode;
  readonly onClose: () => void;
}

/** A secret that nobody can ever read again: to be copied now. */
export function ShownOnceDialog({ open, title, description, text, label, warning, children, onClose }: ShownOnceDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(wanted) => (wanted ? undefined : onClose())} title={title} description={description}>
      <div className="flex flex-col gap-3">
        <CopyText text={text} label={label} />
        <Banner tone="warning">{warning}</Banner>
        {children}
        <div className="flex justify-end">
          <Button tone="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
